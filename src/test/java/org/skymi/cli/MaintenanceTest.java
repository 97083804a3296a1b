package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.OutcomeStore;
import org.skymi.campaign.UnitOutcome;
import org.skymi.table.FileReport;

/** {@code skymi verify}, {@code compact} and {@code clean}. */
class MaintenanceTest {
  @TempDir Path folder;
  private TinyCampaign tiny;

  @BeforeEach
  void copy() throws IOException {
    System.setProperty("spark.master", "local[2]");
    tiny = TinyCampaign.copy(folder);
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("spark.master");
  }

  @Test
  void verifyFindsEachDefectByName() throws IOException {
    assertThat(verify(Main.DONE)).contains("checked: campaign main, manifest 1", "no defects");
    List<FileReport> files = CampaignRows.manifest(tiny.out()).filesOf("fibre_sky");
    Path flipped = tiny.file(files.get(0).path());
    byte[] bytes = Files.readAllBytes(flipped);
    bytes[bytes.length / 2] ^= 1;
    Files.write(flipped, bytes);
    Files.delete(tiny.file(files.get(1).path()));
    // One row group less, as a file that another plate's fewer rows have replaced.
    FileReport few = CampaignRows.manifest(tiny.out()).filesOf("frame_summary").get(0);
    Files.copy(
        tiny.file(few.path()), tiny.file(files.get(2).path()), StandardCopyOption.REPLACE_EXISTING);
    assertThat(verify(Main.INPUT))
        .contains(files.get(0).path() + ": SHA-256 ")
        .contains(files.get(1).path() + ": missing")
        .containsPattern(
            files.get(2).path() + ": " + few.bytes() + " bytes, not .*; SHA-256 .*; 2 rows, not 48")
        .contains("3 defects");
  }

  @Test
  void verifyKnowsWhatOfTheArchiveIsNotDone() throws IOException {
    Path archive = folder.resolve("more");
    TinyCampaign.copy(tiny.archive(), archive);
    Path added = TinyArchive.write(folder.resolve("other"), 4).get(7);
    Path place = archive.resolve(folder.resolve("other").relativize(added).toString());
    Files.createDirectories(place.getParent());
    Files.move(added, place);
    assertThat(tiny.about(Main.INPUT, "verify", "--archive", archive.toString()))
        .contains("P4@58004: not done yet, 1 file, ")
        .contains("1 defect")
        .doesNotContain("1 defects");
    Files.copy(tiny.filesOf(1).get(0), archive.resolve(tiny.nightOf(1) + "/P1/copy.fits.gz"));
    assertThat(tiny.about(Main.INPUT, "verify", "--archive", archive.toString()))
        .contains("P1@58001: its files changed since it was done, 2 then, 3 now");
  }

  @Test
  void compactionKeepsTheRowsAndAPlateStillSupersedesItsOwnAlone() throws IOException {
    Map<String, List<String>> rows = CampaignRows.of(tiny.out());
    tiny.about(Main.DONE, "compact");
    Manifest compacted = CampaignRows.manifest(tiny.out());
    assertThat(compacted.filesOf("fibre_sky")).hasSize(1);
    assertThat(CampaignRows.of(tiny.out())).isEqualTo(rows);
    assertThat(verify(Main.DONE)).contains("no defects");
    assertThat(tiny.reprocess()).contains("already complete");
    tiny.about(Main.DONE, "compact");
    assertThat(CampaignRows.manifest(tiny.out())).isEqualTo(compacted);

    Files.write(tiny.filesOf(2).get(0), new byte[0]);
    tiny.reprocess();
    Map<String, List<String>> less = CampaignRows.of(tiny.out());
    assertThat(less.get("fibre_sky")).hasSize(5 * TinyArchive.FIBRES);
    assertThat(rows.get("fibre_sky")).containsAll(ofOthers(less.get("fibre_sky")));
    assertThat(ofOthers(less.get("training"))).isEqualTo(ofOthers(rows.get("training")));
    assertThat(verify(Main.DONE)).contains("no defects");

    tiny.about(Main.DONE, "compact");
    assertThat(CampaignRows.of(tiny.out())).isEqualTo(less);
    assertThat(CampaignRows.manifest(tiny.out()).filesOf("fibre_sky")).hasSize(1);
  }

