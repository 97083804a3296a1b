package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.SharedData;
import org.skymi.campaign.CampaignFolder;
import org.skymi.table.FibreSkyTable;
import org.skymi.table.TrainingTable;

/** A base model of real released spectra: learnt, printed, and of use to spectra that are few. */
class PretrainReleasedTest {
  @TempDir static Path folder;
  private static List<Path> dr1;
  private static String model;
  private static String learnt;

  @BeforeAll
  static void pretrain() throws IOException {
    System.setProperty("spark.master", "local[2]");
    Path archive = Files.createDirectory(folder.resolve("archive"));
    dr1 = files("lamost/dr1");
    copy(dr1, archive);
    copy(files("lamost/dr7").subList(0, 20), archive);
    Path conf = Files.writeString(folder.resolve("quick.conf"), "skymi.reduction.epochs = 1\n");
    model = folder.resolve("released.model").toString();
    learnt = said(Main.DONE, "pretrain", "" + archive, "--model-out", model, "--conf", "" + conf);
  }

  @AfterAll
  static void forget() {
    System.clearProperty("spark.master");
  }

  private static List<Path> files(String part) throws IOException {
    try (Stream<Path> paths = Files.walk(SharedData.path(part))) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void copy(List<Path> files, Path to) throws IOException {
    for (Path file : files) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
  }

  @Test
  void theCardSaysWhatEachPipelineLeaves() {
    assertThat(learnt)
        .contains("2 sets of released spectra, 196 spectra", "0 sky, 196 object")
        .containsPattern("released +v2.6.4: \\d+ of 105 windows, to \\d+ %")
        .containsPattern("released +v2.9.8: nothing that spectra");
    assertThat(said(Main.DONE, "model", model)).contains("B6212@55862 HD103621N361936B01@58575");
  }

  @Test
  void aFibreAloneIsCorrectedByItAndOnlyByIt() throws IOException {
    Path few = Files.createDirectory(folder.resolve("few"));
    copy(dr1.subList(0, 6), few);
    List<Row> without = reprocess(few, "without");
    assertThat(without).hasSize(6).allMatch(r -> r.getAs("smi_source").equals("super"));
    List<Row> with = reprocess(few, "with", "--model", model);
    assertThat(with).hasSize(6).allMatch(r -> r.getAs("smi_source").equals("memory"));
    List<Row> training =
        CampaignRows.rows(
            CampaignFolder.of(folder.resolve("with").toUri().toString(), "main"),
            TrainingTable.TABLE);
    List<String> stages = new ArrayList<>();
    training.forEach(r -> stages.add(r.getAs("stage")));
    assertThat(stages).contains("residual of the base model");
  }

  private static List<Row> reprocess(Path archive, String out, String... more) throws IOException {
    String to = folder.resolve(out).toString();
    List<String> args = new ArrayList<>(List.of("reprocess", "" + archive, "--out", to));
    args.addAll(List.of(more));
    said(Main.DONE, args.toArray(String[]::new));
    assertThat(said(Main.DONE, "summary", to)).contains("released spectra", "as released");
    assertThat(said(Main.DONE, "evaluate", to)).doesNotContain("NaN");
    return CampaignRows.rows(
        CampaignFolder.of(folder.resolve(out).toUri().toString(), "main"), FibreSkyTable.TABLE);
  }

  @Test
  void oneSetIsTooLittle() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    copy(dr1.subList(0, 20), one);
    String out = folder.resolve("one.model").toString();
    assertThat(said(Main.INPUT, "pretrain", "" + one, "--model-out", out))
        .contains("released spectra teach from two sets on");
  }
}
