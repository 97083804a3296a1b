package org.skymi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name exists. */
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern MENTION = Pattern.compile("\\bdocs/[\\w/-]+(?:\\.\\w+)?");
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w*)(?:[.#]\\w+)?`");
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|record|enum|interface) (\\w+)");

  private static List<Path> under(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static List<Path> documents() throws IOException {
    List<Path> all = new ArrayList<>(under("docs", ".md"));
    all.add(Path.of("README.md"));
    return all;
  }

  @Test
  void linkedFilesExist() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        Path target = document.resolveSibling(link.group(1));
        if (!link.group(1).contains("://") && !Files.exists(target)) {
          missing.add(document + " -> " + link.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void documentsThatAreNamedExist() throws IOException {
    List<Path> sources = new ArrayList<>(documents());
    sources.addAll(under("src", ".java"));
    sources.addAll(under("src/main/resources", ""));
    sources.addAll(under("conf", ""));
    sources.addAll(under("submit", ""));
    sources.add(Path.of("pom.xml"));
    List<String> missing = new ArrayList<>();
    for (Path source : sources) {
      if (Files.isRegularFile(source)) {
        Matcher mention = MENTION.matcher(Files.readString(source));
        while (mention.find()) {
          if (!Files.exists(Path.of(mention.group()))) {
            missing.add(source + " -> " + mention.group());
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void classesThatAreNamedExist() throws IOException {
    Set<String> declared =
        under("src", ".java").stream()
            .flatMap(f -> DECLARED.matcher(text(f)).results())
            .map(m -> m.group(1))
            .collect(Collectors.toSet());
    for (String document : List.of("docs/architecture.md", "docs/developing.md")) {
      List<String> named =
          CLASS.matcher(text(Path.of(document))).results().map(m -> m.group(1)).toList();
      assertThat(named).isNotEmpty();
      assertThat(declared).as(document).containsAll(named);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
