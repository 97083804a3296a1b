package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skymi.campaign.BaseModels;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.smi.SkyModel;

/** A campaign that learns its base models itself: two, from halves of the nights. */
class LearningTest {
  private static final int PLATES = 6;
  private static final String QUICK =
      "skymi.reduction.epochs = 1\n"
          + "skymi.reduction.adaptation-steps = 1\n"
          + "skymi.reduction.fewest-visits = 0\n"
          + "skymi.pretrain.shards = 2\n";

  @TempDir static Path made;
  private static Path archive;
  private static Path learnt;
  private static String told;
  @TempDir Path folder;

  @BeforeAll
  static void learn() throws IOException {
    System.setProperty("spark.master", "local[2]");
    Files.writeString(made.resolve("quick.conf"), QUICK);
    archive = made.resolve("archive");
    TinyArchive.write(archive, PLATES);
    learnt = made.resolve("learnt");
    told = reprocess(Main.DONE, archive, learnt);
  }

  @AfterAll
  static void forget() {
    System.clearProperty("spark.master");
  }

  @AfterEach
  void twoSlots() {
    System.setProperty("spark.master", "local[2]");
    System.clearProperty(FaultyFileSystem.PROPERTY);
    FaultyFileSystem.ail("", null);
  }

  @Test
  void noPlateIsReducedWithAModelThatHasSeenItsNight() throws IOException {
    Manifest manifest = CampaignRows.manifest(learnt);
    TreeSet<String> used = new TreeSet<>();
    for (Manifest.Unit unit : manifest.units()) {
      int night = Integer.parseInt(unit.key().substring(unit.key().indexOf('@') + 1));
      SkyModel model = model(learnt, unit.modelDigest());
      assertThat(model.card().training().nights()).hasSize(3).doesNotContain(night);
      used.add(model.digest());
    }
    assertThat(used).hasSize(2);
    assertThat(List.of(manifest.modelDigest().split("\\+", -1)))
        .containsExactlyInAnyOrderElementsOf(used);
    assertThat(CampaignRows.of(learnt).get("training")).isNotEmpty();
    assertThat(told)
        .contains("base model 1 of 2: 3 plates of half", "base model 2 of 2: 3 plates of half")
        .containsPattern("plates analysed 3/3 \\(.*/s\\)  00:00:0\\d left")
        .containsPattern("networks of the red arm: epochs 1/1 ");
    assertThat(learnt.resolve("main/work")).isEmptyDirectory();
  }

  @Test
  void whatIsDoneIsNeitherLearntNorReducedAgain() throws IOException {
    Manifest before = CampaignRows.manifest(learnt);
    assertThat(reprocess(Main.DONE, archive, learnt))
        .contains("already complete")
        .doesNotContain("base model");
    assertThat(CampaignRows.manifest(learnt)).isEqualTo(before);
    assertThat(said(Main.DONE, "verify", "" + learnt, "--archive", "" + archive)).isNotBlank();
  }

  /** P1 shows something else: that must not move the model that P1 is reduced with. */
  @Test
  void whatANightShowsDoesNotMoveItsModel() throws IOException {
    Path other = folder.resolve("archive");
    TinyCampaign.copy(archive, other);
    FileUtil.fullyDelete(other.resolve("20170904").toFile());
    TinyArchive.plate(other, 1, 9);
    Path out = folder.resolve("out");
    String run = reprocess(Main.DONE, other, out, "--plate", "P1");
    assertThat(run).contains("base model 2 of 2");
    Manifest was = CampaignRows.manifest(learnt);
    Manifest is = CampaignRows.manifest(out);
    assertThat(is.unit("P1@58001").orElseThrow().modelDigest())
        .isEqualTo(was.unit("P1@58001").orElseThrow().modelDigest());
    assertThat(is.modelDigest()).isNotEqualTo(was.modelDigest());
    assertThat(CampaignRows.of(out).get("fibre_sky"))
        .hasSize(2 * TinyArchive.FIBRES)
        .doesNotContainAnyElementsOf(CampaignRows.of(learnt).get("fibre_sky"));
  }

