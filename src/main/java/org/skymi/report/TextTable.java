package org.skymi.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for the console: the first column left-aligned, the others right-aligned. */
public final class TextTable {
  private final List<String[]> rows = new ArrayList<>();
  private boolean prose;

  /** A table with a heading. */
  public TextTable(String... heading) {
    row(heading);
  }

  /** Left-aligns the last column of the heading, too. */
  public TextTable endingInProse() {
    prose = true;
    return this;
  }

  /** Adds a row, which may be shorter than the heading; what is in it is made printable. */
  public TextTable row(String... cells) {
    rows.add(Arrays.stream(cells).map(Printable::of).toArray(String[]::new));
    return this;
  }

  /** Whether there is nothing but the heading. */
  public boolean isEmpty() {
    return rows.size() == 1;
  }

  @Override
  public String toString() {
    int[] width = new int[rows.stream().mapToInt(r -> r.length).max().orElse(0)];
    for (String[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        width[c] = Math.max(width[c], row[c].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int c = 0; c < row.length; c++) {
        char[] pad = new char[width[c] - row[c].length()];
        Arrays.fill(pad, ' ');
        line.append(' ').append(c == 0 ? "" : " ");
        boolean left = c == 0 || prose && c == rows.get(0).length - 1;
        line.append(left ? row[c] + new String(pad) : new String(pad) + row[c]);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
