package org.skymi.report.qa;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of a page.
 *
 * @param caption above it
 * @param heading of the columns
 * @param rows of cells
 */
record HtmlTable(String caption, List<String> heading, List<List<Cell>> rows) {
  /**
   * A cell.
   *
   * @param href where it links to, relative; null if nowhere
   * @param isNumber whether it is aligned to the right
   */
  record Cell(String text, String href, boolean isNumber) {
    static Cell text(String text) {
      return new Cell(text, null, false);
    }

    static Cell number(String text) {
      return new Cell(text, null, true);
    }

    static Cell link(String text, String href) {
      return new Cell(text, href, false);
    }
  }

  static HtmlTable of(String caption, String... heading) {
    return new HtmlTable(caption, List.of(heading), new ArrayList<>());
  }

  /** The heading's cells, aligned as those below them. */
  List<Cell> head() {
    List<Cell> head = new ArrayList<>();
    for (int c = 0; c < heading.size(); c++) {
      head.add(new Cell(heading.get(c), null, !rows.isEmpty() && rows.get(0).get(c).isNumber()));
    }
    return head;
  }

  void row(Cell... cells) {
    rows.add(List.of(cells));
  }
}
