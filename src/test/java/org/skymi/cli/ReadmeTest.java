package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of README.md, on a small campaign. */
class ReadmeTest {
  private static final String PROGRAM = "./submit/skymi ";

  @AfterEach
  void asBefore() {
    System.clearProperty("spark.master");
    System.clearProperty("skymi.conf");
  }

  @Test
  void everyCommandWorks(@TempDir Path folder) throws IOException {
    TinyCampaign tiny = TinyCampaign.copy(folder);
    System.setProperty("spark.master", "local[2]");
    System.setProperty("skymi.conf", tiny.conf());
    List<String> commands = commands(Files.readString(Path.of("README.md")));
    assertThat(commands).hasSizeGreaterThanOrEqualTo(8);
    for (String command : commands) {
      String here =
          command
              .replace("/data/archive", tiny.archive().toString())
              .replace("/data/sky", folder.resolve("sky").toString())
              .replace("/data/base.model", folder.resolve("base.model").toString())
              .replace("target/demo/tables", tiny.out().toString())
              .replace("target/demo", folder.toString())
              .replaceAll("YYYYMMDD", tiny.nightOf(1));
      assertThat(said(Main.DONE, ShellWords.of(here).toArray(String[]::new)))
          .as(command)
          .isNotBlank();
    }
    assertThat(folder.resolve("sky.png")).isNotEmptyFile();
    assertThat(folder.resolve("views/views.sql")).isNotEmptyFile();
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    for (Path page : List.of(Path.of("README.md"), Path.of("docs/developing.md"))) {
      List<String> links =
          Pattern.compile("\\]\\(([^)#:]+)[)#]")
              .matcher(Files.readString(page))
              .results()
              .map(m -> m.group(1))
              .toList();
      assertThat(links).as(page.toString()).isNotEmpty();
      for (String link : links) {
        assertThat(Path.of(".").resolve(page).toAbsolutePath().normalize().resolveSibling(link))
            .as(page.toString())
            .exists();
      }
    }
  }

  /** Indented lines that start the program; a backslash goes on on the next. */
  private static List<String> commands(String page) {
    List<String> commands = new ArrayList<>();
    for (String line : page.replaceAll("\\\\\\n\\s*", " ").lines().toList()) {
      if (line.startsWith("    " + PROGRAM)) {
        commands.add(line.strip().substring(PROGRAM.length()).replaceFirst(" +# .*", ""));
      }
    }
    return commands;
  }
}
