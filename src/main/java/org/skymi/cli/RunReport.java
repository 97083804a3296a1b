package org.skymi.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.Plan;
import org.skymi.spark.LearningReport;
import org.skymi.spark.ReprocessJob;
import org.skymi.spark.RunProgress;

/** What the user of a run is told: its progress, and in the end what was done. */
abstract class RunReport implements Consumer<RunProgress>, LearningReport {
  /**
   * Files of a plan's plates in the campaign.
   *
   * @param processed used
   * @param quarantined not used
   * @param reasons of these, with their numbers
   */
  record Counts(int processed, int quarantined, Map<String, Integer> reasons) {
    int files() {
      return processed + quarantined;
    }

    private static Counts of(Plan plan, Manifest manifest) {
      List<Manifest.Unit> units =
          plan.units().stream().flatMap(u -> manifest.unit(u.key()).stream()).toList();
      Map<String, Integer> reasons = new TreeMap<>();
      units.forEach(
          u -> u.reasons().forEach((reason, n) -> reasons.merge(reason, n, Integer::sum)));
      return new Counts(
          units.stream().mapToInt(Manifest.Unit::processed).sum(),
          units.stream().mapToInt(Manifest.Unit::quarantined).sum(),
          reasons);
    }
  }

  /** Tells what was done and returns the counts of it. */
  final Counts result(ReprocessJob.Result result, Plan plan, CampaignFolder folder) {
    Counts counts = Counts.of(plan, result.manifest());
    result(result, counts, folder);
    return counts;
  }

  /** Tells something that is worth a word, but no progress. */
  abstract void note(String line);

  abstract void result(ReprocessJob.Result result, Counts counts, CampaignFolder folder);
}
