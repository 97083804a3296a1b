package org.skymi.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.skymi.archive.Archive;
import org.skymi.campaign.OutcomeStore;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.campaign.UnitOutcome;
import org.skymi.sky.judge.FrameResult;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.PlateId;
import org.skymi.table.QuarantineTable;
import org.skymi.table.TrainingTable;

/** What is done with one unit: read, estimate, write, tell what became of each file. */
public final class PlateTask {
  private static final String NO_RESULT = "NO_RESULT";

  private final TaskSettings settings;
  private final Configuration configuration;
  private final Optional<SkyModel> model;

  /** Whether frames are looked at once here, since they were analysed elsewhere. */
  private final boolean isAnalysed;

  private final FrameReduction reduction;

  /** What is done with a plate's frames: {@link PlateReduction#reduce}, or a test's own. */
  @FunctionalInterface
  interface FrameReduction {
    List<TrainingStep> reduce(PlateFrames frames, Consumer<FrameResult> sink) throws IOException;
  }

  /**
   * @param analysed spectrograph-exposures that were analysed elsewhere
   * @param threads that may work on the unit; they change no number
   */
  public PlateTask(
      TaskSettings settings,
      Configuration configuration,
      Optional<SkyModel> model,
      List<AnalysedExposure> analysed,
      int threads) {
    this(
        settings,
        configuration,
        model,
        !analysed.isEmpty(),
        (frames, sink) -> {
          try (SideBySide work = new SideBySide(threads)) {
            return new PlateReduction(settings.options(), modelOf(frames, model), work)
                .reduce(frames, analysed, sink);
          }
        });
  }

  /** What is learnt from exposures does not fit what was added up of them. */
  private static Optional<SkyModel> modelOf(PlateFrames frames, Optional<SkyModel> model) {
    return frames instanceof CoaddFrames ? Optional.empty() : model;
  }

  public PlateTask(TaskSettings settings, Configuration configuration, FrameReduction reduction) {
    this(settings, configuration, Optional.empty(), false, reduction);
  }

  private PlateTask(
      TaskSettings settings,
      Configuration configuration,
      Optional<SkyModel> model,
      boolean isAnalysed,
      FrameReduction reduction) {
    this.settings = settings;
    this.configuration = configuration;
    this.model = model;
    this.isAnalysed = isAnalysed;
    this.reduction = reduction;
  }

  /**
   * Does a unit.
   *
   * @param workId of the work
   * @param isLastTry whether a failure that its input makes quarantines the unit's files instead of
   *     being thrown
   * @throws IOException if it failed for a reason that another try may cure
   */
  public UnitOutcome apply(PlannedUnit unit, String workId, boolean isLastTry) throws IOException {
    Account account = new Account(unit);
    UnitOutcome outcome;
    try {
      outcome = reduce(unit, workId, account);
    } catch (RuntimeException e) {
      boolean isPlatesFault =
          CurableFailure.in(e).isEmpty() && !Thread.currentThread().isInterrupted();
      if (!isLastTry || !isPlatesFault) {
        throw e;
      }
      account.quarantineAll(Quarantined.PLATE_FAILED, "the plate's reduction failed: " + e);
      outcome = writeQuarantineOnly(unit, workId, account);
    }
    keep(outcome);
    return outcome;
  }

  private void keep(UnitOutcome outcome) {
    try {
      new OutcomeStore(settings.campaign().fileSystem(configuration), settings.campaign())
          .keep(outcome);
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  private UnitOutcome reduce(PlannedUnit unit, String workId, Account account) throws IOException {
    try (UnitTables tables = tables(unit, workId);
        Scratch scratch = isAnalysed ? Scratch.none() : new Scratch(settings.scratch())) {
      InputReader reader =
          new InputReader(Archive.open(settings.archive(), configuration), settings.limits())
              .withFlats(settings.flats(), configuration)
              .with(scratch);
      UnitParts parts = new UnitParts(unit, reader, tables, account, settings);
      // Released spectra first: their minute is 0, and rows are sorted.
      List<TrainingTable.Row> training = new ArrayList<>(new ReleasePart(parts, model).reduce());
      new MediumPart(parts).reduce();
      // Co-added spectra are another unit of flux and no exposure: nothing is learnt from both.
      for (ArchivedFrames frames :
          List.of(
              new CoaddFrames(unit, reader, account), new ArchiveFrames(unit, reader, account))) {
        if (!frames.ids().isEmpty()) {
          FrameSink sink = new FrameSink(frames, tables, account, settings.spectra());
          List<TrainingStep> steps = reduction.reduce(frames, sink);
          training.addAll(training(unit.plate(), 0, steps));
        }
      }
      training.sort(Comparator.comparingInt(TrainingTable.Row::spectrograph));
      for (TrainingTable.Row row : training) {
        tables.write(TrainingTable.TABLE, row);
      }
      account.quarantineRest(NO_RESULT, "the reduction gave no result for it");
      return finish(unit, workId, account, tables);
    }
  }

  private UnitOutcome writeQuarantineOnly(PlannedUnit unit, String workId, Account account)
      throws IOException {
    try (UnitTables tables = tables(unit, workId)) {
      return finish(unit, workId, account, tables);
    }
  }

  private static UnitOutcome finish(
      PlannedUnit unit, String workId, Account account, UnitTables tables) throws IOException {
    for (QuarantineTable.Row row : account.rows()) {
      tables.write(QuarantineTable.TABLE, row);
    }
    return new UnitOutcome(
        unit.key(), workId, account.processed(), account.quarantined(), tables.finish());
  }

  private UnitTables tables(PlannedUnit unit, String workId) {
    String plate =
        unit.plate() == null ? "none" : unit.plate().planId() + "-" + unit.plate().lmjd();
    String safe = plate.replaceAll("[^A-Za-z0-9._-]", "_");
    return new UnitTables(
        settings.campaign(),
        unit,
        safe + "-" + workId + "-" + UUID.randomUUID(),
        Map.of("skymi.run", settings.runId(), "skymi.work", workId),
        configuration);
  }

  /** Training steps as rows. */
  static List<TrainingTable.Row> training(
      PlateId plate, int spectrograph, List<TrainingStep> steps) {
    List<TrainingTable.Row> rows = new ArrayList<>();
    for (TrainingStep step : steps) {
      rows.add(new TrainingTable.Row(plate, spectrograph, rows.size(), step));
    }
    return rows;
  }
}