  /** The archive fails as soon as the first model is there: P2 teaches the second. */
  @Test
  void aRunThatIsStoppedBetweenTheModelsLearnsTheSecondAndOneSlotGivesTheRowsOfTwo()
      throws IOException {
    System.setProperty("spark.master", "local[1]");
    System.setProperty(FaultyFileSystem.PROPERTY, FaultyFileSystem.class.getName());
    Path out = folder.resolve("out");
    Path work = out.resolve("main/work");
    FaultyFileSystem.ail("P2", () -> hasModel(work) ? new IOException("Input/output error") : null);
    assertThat(said(Main.INPUT, command(FaultyFileSystem.uri(archive), out.toString())))
        .contains("Input/output error");
    assertThat(out.resolve("main/models")).doesNotExist();
    FaultyFileSystem.ail("", null);
    assertThat(reprocess(Main.DONE, archive, out)).containsOnlyOnce(": learnt before");
    assertThat(CampaignRows.of(out)).isEqualTo(CampaignRows.of(learnt));
  }

  private static boolean hasModel(Path work) {
    String[] files = work.toFile().list((folder, name) -> name.matches("\\w+\\.model"));
    return files != null && files.length > 0;
  }

  @Test
  void laterNightsAreReducedWithTheCampaignsModelsAndOneOfThemLearnsOn() throws IOException {
    Path out = folder.resolve("out");
    Path more = folder.resolve("archive");
    TinyCampaign.copy(learnt, out);
    TinyCampaign.copy(archive, more);
    Path file = TinyArchive.plate(more, 7, 1).get(0);
    Manifest before = CampaignRows.manifest(out);
    String night = file.getParent().getParent().getFileName().toString();
    List<String> args = new ArrayList<>(List.of("night", night, "" + more, "--out", "" + out));
    args.addAll(List.of("--conf", "" + made.resolve("quick.conf"), "--update-model"));
    String run = said(Main.DONE, args.toArray(String[]::new));
    assertThat(run).contains("base model of generation ").doesNotContain("base model 1 of 2");
    Manifest after = CampaignRows.manifest(out);
    assertThat(after.units()).hasSize(PLATES + 1).containsAll(before.units());
    String judge = after.unit("P7@58007").orElseThrow().modelDigest();
    assertThat(before.modelDigest()).startsWith(judge);
    if (run.contains("base model of generation 1: ")) {
      assertThat(out.resolve("main/models/000002.json")).exists();
    }
    assertThat(reprocess(Main.DONE, more, out)).contains("already complete");
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({
    "AMID_WRITE, 1, work/[.].*[.]model[.], false, half of the first model is written",
    "BEFORE_DELETE, 1, work/[.].*[.]model[.], false, the first model has its name",
    "AFTER_CLOSE, 2, work/[.].*[.]model[.], false, the second waits for its name",
    "AFTER_CLOSE, 1, models/[.].*[.]model[.], false, the first is being moved",
    "AFTER_CLOSE, 1, models/[.].*[.]json[.], false, both are there and in no list",
    "BEFORE_DELETE, 1, models/[.].*[.]json[.], false, they are the campaign's",
    "AMID_WRITE, 1, data/frame_model/.*, false, what a plate's skies are drawn from is begun",
    "AFTER_CLOSE, 1, data/fibre_sky/.*, false, a plate is reduced",
    "AFTER_RENAME, 6, work/.*[.]json, false, all plates are finished",
    "AFTER_CLOSE, 1, data/runs/.*, false, the run's own row is written",
    "AMID_WRITE, 1, manifests/[.].*, false, half of the manifest is written",
    "AFTER_CLOSE, 1, manifests/[.].*, false, the manifest waits for its name",
    "BEFORE_DELETE, 1, manifests/[.].*, true, the manifest has its name",
    "AFTER_DELETE, 2, work/.*[.]json, true, two outcomes are forgotten",
  })
  void aDriverThatIsKilledGoesOnWithWhatItLearnt(
      HaltPoint.Moment moment, int nth, String path, boolean isCommitted, String what)
      throws Exception {
    Path out = folder.resolve("out");
    Path log = folder.resolve("log");
    HaltPoint point = new HaltPoint(moment, nth, Pattern.compile(path));
    List<String> options = new ArrayList<>(HaltingFileSystem.options(point));
    options.add("-Dspark.master=local[2]");
    String[] command = command(archive.toString(), out.toString());
    Process driver = Forked.java(log, "1g", Map.of(), options, Main.class, command);
    assertThat(driver.waitFor()).as(what + "\n" + Files.readString(log)).isEqualTo(HaltPoint.CODE);
    assertThat(Files.exists(out.resolve("main/manifests/000001.json")))
        .as(what)
        .isEqualTo(isCommitted);
    assertThat(said(Main.DONE, command)).contains(isCommitted ? "already complete" : "processed");
    assertThat(CampaignRows.manifest(out).number()).isEqualTo(1);
    assertThat(CampaignRows.of(out)).as(what).isEqualTo(CampaignRows.of(learnt));
    assertThat(said(Main.DONE, "verify", "" + out, "--archive", "" + archive)).isNotBlank();
  }

  /** Two drivers, each a process of its own, that learn for one campaign at the same time. */
  @Tag("full")
  @Test
  void rivalsLearnTheSameModelsOnce() throws Exception {
    Path out = folder.resolve("out");
    List<Process> rivals = new ArrayList<>();
    for (String name : List.of("first", "second")) {
      Path log = folder.resolve(name);
      rivals.add(Forked.skymi(log, "local[1]", command(archive.toString(), out.toString())));
    }
    for (Process rival : rivals) {
      assertThat(rival.waitFor())
          .as(
              Files.readString(folder.resolve("first"))
                  + Files.readString(folder.resolve("second")))
          .isEqualTo(Main.DONE);
    }
    assertThat(CampaignRows.manifest(out).number()).isEqualTo(1);
    assertThat(CampaignRows.of(out)).isEqualTo(CampaignRows.of(learnt));
    assertThat(out.resolve("main/models").toFile().list()).hasSize(3);
  }

  /** A run was stopped between its models and its first plate. */
  @Test
  void modelsThatAreKeptAreTheCampaignsAndHaveItsSettings() throws IOException {
    Path out = folder.resolve("out");
    TinyCampaign.copy(learnt, out);
    Manifest was = CampaignRows.manifest(out);
    FileUtil.fullyDelete(out.resolve("main/manifests").toFile());
    assertThat(reprocess(Main.DONE, archive, out, "--dry-run", "--no-learning"))
        .startsWith("run " + was.runId() + " would do 6 of 6 plates");
    assertThat(reprocess(Main.INPUT, archive, out, "--dry-run", "--seed", "2"))
        .contains("base models were learnt with other settings");
    CampaignFolder campaign = CampaignRows.folder(out);
    BaseModels own = new BaseModels(campaign.fileSystem(new Configuration()), campaign);
    BaseModels.Kept kept = own.youngest().orElseThrow();
    assertThat(own.keep(own.read(kept), "a rival's")).isFalse();
    assertThat(own.youngest()).contains(kept);
    Files.write(out.resolve("main/models").resolve(kept.models().get(1) + ".model"), new byte[9]);
    assertThat(reprocess(Main.INPUT, archive, out, "--dry-run")).contains(kept.models().get(1));
  }

  @Test
  void withoutLearningPlatesAreReducedAsAlone() throws IOException {
    Path alone = folder.resolve("alone");
    TinyArchive.plate(alone, 2, 2);
    String small = reprocess(Main.DONE, alone, folder.resolve("small"));
    assertThat(small).containsOnlyOnce("no base model is learnt: it takes 6 plates");
    String all =
        reprocess(Main.DONE, archive, folder.resolve("all"), "--no-learning", "--plate", "P2");
    assertThat(all).doesNotContain("base model");
    for (String table : List.of("fibre_sky", "fibre_spectrum", "frame_summary")) {
      assertThat(CampaignRows.of(folder.resolve("all")).get(table))
          .isEqualTo(CampaignRows.of(folder.resolve("small")).get(table));
    }
    assertThat(CampaignRows.manifest(folder.resolve("all")).modelDigest()).isEqualTo("none");
    assertThat(reprocess(Main.DONE, archive, folder.resolve("all")))
        .contains("no base model is learnt: the campaign was begun without");
  }

  @Test
  void aDryRunTellsWhatWouldBeLearnt() throws IOException {
    assertThat(reprocess(Main.DONE, archive, folder.resolve("out"), "--dry-run"))
        .contains("  P1@58001 P3@58003 P5@58005", "  P2@58002 P4@58004 P6@58006")
        .contains("run would do 6 of 6 plates", "run.learning = true");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private static SkyModel model(Path out, String digest) throws IOException {
    Path file = out.resolve("main/models").resolve(digest + ".model");
    return ModelCommand.read(file.toString(), new Configuration()).orElseThrow();
  }

  private static String reprocess(int code, Path archive, Path out, String... more)
      throws IOException {
    return said(code, command(archive.toString(), out.toString(), more));
  }

  private static String[] command(String archive, String out, String... more) {
    return Stream.concat(
            Stream.of(
                "reprocess", archive, "--out", out, "--conf", "" + made.resolve("quick.conf")),
            Stream.of(more))
        .toArray(String[]::new);
  }
}
