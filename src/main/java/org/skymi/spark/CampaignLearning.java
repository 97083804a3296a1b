package org.skymi.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.campaign.BaseModels;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.LearningPlan;
import org.skymi.campaign.NightHalves;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.plate.TrainingLog;
import org.skymi.smi.SkyModel;

/**
 * Learns a campaign's base models, one from each half of the nights, and keeps both before any
 * plate is reduced. A model that is learnt waits in the campaign's {@code work/} for the other,
 * where a run that was stopped finds it, and the checkpoint of one that is not.
 */
public final class CampaignLearning {
  private final Engine engine;
  private final CampaignFolder campaign;
  private final Function<TrainingLog, PretrainJob> jobs;
  private final String settingsDigest;
  private final String recipe;
  private final TrainingLog log;

  /**
   * @param jobs makes one that learns from the campaign's archive and tells a log
   * @param settingsDigest of the settings that decide results
   * @param recipe all else that decides what is learnt from given plates
   */
  public CampaignLearning(
      Engine engine,
      CampaignFolder campaign,
      Function<TrainingLog, PretrainJob> jobs,
      String settingsDigest,
      String recipe,
      TrainingLog log) {
    this.engine = engine;
    this.campaign = campaign;
    this.jobs = jobs;
    this.settingsDigest = settingsDigest;
    this.recipe = settingsDigest + recipe;
    this.log = log;
  }

  /**
   * Learns, unless a rival run is done with it.
   *
   * @param plan without an obstacle
   * @return the campaign's models
   * @throws org.skymi.survey.InputException if plates have different pixels, none has a sky, or the
   *     campaign can't be written to
   * @throws IOException if reading or writing fails for a reason that another try may cure
   */
  public List<SkyModel> run(LearningPlan plan) throws IOException {
    FileSystem fs = campaign.fileSystem(engine.configuration());
    campaign.requireWritable(fs);
    BaseModels own = new BaseModels(fs, campaign);
    List<SkyModel> models = new ArrayList<>();
    List<Path> waiting = new ArrayList<>();
    for (int half = 0; half < plan.halves().size() && own.youngest().isEmpty(); half++) {
      Path file = own.unlisted(plan.id(half, recipe));
      models.add(learnt(fs, half, plan.halves().get(half), file));
      waiting.add(file);
    }
    if (own.youngest().isEmpty()) {
      own.keep(models, settingsDigest);
    }
    for (Path file : waiting) {
      fs.delete(file, false);
    }
    return own.read(own.youngest().orElseThrow());
  }

  private SkyModel learnt(FileSystem fs, int half, List<PlannedUnit> plates, Path file)
      throws IOException {
    TrainingLog own =
        log.about(String.format(Locale.ROOT, "base model %d of %d", half + 1, NightHalves.HALVES));
    own.line(plates.size() + " plates of half of the nights");
    try (InputStream in = fs.open(file)) {
      SkyModel model = SkyModel.read(file.toString(), in);
      own.line("learnt before");
      return model;
    } catch (FileNotFoundException e) {
      return learnt(plates, file, own);
    }
  }

  private SkyModel learnt(List<PlannedUnit> plates, Path file, TrainingLog own) throws IOException {
    PretrainJob.Result result =
        jobs.apply(own).run(engine, new PretrainJob.Sample(plates, List.of()), file);
    for (Quarantined q : result.unused()) {
      own.line("not used: " + q.path() + ": " + q.reason() + " " + q.message());
    }
    return result.model();
  }
}
