package org.skymi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skymi.archive.Archive;
import org.skymi.archive.Inventory;
import org.skymi.campaign.ArchiveInputs;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.Plan;
import org.skymi.campaign.Selection;
import org.skymi.campaign.Settings;
import org.skymi.campaign.Units;
import org.skymi.smi.SkyModel;
import org.skymi.spark.Engine;
import org.skymi.spark.FailedUnit;
import org.skymi.spark.PretrainJob;
import org.skymi.spark.ReprocessJob;
import org.skymi.survey.InputException;

/** A run over an archive, for the commands that start one. */
final class Reprocessing {
  private final Engine engine;
  private final CampaignFolder folder;
  private final Archive opened;
  private final Inventory inventory;
  private final String archive;
  private final Settings settings;
  private final Optional<SkyModel> base;
  private final Plan plan;

  /**
   * Lists the archive and plans.
   *
   * @param mayMoveOn whether the campaign may go on with this base model if it succeeds the
   *     campaign's own
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
    Archive opened = Archive.open(archive, engine.configuration());
    Inventory inventory = Inventory.build(opened, Inventory.Options.DEFAULT, n -> {});
    this.engine = engine;
    this.folder = folder;
    this.opened = opened;
    this.inventory = inventory;
    this.archive = archive;
    this.settings = settings.with("run.archive", opened.root());
    this.base = ModelCommand.read(settings.text("run.model"), engine.configuration());
    this.plan =
        new Plan(
            Units.of(opened.root(), ArchiveInputs.of(inventory), selection),
            this.settings.digest(),
            base.map(SkyModel::digest).orElse(Plan.NO_MODEL),
            mayMoveOn ? base.map(m -> m.card().ancestors()).orElse(List.of()) : List.of());
  }

  /** Whether the archive holds nothing of what was selected. */
  boolean isEmpty() {
    return plan.units().isEmpty();
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

  /** The base model, if there is one. */
  Optional<SkyModel> base() {
    return base;
  }

  /** What learns from the archive that this run is about. */
  PretrainJob learning() {
    return new PretrainJob(opened, inventory, settings, Main.version(), System.err);
  }

  /** What there is to do. */
  Plan plan() {
    return plan;
  }

  /** The settings, the archive's root among them. */
  Settings settings() {
    return settings;
  }

  /**
   * Runs and tells what was done.
   *
   * @return the campaign now
   * @throws InputException if nothing was usable, or a plate failed that the next run does again
   */
  Manifest run(RunReport report) throws IOException {
    ReprocessJob.Result result =
        new ReprocessJob(engine, folder, settings, Main.version(), report).run(plan, base);
    RunReport.Counts counts = report.result(result, plan, folder);
    if (!result.failed().isEmpty()) {
      throw new InputException(FailedUnit.told(result.failed()) + "; the next run does them again");
    }
    if (counts.processed() == 0) {
      throw new InputException("nothing was usable in " + archive);
    }
    return result.manifest();
  }
}
