package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a process of its own, killed; what the next run makes of it. */
class KilledRunTest {
  private static final int PLATES = 6;

  @TempDir static Path archives;
  private static Path archive;
  private static Map<String, List<String>> undisturbed;
  @TempDir Path folder;

  @BeforeAll
  static void runUndisturbed() throws IOException {
    archive = archives.resolve("archive");
    TinyArchive.write(archive, PLATES);
    Path out = archives.resolve("out");
    assertThat(Main.run("reprocess", archive.toString(), "--out", out.toString())).isZero();
    undisturbed = CampaignRows.of(out);
  }

  @Test
  void beforeAnythingIsFinished() throws Exception {
    killWhen("data", 1);
    rerun();
  }

  @Test
  void whenSomePlatesAreFinished() throws Exception {
    killWhen("work", 2);
    rerun();
  }

  @Test
  void whenNearlyAllIsFinished() throws Exception {
    killWhen("work", PLATES - 1);
    rerun();
  }

  private void rerun() throws IOException {
    assertThat(Main.run("reprocess", archive.toString(), "--out", out().toString())).isZero();
    assertThat(CampaignRows.of(out())).isEqualTo(undisturbed);
    assertThat(CampaignRows.manifest(out()).number()).isEqualTo(1);
  }

  /** Kills a run as soon as there are so many files below a folder of the campaign. */
  private void killWhen(String where, int files) throws Exception {
    Path log = folder.resolve("log");
    Process run =
        Forked.skymi(log, "local[1]", "reprocess", archive.toString(), "--out", out().toString());
    while (run.isAlive() && count(out().resolve("main").resolve(where)) < files) {
      Thread.sleep(1);
    }
    run.destroyForcibly().waitFor();
    assertThat(Files.exists(out().resolve("main").resolve("manifests")))
        .as("committed before it could be killed; its output: " + Files.readString(log))
        .isFalse();
  }

  private static long count(Path where) {
    if (!Files.exists(where)) {
      return 0;
    }
    try (var all = Files.walk(where)) {
      return all.filter(p -> p.getFileName().toString().matches("[^.].*\\.(parquet|json)")).count();
    } catch (IOException | UncheckedIOException e) {
      return 0; // a file went while we looked
    }
  }

  private Path out() {
    return folder.resolve("out");
  }
}
