package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
