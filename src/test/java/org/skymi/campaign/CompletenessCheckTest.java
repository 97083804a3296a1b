package org.skymi.campaign;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.fits.FileIdentity;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.PlateId;
import org.skymi.table.FileReport;
import org.skymi.table.TableWriter;
import org.skymi.table.TrainingTable;

class CompletenessCheckTest {
  private static final PlateId PLATE = new PlateId("P1", 58000);
  private static final PlannedUnit UNIT =
      PlannedUnit.ofPlate(PLATE, List.of(input("a"), input("b")));
  private static final Plan PLAN = new Plan(List.of(UNIT), "settings", ModelChoice.NONE);

  @TempDir Path folder;
  private CampaignFolder campaign;
  private CompletenessCheck check;

  @BeforeEach
  void open() {
    campaign = CampaignFolder.of(folder.toUri().toString(), "main");
    check = new CompletenessCheck(PLAN, campaign, new Configuration());
  }

  @Test
  void acceptsWhatAddsUp() {
    assertThatCode(
            () -> {
              UnitOutcome outcome = outcome(List.of("a"), List.of("b"), file(PLATE, 2));
              check.check(UNIT, outcome);
              check.check(List.of(UNIT), List.of(outcome));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void refusesALostInput() throws IOException {
    refuse(outcome(List.of("a"), List.of(), file(PLATE, 2)), "b: neither");
  }

  @Test
  void refusesAnInputCountedTwice() throws IOException {
    refuse(outcome(List.of("a", "b"), List.of("b"), file(PLATE, 2)), "b: counted twice");
    refuse(outcome(List.of("a", "b", "a"), List.of(), file(PLATE, 2)), "a: counted twice");
  }

  @Test
  void refusesAnInputThatWasNotPlanned() throws IOException {
    refuse(outcome(List.of("a", "b", "c"), List.of(), file(PLATE, 2)), "c: was not planned");
  }

  @Test
  void refusesOtherRowsThanReported() throws IOException {
    FileReport f = file(PLATE, 2);
    FileReport wrong =
        new FileReport(f.path(), f.table(), 3, f.bytes(), f.sha256(), f.firstKey(), f.lastKey());
    refuse(outcome(List.of("a", "b"), List.of(), wrong), "2 rows in its footer, 3 reported");
  }

  @Test
  void refusesRowsOfAnotherPlate() throws IOException {
    refuse(
        outcome(List.of("a", "b"), List.of(), file(new PlateId("P2", 58000), 2)),
        "holds rows of another plate");
  }

  @Test
  void refusesAFileThatIsNotThere() throws IOException {
    UnitOutcome outcome = outcome(List.of("a", "b"), List.of(), file(PLATE, 2));
    campaign
        .fileSystem(new Configuration())
        .delete(new org.apache.hadoop.fs.Path(campaign.path(), "training.parquet"), false);
    assertThatThrownBy(() -> check.check(UNIT, outcome)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesAMissingDoubleOrForeignUnit() throws IOException {
    UnitOutcome outcome = outcome(List.of("a", "b"), List.of(), file(PLATE, 2));
    UnitOutcome foreign = new UnitOutcome("X", "w", List.of(), List.of(), List.of());
    assertThatThrownBy(() -> check.check(List.of(UNIT), List.of()))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("no outcome of P1@58000");
    assertThatThrownBy(() -> check.check(List.of(UNIT), List.of(outcome, outcome)))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("two outcomes of P1@58000");
    assertThatThrownBy(() -> check.check(List.of(UNIT), List.of(outcome, foreign)))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("an outcome of X, which was not planned");
  }

  @Test
  void refusesAnOutcomeOfOtherWork() throws IOException {
    UnitOutcome mine = outcome(List.of("a", "b"), List.of(), file(PLATE, 2));
    refuse(
        new UnitOutcome(mine.key(), "other", mine.processed(), mine.quarantined(), mine.files()),
        "P1@58000: outcome of other work");
  }

  @Test
  void refusesTwoFilesOfOneTable() throws IOException {
    UnitOutcome one = outcome(List.of("a", "b"), List.of(), file(PLATE, 2));
    List<FileReport> twice = List.of(one.files().get(0), one.files().get(0));
    refuse(
        new UnitOutcome(one.key(), one.workId(), one.processed(), one.quarantined(), twice),
        "two files of training");
  }

  @Test
  void refusesAFileOfTwoUnits() throws IOException {
    PlannedUnit other = PlannedUnit.ofPlate(new PlateId("P2", 58000), List.of(input("c")));
    UnitOutcome mine = outcome(List.of("a", "b"), List.of(), file(PLATE, 2));
    UnitOutcome theirs = new UnitOutcome(other.key(), "w", List.of("c"), List.of(), mine.files());
    assertThatThrownBy(() -> check.check(List.of(UNIT, other), List.of(mine, theirs)))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("training.parquet: listed twice");
  }

  private void refuse(UnitOutcome outcome, String why) {
    assertThatThrownBy(() -> check.check(UNIT, outcome))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining(why);
  }

  private static UnitOutcome outcome(
      List<String> processed, List<String> quarantined, FileReport file) {
    return new UnitOutcome(
        UNIT.key(),
        PLAN.workId(UNIT),
        processed,
        quarantined.stream().map(p -> new Quarantined(p, "frame", "BAD", "", "bad")).toList(),
        List.of(file));
  }

  private static PlannedInput input(String path) {
    return new PlannedInput(path, 1, "f", FileIdentity.OTHER, null);
  }

  private FileReport file(PlateId plate, int rows) throws IOException {
    campaign
        .fileSystem(new Configuration())
        .delete(new org.apache.hadoop.fs.Path(campaign.path(), "training.parquet"), false);
    try (TableWriter<TrainingTable.Row> writer =
        new TableWriter<>(
            TrainingTable.TABLE,
            campaign.fileSystem(new Configuration()),
            campaign.path(),
            "training.parquet",
            Map.of())) {
      for (int i = 0; i < rows; i++) {
        writer.write(
            new TrainingTable.Row(
                plate,
                0,
                i,
                new TrainingStep(-1, "c", "residual", 1, 1, TrainingStep.Losses.of(1, 1), true)));
      }
      return writer.finish();
    }
  }
}
