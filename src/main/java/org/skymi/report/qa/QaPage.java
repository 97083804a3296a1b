package org.skymi.report.qa;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A page in a folder of its own: {@code index.html} and its pictures.
 *
 * @param title of the page
 * @param subtitle below it
 * @param up where the page above this one is, relative; empty if there is none
 * @param facts label and value, in pairs
 * @param sections those without content are left out
 */
record QaPage(String title, String subtitle, String up, List<Fact> facts, List<Section> sections) {
  private static final Template TEMPLATE = template();

  /** Something said in a line. */
  record Fact(String label, String value) {}

  private static Template template() {
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(QaPage.class.getResourceAsStream("page.mustache")),
            StandardCharsets.UTF_8)) {
      return Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true).compile(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Writes page and pictures; the folder is made, what is in it by the same names replaced. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Section> shown = sections.stream().filter(s -> !s.isEmpty()).toList();
    for (Section section : shown) {
      for (Figure figure : section.figures()) {
        try (OutputStream out = Files.newOutputStream(folder.resolve(figure.file()))) {
          figure.picture().writePng(out);
        }
      }
    }
    Map<String, Object> values = new HashMap<>();
    values.put("title", title);
    values.put("subtitle", subtitle);
    values.put("up", up.isEmpty() ? null : up);
    values.put("facts", facts);
    values.put("sections", shown.stream().map(QaPage::values).toList());
    Files.writeString(folder.resolve("index.html"), TEMPLATE.execute(values));
  }

  private static Map<String, Object> values(Section section) {
    return Map.of(
        "id", section.id(),
        "title", section.title(),
        "text", section.text(),
        "tables", section.tables(),
        "figures", section.figures().stream().map(QaPage::values).toList());
  }

  private static Map<String, Object> values(Figure figure) {
    return Map.of(
        "file", figure.file(),
        "title", figure.title(),
        "caption", figure.caption(),
        "fibres", figure.fibres(),
        "width", figure.picture().width(),
        "height", figure.picture().height());
  }
}
