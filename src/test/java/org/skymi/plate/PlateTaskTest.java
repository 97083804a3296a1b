package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.archive.Archive;
import org.skymi.archive.Inventory;
import org.skymi.campaign.ArchiveInputs;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.CompletenessCheck;
import org.skymi.campaign.ModelChoice;
import org.skymi.campaign.OutcomeStore;
import org.skymi.campaign.Plan;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.campaign.Selection;
import org.skymi.campaign.UnitOutcome;
import org.skymi.campaign.Units;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FrameWriter;
import org.skymi.fits.MadeUp;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.smi.ReductionOptions;
import org.skymi.spark.ModelBytes;
import org.skymi.spark.SparkSessions;
import org.skymi.spark.SpectrographSplit;
import org.skymi.spark.UnitWork;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/** One plate of two frames. */
class PlateTaskTest {
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir Path folder;
  private PlateSimulator simulator;
  private Plan plan;
  private PlannedUnit unit;
  private TaskSettings settings;

  @BeforeEach
  void simulate() throws IOException {
    PlateDesign design = PlateDesign.ideal("P1", 58000, 1).withFibres(24).withPixels(400, 400);
    simulator = new PlateSimulator(design);
    Path archive = Files.createDirectories(folder.resolve("archive"));
    for (FrameId id : simulator.ids()) {
      Path file = archive.resolve(id.fileStem() + ".fits");
      try (OutputStream out = Files.newOutputStream(file)) {
        FrameWriter.write(simulator.frame(id).frame(), Optional.empty(), Optional.empty(), out);
      }
    }
    plan();
  }

  /** Plans for what there is in the archive. */
  private void plan() {
    Archive opened = Archive.open(folder.resolve("archive").toString(), CONFIGURATION);
    Inventory inventory = Inventory.build(opened, Inventory.Options.DEFAULT, n -> {});
    plan =
        new Plan(Units.of(opened.root(), ArchiveInputs.of(inventory), Selection.ALL), "s", "none");
    unit = plan.units().get(0);
    settings =
        new TaskSettings(
            opened.root(),
            CampaignFolder.of(folder.resolve("out").toUri().toString(), "main"),
            ReductionOptions.defaults(),
            SpectraChoice.SKY,
            2,
            FitsLimits.DEFAULT,
            "",
            TaskSplit.PLATE,
            "",
            plan.runId());
  }

  @Test
  void aSplitUnitComesWithItsAnalyses() {
    try (SparkSession spark = SparkSessions.open("test", 1)) {
      JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
      List<UnitWork> work = List.of(new UnitWork(unit, plan.workId(unit), ModelChoice.NONE));
      List<UnitWork> split =
          SpectrographSplit.of(context, settings, context.broadcast(ModelBytes.NONE), work)
              .collect();
      assertThat(split).singleElement().satisfies(u -> assertThat(u.analysed()).hasSize(1));
    }
  }

  @Test
  void accountsForEveryFileAndKeepsItsOutcome() throws IOException {
    UnitOutcome outcome = task(reduction()).apply(unit, plan.workId(unit), false);
    assertThat(outcome.processed()).hasSize(2);
    assertThat(outcome.quarantined()).isEmpty();
    new CompletenessCheck(plan, settings.campaign(), CONFIGURATION).check(unit, outcome);
    assertThat(kept()).contains(outcome);
  }

  @Test
  void aKeptOutcomeWithoutItsFilesIsWorthNothing() throws IOException {
    UnitOutcome outcome = task(reduction()).apply(unit, plan.workId(unit), false);
    Files.delete(folder.resolve("out/main").resolve(outcome.files().get(0).path()));
    assertThat(kept()).isEmpty();
  }

  @Test
  void aFailureIsThrownSoThatItIsTriedAgainAndLeavesNoFiles() {
    PlateTask task = task(failingAfterFirstFrame());
    assertThatThrownBy(() -> task.apply(unit, plan.workId(unit), false))
        .hasMessage("numbers ran out");
    assertThat(parquetFiles()).isZero();
  }