  private static List<String> ofOthers(List<String> rows) {
    return rows.stream().filter(r -> !r.contains("\"planid\":\"P2\"")).toList();
  }

  @Test
  void aCompactionThatFailsHalfWayLeavesTheCampaignAndIsGoneOnWith() throws IOException {
    Map<String, List<String>> rows = CampaignRows.of(tiny.out());
    Manifest before = CampaignRows.manifest(tiny.out());
    Path source = tiny.file(before.filesOf("frame_summary").get(1).path());
    byte[] whole = Files.readAllBytes(source);
    Files.write(source, new byte[3]);
    tiny.about(Main.INPUT, "compact");
    Files.write(source, whole);
    Manifest half = CampaignRows.manifest(tiny.out());
    assertThat(half.filesOf("fibre_sky")).hasSize(1);
    assertThat(half.filesOf("frame_summary")).hasSize(TinyCampaign.PLATES);
    assertThat(CampaignRows.of(tiny.out())).isEqualTo(rows);
    tiny.about(Main.DONE, "compact");
    assertThat(CampaignRows.manifest(tiny.out()).filesOf("frame_summary")).hasSize(1);
    assertThat(verify(Main.DONE)).contains("no defects");
  }

  @Test
  void cleaningTakesOrphansAndNothingThatAStateLists() throws IOException {
    Path orphan = Files.writeString(tiny.file("data/fibre_sky/20170905-dead.parquet"), "x");
    Path outcome = Files.writeString(tiny.file("work/dead.json"), "cut sh");
    tiny.about(Main.DONE, "compact");
    assertThat(tiny.about(Main.DONE, "clean", "--delete")).contains("0 files");
    assertThat(tiny.about(Main.DONE, "clean", "--age", "0s"))
        .contains("dead.parquet", "work/dead.json", "2 files", "would be deleted");
    assertThat(orphan).exists();
    tiny.about(Main.DONE, "clean", "--age", "0s", "--delete");
    assertThat(orphan).doesNotExist();
    assertThat(outcome).doesNotExist();
    assertThat(tiny.about(Main.DONE, "clean", "--age", "0s", "--history", "1", "--delete"))
        .contains("manifests/000001.json");
    assertThat(verify(Main.DONE)).contains("no defects");
    assertThat(tiny.about(Main.INPUT, "campaigns rollback", "--to", "1")).contains("no manifest 1");
    assertThat(tiny.about(Main.USAGE, "clean", "--age", "soon")).contains("--age");
  }

  @Test
  void cleaningLeavesWhatAStoppedRunHasFinished() throws IOException {
    Path file = Files.writeString(tiny.file("data/fibre_sky/done.parquet"), "rows");
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    UnitOutcome outcome =
        new UnitOutcome(
            "P9@58009",
            "abc",
            List.of("a"),
            List.of(),
            List.of(new FileReport("data/fibre_sky/done.parquet", "fibre_sky", 1, 4, "", "", "")));
    var folder = CampaignRows.folder(tiny.out());
    var configuration = new Configuration();
    new OutcomeStore(folder.fileSystem(configuration), folder).keep(outcome);
    tiny.about(Main.DONE, "clean", "--age", "1h", "--delete");
    assertThat(file).exists();
    assertThat(tiny.about(Main.DONE, "clean", "--age", "0s", "--delete")).contains("2 files");
    assertThat(file).doesNotExist();
  }

  private String verify(int code) {
    return tiny.about(code, "verify", "--archive", tiny.archive().toString());
  }
}
