package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.campaign.Manifest;

/** {@code skymi night}: increments, and the base model that learns from them. */
class NightCommandTest {
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
    assertThat(tiny.night(Main.INPUT, "20010101")).contains("nothing to reprocess");
    assertThat(tiny.night(Main.USAGE, "yesterday")).contains("YYYYMMDD");
    assertThat(tiny.night(Main.INPUT, tiny.nightOf(1), "--update-model")).contains("--model");
  }

  @Test
  void aCampaignGoesOnWithItsModelsNextGenerationByNightOnly() throws IOException {
    Path learnt = folder.resolve("learnt");
    TinyArchive.write(learnt, 4);
    try (var plates = Files.list(learnt)) {
      // The first night is to be new to the model.
      Path first = plates.sorted().findFirst().orElseThrow();
      Files.move(first, folder.resolve("away"));
    }
    Path model = folder.resolve("base.model");
    said(
        Main.DONE,
        "pretrain",
        learnt.toString(),
        "--model-out",
        model.toString(),
        "--conf",
        tiny.conf());
    String[] start = {"--model", model.toString(), "--campaign", "nights"};
    assertThat(tiny.night(Main.INPUT, tiny.nightOf(1), "--model", model.toString()))
        .contains("made with base model none, this run has ");

    tiny.night(Main.DONE, tiny.nightOf(2), start);
    String said = tiny.night(Main.DONE, tiny.nightOf(1), with(start, "--update-model"));
    assertThat(said).contains("prior, blue: held-out chi", "networks: kept, a night of one plate");
    Path next = tiny.out().resolve("nights/models/000001.model");
    if (!Files.exists(next)) {
      assertThat(said).contains("base model of generation 0 is kept");
      return;
    }
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

  private static String[] onward() {
    return new String[] {"--campaign", "nights"};
  }

  private static String[] with(String[] args, String... more) {
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }
}