  @Test
  void theLastFailureQuarantinesThePlate() throws IOException {
    UnitOutcome outcome = task(failingAfterFirstFrame()).apply(unit, plan.workId(unit), true);
    assertThat(outcome.processed()).isEmpty();
    assertThat(outcome.quarantined())
        .hasSize(2)
        .allMatch(q -> q.reason().equals(Quarantined.PLATE_FAILED))
        .allMatch(q -> q.message().contains("numbers ran out"));
    new CompletenessCheck(plan, settings.campaign(), CONFIGURATION).check(unit, outcome);
    assertThat(parquetFiles()).isEqualTo(1);
  }

  @Test
  void whatAnotherTryMayCureNeverQuarantines() throws IOException {
    PlateTask.FrameReduction hanging =
        (frames, sink) -> {
          throw new UncheckedIOException(new IOException("Stale file handle"));
        };
    PlateTask.FrameReduction greedy =
        (frames, sink) -> {
          throw new OutOfMemoryError("Java heap space");
        };
    assertThatThrownBy(() -> task(hanging).apply(unit, plan.workId(unit), true))
        .hasMessageContaining("Stale file handle");
    assertThatThrownBy(() -> task(greedy).apply(unit, plan.workId(unit), true))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(kept()).isEmpty();
  }

  @Test
  void anUnwritableOutputNeverQuarantinesAPlate() throws IOException {
    Files.createDirectories(folder.resolve("out/main"));
    Files.writeString(folder.resolve("out/main/data"), "in the way");
    assertThatThrownBy(() -> task(reduction()).apply(unit, plan.workId(unit), true))
        .isInstanceOf(OutputFailure.class)
        .hasMessageContaining("cannot write");
    assertThat(kept()).isEmpty();
  }

  @Test
  void aFileThatChangedSinceTheInventoryIsQuarantined() throws IOException {
    Path file = folder.resolve("archive").resolve(unit.inputs().get(0).path());
    Files.write(file, new byte[2880]);
    UnitOutcome outcome = task(reduction()).apply(unit, plan.workId(unit), false);
    assertThat(outcome.processed()).hasSize(1);
    assertThat(outcome.quarantined()).extracting(Quarantined::reason).containsExactly("CHANGED");
  }

  @Test
  void aFileThatIsGoneIsQuarantined() throws IOException {
    Files.delete(folder.resolve("archive").resolve(unit.inputs().get(1).path()));
    UnitOutcome outcome = task(reduction()).apply(unit, plan.workId(unit), false);
    assertThat(outcome.quarantined()).extracting(Quarantined::reason).containsExactly("UNREADABLE");
  }

  /** The first result comes before the other frame's second look. */
  @Test
  void framesAreReadOnce() throws IOException {
    PlateTask.FrameReduction losingTheArchive =
        (frames, sink) ->
            new PlateReduction(ReductionOptions.defaults())
                .reduce(
                    frames,
                    result -> {
                      FileUtil.fullyDelete(folder.resolve("archive").toFile());
                      sink.accept(result);
                    });
    UnitOutcome outcome = task(losingTheArchive).apply(unit, plan.workId(unit), false);
    assertThat(outcome.processed()).hasSize(2);
    assertThat(outcome.quarantined()).isEmpty();
  }

  @Test
  void aCutCopyBesideAGoodOneDoesNotLoseTheFrame() throws IOException {
    Path good = folder.resolve("archive").resolve(unit.inputs().get(0).path());
    byte[] whole = Files.readAllBytes(good);
    Files.write(good.resolveSibling("0-cut.fits"), Arrays.copyOf(whole, whole.length / 2));
    Files.write(good.resolveSibling("zz-second.fits"), whole);
    plan();
    assertThat(unit.inputs()).extracting(PlannedInput::isUsable).startsWith(true, false, true);
    UnitOutcome outcome = task(reduction()).apply(unit, plan.workId(unit), false);
    assertThat(outcome.processed())
        .containsExactlyInAnyOrder(unit.inputs().get(1).path(), unit.inputs().get(2).path());
    assertThat(outcome.quarantined())
        .extracting(q -> q.path() + " " + q.reason())
        .containsExactly("0-cut.fits TRUNCATED", "zz-second.fits DUPLICATE");
    assertThat(outcome.quarantined().get(1).message()).endsWith(good.getFileName().toString());
    new CompletenessCheck(plan, settings.campaign(), CONFIGURATION).check(unit, outcome);
  }

