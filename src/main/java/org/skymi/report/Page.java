package org.skymi.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report with headings, paragraphs and tables, as plain text or as Markdown. */
public final class Page {
  private final boolean markdown;
  private final StringBuilder text = new StringBuilder();

  public Page(boolean markdown) {
    this.markdown = markdown;
  }

  public Page title(String title) {
    text.append(markdown ? "# " + title : title).append('\n');
    return this;
  }

  public Page section(String title) {
    text.append('\n')
        .append(markdown ? "## " + title : title.toUpperCase(Locale.ROOT))
        .append('\n');
    return this;
  }

  public Page paragraph(String paragraph) {
    text.append('\n').append(markdown ? paragraph : wrapped(paragraph)).append('\n');
    return this;
  }

  /**
   * A table with a caption.
   *
   * @param rows the heading first; cells may be empty
   */
  public Page table(String caption, List<String[]> rows) {
    text.append('\n').append(markdown ? "**" + caption + "**\n\n" : caption + "\n");
    if (markdown) {
      appendMarkdown(rows);
    } else {
      TextTable table = new TextTable(rows.get(0));
      rows.subList(1, rows.size()).forEach(table::row);
      text.append(table);
    }
    return this;
  }

  private void appendMarkdown(List<String[]> rows) {
    for (int r = 0; r < rows.size(); r++) {
      text.append("| ").append(String.join(" | ", rows.get(r))).append(" |\n");
      if (r == 0) {
        text.append("|---").append("|---:".repeat(rows.get(0).length - 1)).append("|\n");
      }
    }
  }

  private static String wrapped(String paragraph) {
    StringBuilder lines = new StringBuilder();
    int width = 0;
    for (String word : Arrays.asList(paragraph.split(" "))) {
      boolean breaks = width + 1 + word.length() > 100;
      lines.append(width == 0 ? "" : breaks ? "\n" : " ").append(word);
      width = (breaks || width == 0 ? 0 : width + 1) + word.length();
    }
    return lines.toString();
  }

  @Override
  public String toString() {
    return text.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n"))
        + "\n";
  }
}
