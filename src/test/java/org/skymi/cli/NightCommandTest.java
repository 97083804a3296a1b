package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.campaign.Manifest;
import org.skymi.survey.PlateId;

/** {@code skymi night}: increments, and the base model that learns from them. */
class NightCommandTest {
  private static final String NIGHT_5 = new PlateId("P5", 58005).night().label();

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
  void aNightTwiceIsDoneOnceAndAFileDeliveredAgainMovesItsPlateAlone() throws IOException {
    Manifest before = CampaignRows.manifest(tiny.out());
    assertThat(tiny.night(Main.DONE, tiny.nightOf(1))).contains("already complete");
    assertThat(CampaignRows.manifest(tiny.out())).isEqualTo(before);

    tiny.deliverAgain(1);
    tiny.deliverAgain(2);
    tiny.night(Main.DONE, tiny.nightOf(1));
    Manifest after = CampaignRows.manifest(tiny.out());
    assertThat(after.unit("P1@58001")).isNotEqualTo(before.unit("P1@58001"));
    assertThat(after.unit("P2@58002")).isEqualTo(before.unit("P2@58002"));
    assertThat(after.unit("P3@58003")).isEqualTo(before.unit("P3@58003"));
    assertThat(CampaignRows.of(tiny.out()).get("fibre_sky")).hasSize(6 * TinyArchive.FIBRES);
    assertThat(tiny.night(Main.DONE, "20010101")).contains("night 20010101: nothing in ");
    assertThat(tiny.night(Main.USAGE, "yesterday")).contains("YYYYMMDD");
    assertThat(tiny.night(Main.INPUT, tiny.nightOf(1), "--update-model")).contains("--model");
  }

  /**
   * The model was learnt from P2 and P3, and judged by a plate that shows what P1 shows: nothing
   * can be better for it than to learn P1.
   */
  @Test
  void aCampaignGoesOnWithItsModelsNextGenerationByNightOnly() throws IOException {
    Path model = learn(1);
    String[] start = {"--model", model.toString(), "--campaign", "nights"};
    assertThat(tiny.night(Main.INPUT, tiny.nightOf(1), "--model", model.toString()))
        .contains("made with base model none, this run has ");

    tiny.night(Main.DONE, tiny.nightOf(2), start);
    String said = tiny.night(Main.DONE, tiny.nightOf(1), with(start, "--update-model"));
    assertThat(said)
        .contains("prior, blue: held-out chi", "prior: learnt anew")
        .contains(
            "memory: kept, nothing to judge it by in a night of one plate", "networks, red: ");
    assertThat(tiny.out().resolve("nights/models/000001.json")).exists();
    Path next =
        Path.of(said.split("base model of generation 1: ", 2)[1].lines().findFirst().orElseThrow());
    assertThat(said(Main.DONE, "model", next.toString()))
        .contains("generation      1", "P2@58002 P3@58003 P4@58004 P1@58001");
    assertThat(tiny.night(Main.DONE, tiny.nightOf(1), with(onward(), "--update-model")))
        .contains("already complete", "nothing to learn that the model has not seen");
    tiny.night(Main.DONE, tiny.nightOf(3), onward());
    assertThat(tiny.about(Main.DONE, "campaigns show", "--campaign", "nights"))
        .contains("P1@58001", "P2@58002", "P3@58003");
    assertThat(tiny.night(Main.INPUT, tiny.nightOf(3), start)).contains("made with base model");
    assertThat(tiny.reprocess(with(onward(), "--model", next.toString())))
        .contains("already complete");
  }

  /** The model knows P2 already, and nothing of it tells of the plate that judges. */
  @Test
  void aModelIsKeptIfTheNightMakesItNoBetter() throws IOException {
    Path model = learn(4);
    TinyArchive.plate(tiny.archive(), 5, 2);
    String[] start = {"--model", model.toString(), "--campaign", "nights"};
    assertThat(tiny.night(Main.DONE, NIGHT_5, with(start, "--update-model")))
        .contains("prior: kept", "base model of generation 0 is kept");
    assertThat(tiny.out().resolve("nights/models")).doesNotExist();
    assertThat(tiny.night(Main.DONE, tiny.nightOf(3), start)).contains("manifest 2");
  }

  /** A model of P2 and P3, judged by P4, which shows what some plate shows. */
  private Path learn(int judge) throws IOException {
    Path learnt = folder.resolve("learnt");
    TinyArchive.plate(learnt, 2, 2);
    TinyArchive.plate(learnt, 3, 3);
    TinyArchive.plate(learnt, 4, judge);
    String model = folder.resolve("base.model").toString();
    said(Main.DONE, "pretrain", "" + learnt, "--model-out", model, "--conf", tiny.conf());
    return Path.of(model);
  }

  private static String[] onward() {
    return new String[] {"--campaign", "nights"};
  }

  private static String[] with(String[] args, String... more) {
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }
}
