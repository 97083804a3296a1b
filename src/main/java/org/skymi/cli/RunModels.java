package org.skymi.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.skymi.campaign.BaseModels;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.LearningPlan;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.ManifestStore;
import org.skymi.campaign.ModelChoice;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Settings;
import org.skymi.sky.judge.Method;
import org.skymi.smi.SkyModel;
import org.skymi.spark.ReductionSettings;
import org.skymi.survey.InputException;

/**
 * The base models of a run: the one that is given, else those that the campaign has learnt, else
 * two that are to be learnt first if the campaign is new and the archive is large enough.
 *
 * @param known none, one, or two by halves of the nights
 * @param isOwn whether the campaign has learnt them itself
 * @param toLearn what to learn from, if that is to be
 * @param note why nothing is learnt; empty if that needs no word
 * @param manifest the campaign's newest
 */
record RunModels(
    List<SkyModel> known,
    boolean isOwn,
    Optional<LearningPlan> toLearn,
    String note,
    Optional<Manifest> manifest) {

  /**
   * Decides.
   *
   * @param archive all its units
   * @throws InputException if the campaign's models are damaged, or were learnt with other settings
   */
  static RunModels of(
      Settings settings,
      CampaignFolder folder,
      Configuration configuration,
      Supplier<List<PlannedUnit>> archive)
      throws IOException {
    FileSystem fs = folder.fileSystem(configuration);
    Optional<Manifest> manifest = new ManifestStore(fs, folder).latest();
    Optional<SkyModel> given = ModelCommand.read(settings.text("run.model"), configuration);
    if (given.isPresent()) {
      return new RunModels(List.of(given.get()), false, Optional.empty(), "", manifest);
    }
    BaseModels own = new BaseModels(fs, folder);
    Optional<BaseModels.Kept> kept = own.youngest();
    if (kept.isPresent()) {
      // A campaign that has a state tells more exactly what differs.
      if (manifest.isEmpty() && !kept.get().settingsDigest().equals(settings.digest())) {
        throw new InputException(
            "the campaign's base models were learnt with other settings: give them again, or name"
                + " another --campaign");
      }
      return new RunModels(own.read(kept.get()), true, Optional.empty(), "", manifest);
    }
    RunModels none = new RunModels(List.of(), false, Optional.empty(), "", manifest);
    if (!settings.flag("run.learning") || !isLearner(settings)) {
      return none;
    }
    LearningPlan plan =
        LearningPlan.of(archive.get(), Math.toIntExact(settings.number("pretrain.plates")));
    if (!plan.hasFrames()) {
      return none;
    }
    if (plan.obstacle().isPresent()) {
      return none.without(plan.obstacle().get());
    }
    if (manifest.isPresent()) {
      boolean isBegunWithout = manifest.get().modelDigest().equals(ModelChoice.NONE);
      return isBegunWithout
          ? none.without("the campaign was begun without a base model; another --campaign learns")
          : none;
    }
    return new RunModels(List.of(), false, Optional.of(plan), "", manifest);
  }

  /** Whether a method that is asked for takes a base model. */
  private static boolean isLearner(Settings settings) {
    return ReductionSettings.options(settings).methods().stream()
        .anyMatch(m -> m == Method.MEMORY || m == Method.SMI);
  }

  /** The same without learning. */
  RunModels without(String why) {
    String line = "no base model is learnt: " + why;
    return new RunModels(known, isOwn, Optional.empty(), line, manifest);
  }

  /** The same when they are learnt. */
  RunModels with(List<SkyModel> learnt) {
    return new RunModels(learnt, true, Optional.empty(), "", manifest);
  }
}