  @Test
  void aCopyThatTookOverIsQuarantinedWithItsPlate() throws IOException {
    Path good = folder.resolve("archive").resolve(unit.inputs().get(0).path());
    byte[] whole = Files.readAllBytes(good);
    Files.write(good.resolveSibling("0-cut.fits"), Arrays.copyOf(whole, whole.length / 2));
    plan();
    UnitOutcome outcome = task(failingAfterFirstFrame()).apply(unit, plan.workId(unit), true);
    assertThat(outcome.quarantined())
        .extracting(Quarantined::reason)
        .containsExactly("TRUNCATED", "PLATE_FAILED", "PLATE_FAILED");
    new CompletenessCheck(plan, settings.campaign(), CONFIGURATION).check(unit, outcome);
  }

  @Test
  void aTruthOfAnotherShapeIsSetAside() throws IOException {
    for (FrameId id : simulator.ids()) {
      Path file = folder.resolve("archive").resolve(id.fileStem() + ".fits");
      byte[] bytes = Files.readAllBytes(file);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      float[][] other = new float[24][401];
      try (OutputStream to = out) {
        to.write(bytes);
        to.write(MadeUp.image("TRUTH_SKY", other));
      }
      Files.write(file, out.toByteArray());
    }
    plan();
    Account account = new Account(unit);
    ArchiveFrames frames = frames(account);
    for (FrameId id : simulator.ids()) {
      assertThat(frames.truth(frames.read(id).orElseThrow())).isEmpty();
    }
    assertThat(account.quarantined()).isEmpty();
  }

  @Test
  void armsThatDisagreeOnAFibre() throws IOException {
    for (FrameId id : simulator.ids()) {
      if (id.arm() == Arm.RED) {
        Frame frame = simulator.frame(id).frame();
        int sky = frame.fibres().indicesOf(FibreType.SKY)[0];
        frame.fibres().type()[sky] = FibreType.OBJECT;
        Path file = folder.resolve("archive").resolve(id.fileStem() + ".fits");
        try (OutputStream out = Files.newOutputStream(file)) {
          FrameWriter.write(frame, Optional.empty(), Optional.empty(), out);
        }
      }
    }
    plan();
    for (boolean redFirst : new boolean[] {false, true}) {
      Account account = new Account(unit);
      ArchiveFrames frames = frames(account);
      FrameId blue = frames.ids().get(0);
      FrameId red = frames.ids().get(1);
      assertThat(frames.read(redFirst ? red : blue).isPresent()).isEqualTo(!redFirst);
      assertThat(frames.read(redFirst ? blue : red).isPresent()).isEqualTo(redFirst);
      assertThat(account.quarantined())
          .singleElement()
          .satisfies(q -> assertThat(q.reason()).isEqualTo("BAD_FIBERMAP"))
          .satisfies(q -> assertThat(q.message()).contains("is Obj, but Sky in frame-"));
    }
  }

  private ArchiveFrames frames(Account account) {
    Archive archive = Archive.open(settings.archive(), CONFIGURATION);
    return new ArchiveFrames(unit, new InputReader(archive, FitsLimits.DEFAULT), account);
  }

  private PlateTask task(PlateTask.FrameReduction reduction) {
    return new PlateTask(settings, CONFIGURATION, reduction);
  }

  private PlateTask.FrameReduction reduction() {
    return new PlateReduction(ReductionOptions.defaults())::reduce;
  }

  private PlateTask.FrameReduction failingAfterFirstFrame() {
    return (frames, sink) ->
        new PlateReduction(ReductionOptions.defaults())
            .reduce(
                frames,
                result -> {
                  sink.accept(result);
                  throw new ArithmeticException("numbers ran out");
                });
  }

  private Optional<UnitOutcome> kept() throws IOException {
    CampaignFolder campaign = settings.campaign();
    return new OutcomeStore(campaign.fileSystem(CONFIGURATION), campaign).find(plan.workId(unit));
  }

  private long parquetFiles() {
    try (var all = Files.walk(folder.resolve("out"))) {
      return all.filter(p -> p.toString().endsWith(".parquet")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
