package org.skymi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skymi.archive.Archive;
import org.skymi.archive.Inventory;
import org.skymi.campaign.ArchiveInputs;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.LearningPlan;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.ModelChoice;
import org.skymi.campaign.Plan;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Selection;
import org.skymi.campaign.Settings;
import org.skymi.campaign.Units;
import org.skymi.plate.TrainingLog;
import org.skymi.plate.Unlearnable;
import org.skymi.spark.CampaignLearning;
import org.skymi.spark.Engine;
import org.skymi.spark.FailedUnit;
import org.skymi.spark.PretrainJob;
import org.skymi.spark.ReprocessJob;
import org.skymi.spark.TimedLog;
import org.skymi.survey.InputException;

/** A run over an archive, for the commands that start one. */
final class Reprocessing {
  private final Engine engine;
  private final CampaignFolder folder;
  private final Archive opened;
  private final Inventory inventory;
  private final String archive;
  private final Settings settings;
  private final boolean mayMoveOn;
  private final List<PlannedUnit> units;
  private RunModels models;

  /**
   * Lists the archive.
   *
   * @param mayMoveOn whether the campaign may go on with a given base model if it succeeds the
   *     campaign's
   * @throws InputException if there is no such archive
   */
  Reprocessing(
      Engine engine,
      String archive,
      CampaignFolder folder,
      Settings settings,
      Selection selection,
      boolean mayMoveOn)
      throws IOException {
    this.engine = engine;
    this.folder = folder;
    this.archive = archive;
    this.mayMoveOn = mayMoveOn;
    this.opened = Archive.open(archive, engine.configuration());
    this.inventory = Inventory.build(opened, Inventory.Options.DEFAULT, n -> {});
    this.settings = settings.with("run.archive", opened.root());
    this.units = units(selection);
    // Models are learnt from the whole archive, whatever is to be reduced now.
    this.models =
        RunModels.of(
            this.settings,
            folder,
            engine.configuration(),
            () -> selection.equals(Selection.ALL) ? units : units(Selection.ALL));
  }

  private List<PlannedUnit> units(Selection selection) {
    return Units.of(opened.root(), ArchiveInputs.of(inventory), selection);
  }

  /** Whether the archive holds nothing of what was selected. */
  boolean isEmpty() {
    return units.isEmpty();
  }

  /**
   * Requires that there is something to reprocess.
   *
   * @throws InputException if there is not
   */
  Reprocessing requireWork() {
    if (isEmpty()) {
      throw new InputException("nothing to reprocess: no such FITS files in " + opened.root());
    }
    return this;
  }

  /**
   * The settings of a run: those installed with the program unless files are given.
   *
   * @param files HOCON
   * @param given by the command line; null values are not given
   */
  static Settings settings(List<Path> files, Map<String, Object> given) {
    String installed = System.getProperty("skymi.conf", "");
    boolean useInstalled =
        files.isEmpty() && !installed.isEmpty() && Files.exists(Path.of(installed));
    Map<String, Object> values = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          if (value != null) {
            values.put(name, value);
          }
        });
    return Settings.resolve(useInstalled ? List.of(Path.of(installed)) : files, values);
  }

  /** The base models that there are, or are to be learnt first. */
  RunModels models() {
    return models;
  }

  /** What learns from the archive that this run is about. */
  PretrainJob learning(TrainingLog log) {
    return new PretrainJob(opened, inventory, settings, Main.version(), log);
  }

  /** What there is to do, with the models that there are. */
  Plan plan() {
    return new Plan(
        units, settings.digest(), ModelChoice.of(models.known()), mayMoveOn || models.isOwn());
  }

  /** The settings, the archive's root among them. */
  Settings settings() {
    return settings;
  }

  /**
   * Learns if that is to be, runs, and tells what was done.
   *
   * @return the campaign now
   * @throws InputException if nothing was usable, or a plate failed that the next run does again
   */
  Manifest run(RunReport report) throws IOException {
    if (models.toLearn().isPresent()) {
      models = learnt(models.toLearn().get(), report);
    }
    Plan plan = plan();
    if (!models.note().isEmpty() && !plan.open(models.manifest()).isEmpty()) {
      report.note(models.note());
    }
    ReprocessJob.Result result =
        new ReprocessJob(engine, folder, settings, Main.version(), report)
            .run(plan, models.known());
    RunReport.Counts counts = report.result(result, plan, folder);
    if (!result.failed().isEmpty()) {
      throw new InputException(FailedUnit.told(result.failed()) + "; the next run does them again");
    }
    if (counts.processed() == 0) {
      throw new InputException("nothing was usable in " + archive);
    }
    return result.manifest();
  }

  private RunModels learnt(LearningPlan plan, RunReport report) throws IOException {
    String recipe =
        String.join(
            "\n",
            Main.version(),
            settings.text("pretrain.shards"),
            settings.text("pretrain.distributed"));
    CampaignLearning learning =
        new CampaignLearning(
            engine, folder, this::learning, settings.digest(), recipe, new TimedLog(report));
    try {
      return models.with(learning.run(plan));
    } catch (Unlearnable e) {
      return models.without(e.getMessage());
    }
  }
}
