package org.skymi.report.qa;

import java.util.List;

/**
 * A part of a page.
 *
 * @param id for links
 * @param title its heading
 * @param text below it; may be empty
 * @param tables first
 * @param figures then
 */
record Section(String id, String title, String text, List<HtmlTable> tables, List<Figure> figures) {
  static Section of(String id, String title, List<Figure> figures) {
    return new Section(id, title, "", List.of(), figures);
  }

  boolean isEmpty() {
    return tables.isEmpty() && figures.isEmpty() && text.isEmpty();
  }
}
