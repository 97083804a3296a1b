package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skymi.campaign.Manifest;

/** A run whose file systems fail. */
class FaultyEnvironmentTest {
  @TempDir Path folder;
  private Path archive;
  private Path out;

  @BeforeEach
  void simulate() throws IOException {
    archive = folder.resolve("archive");
    out = folder.resolve("out");
    TinyArchive.write(archive, 1);
    System.setProperty("spark.master", "local[1]");
    System.setProperty(FaultyFileSystem.PROPERTY, FaultyFileSystem.class.getName());
    FaultyFileSystem.free(Long.MAX_VALUE);
    FaultyFileSystem.ail("", null);
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("spark.master");
    System.clearProperty(FaultyFileSystem.PROPERTY);
  }

  @Test
  void aDiskThatRunsFullEndsTheRunAndTheNextOneGivesAllRows() throws IOException {
    FaultyFileSystem.free(50_000);
    assertThat(said(Main.INPUT, "reprocess", "" + archive, "--out", FaultyFileSystem.uri(out)))
        .contains("No space left on device");
    assertThat(out.resolve("main/manifests")).doesNotExist();

    Path elsewhere = folder.resolve("elsewhere");
    assertThat(Main.run("reprocess", "" + archive, "--out", "" + elsewhere)).isZero();
    assertThat(Main.run("reprocess", "" + archive, "--out", "" + out)).isZero();
    Map<String, List<String>> rows = CampaignRows.of(out);
    assertThat(rows.get("quarantine")).isEmpty();
    assertThat(rows).isEqualTo(CampaignRows.of(elsewhere));
  }

  @Test
  void aDiskThatIsFullFromTheStartIsSaidBeforeAnyWork() {
    FaultyFileSystem.free(0);
    assertThat(said(Main.INPUT, "reprocess", "" + archive, "--out", FaultyFileSystem.uri(out)))
        .contains("No space left on device");
    assertThat(out.resolve("main/manifests")).doesNotExist();
  }

  /** The inventory has seen the headers; then the disk fails, or the memory does not suffice. */
  @ParameterizedTest
  @ValueSource(strings = {"Input/output error", "Java heap space"})
  void aPlateThatFailsForNowIsDoneByTheNextRun(String message) throws IOException {
    TinyArchive.write(archive, 2);
    String[] command = {"reprocess", FaultyFileSystem.uri(archive), "--out", "" + out};
    FaultyFileSystem.ail(
        "/P2/",
        () ->
            !inTask()
                ? null
                : message.startsWith("Java")
                    ? new OutOfMemoryError(message)
                    : new IOException(message));
    assertThat(said(Main.INPUT, command))
        .contains("failed, to be done again: P2@58002: ", message)
        .contains("2 files = 2 processed + 0 quarantined")
        .contains("1 plates failed");
    assertThat(CampaignRows.of(out).get("quarantine")).isEmpty();
    assertThat(said(Main.DONE, "summary", "" + out)).contains("1 plates failed in the last run");

    FaultyFileSystem.ail("", null);
    assertThat(said(Main.DONE, command)).contains("4 files = 4 processed + 0 quarantined");
    assertThat(said(Main.DONE, command)).contains("already complete");
    Path healthy = folder.resolve("healthy");
    assertThat(Main.run("reprocess", "" + archive, "--out", "" + healthy)).isZero();
    assertThat(CampaignRows.of(out).get("fibre_sky"))
        .isEqualTo(CampaignRows.of(healthy).get("fibre_sky"));
  }

  private static boolean inTask() {
    return TaskContext.get() != null;
  }

  @Test
  void aFolderThatMayNotBeReadIsQuarantined() throws IOException {
    Files.createDirectories(archive.resolve("20171018").resolve(FaultyFileSystem.FORBIDDEN));
    assertThat(said(Main.DONE, "reprocess", FaultyFileSystem.uri(archive), "--out", "" + out))
        .contains("1 of 3 files quarantined (1 UNREADABLE)");
    Manifest manifest = CampaignRows.manifest(out);
    assertThat(manifest.units().stream().mapToInt(Manifest.Unit::processed).sum()).isEqualTo(2);
  }

  @Test
  void anArchiveThatMayNotBeReadIsAnInputError() throws IOException {
    Path forbidden = Files.createDirectories(folder.resolve(FaultyFileSystem.FORBIDDEN));
    assertThat(said(Main.INPUT, "reprocess", FaultyFileSystem.uri(forbidden), "--out", "" + out))
        .contains("nothing was usable");
  }
}
