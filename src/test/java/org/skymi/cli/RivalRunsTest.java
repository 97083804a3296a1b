package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two drivers, each a process of its own, that write one campaign at the same time. */
class RivalRunsTest {
  private static final int PLATES = 2;

  @TempDir Path folder;
  private Path archive;

  @BeforeEach
  void simulate() throws IOException {
    archive = folder.resolve("archive");
    TinyArchive.write(archive, PLATES);
    System.setProperty("spark.master", "local[1]");
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("spark.master");
  }

  @Test
  void ofTheSamePlanOneCommitsAndTheOtherHasNothingLeft() throws Exception {
    Process first = start("first", "1");
    Process second = start("second", "1");
    assertThat(first.waitFor()).as(log("first")).isEqualTo(Main.DONE);
    assertThat(second.waitFor()).as(log("second")).isEqualTo(Main.DONE);
    requireIntact("1");
  }

  @Test
  @Tag("full")
  void ofOtherSettingsOneIsRefused() throws Exception {
    Process first = start("first", "1");
    Process second = start("second", "2");
    boolean firstWon = first.waitFor() == Main.DONE;
    Process loser = firstWon ? second : first;
    assertThat(List.of(first.waitFor(), second.waitFor()))
        .as(log("first") + log("second"))
        .containsExactlyInAnyOrder(Main.DONE, Main.INPUT);
    assertThat(loser.exitValue()).isEqualTo(Main.INPUT);
    assertThat(log(firstWon ? "second" : "first")).contains("seed");
    requireIntact(firstWon ? "1" : "2");
  }

  private Process start(String name, String seed) throws IOException {
    return Forked.skymi(
        folder.resolve(name + ".log"),
        "local[1]",
        "reprocess",
        archive.toString(),
        "--out",
        out().toString(),
        "--seed",
        seed);
  }

  /** One manifest that verifies, and the rows of a run without a rival. */
  private void requireIntact(String seed) throws IOException {
    assertThat(CampaignRows.manifest(out()).number()).isEqualTo(1);
    assertThat(Main.run("verify", out().toString(), "--archive", archive.toString())).isZero();
    Map<String, List<String>> rows = CampaignRows.of(out());
    Path alone = folder.resolve("alone");
    assertThat(Main.run("reprocess", archive.toString(), "--out", alone.toString(), "--seed", seed))
        .isZero();
    assertThat(rows).isEqualTo(CampaignRows.of(alone));
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"));
  }

  private Path out() {
    return folder.resolve("out");
  }
}
