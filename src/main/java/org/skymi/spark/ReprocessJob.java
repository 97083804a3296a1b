package org.skymi.spark;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.skymi.campaign.Admission;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Commit;
import org.skymi.campaign.CompletenessCheck;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.ManifestStore;
import org.skymi.campaign.OutcomeStore;
import org.skymi.campaign.Plan;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Setting;
import org.skymi.campaign.Settings;
import org.skymi.campaign.UnitOutcome;
import org.skymi.plate.SpectraChoice;
import org.skymi.plate.TaskSettings;
import org.skymi.plate.TaskSplit;
import org.skymi.smi.SkyModel;
import org.skymi.survey.InputException;
import org.skymi.table.FileReport;
import org.skymi.table.RunsTable;
import org.skymi.table.TableWriter;

/** A run: does what a plan has open, checks that it is complete, and commits it. */
public final class ReprocessJob {
  private final SparkSession spark;
  private final CampaignFolder campaign;
  private final Settings settings;
  private final String software;
  private final Consumer<RunProgress> console;

  /**
   * @param campaign where the tables go
   * @param software version of the program, for the record
   * @param console told how far the run is whenever a plate is done
   */
  public ReprocessJob(
      Engine engine,
      CampaignFolder campaign,
      Settings settings,
      String software,
      Consumer<RunProgress> console) {
    this.spark = engine.session();
    this.campaign = campaign;
    this.settings = settings;
    this.software = software;
    this.console = console;
  }

  /**
   * What a run did.
   *
   * @param manifest the campaign now
   * @param units done
   * @param resumed of these, taken over from a run that was stopped
   * @param failed units that the next run does again
   */
  public record Result(Manifest manifest, int units, int resumed, List<FailedUnit> failed) {}

  /**
   * Runs a plan; if nothing of it is open, nothing changes.
   *
   * @param models base models, those whose digests the plan has
   * @throws IOException if the output can't be written
   * @throws org.skymi.survey.InputException if the campaign has other settings, or a rival run
   *     committed other work on the same plates
   */
  public Result run(Plan plan, List<SkyModel> models) throws IOException {
    Instant started = Instant.now();
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    FileSystem fs = campaign.fileSystem(configuration);
    ManifestStore store = new ManifestStore(fs, campaign);
    OutcomeStore kept = new OutcomeStore(fs, campaign);
    Optional<Manifest> base = store.latest();
    Admission.require(base, plan, settings.all());
    List<PlannedUnit> open = plan.open(base);
    if (open.isEmpty() && base.isPresent()) {
      return new Result(base.get(), 0, 0, List.of());
    }
    campaign.requireWritable(fs);
    List<UnitOutcome> outcomes = new ArrayList<>();
    List<UnitWork> work = new ArrayList<>();
    for (PlannedUnit unit : open) {
      Optional<UnitOutcome> finished = kept.find(plan.workId(unit));
      finished.ifPresentOrElse(
          outcomes::add,
          () -> work.add(new UnitWork(unit, plan.workId(unit), plan.models().of(unit))));
    }
    int resumed = outcomes.size();
    UnitRun.Ends ends =
        UnitRun.run(spark, taskSettings(plan), ModelBytes.of(models), work, console);
    outcomes.addAll(ends.outcomes());
    check(plan, without(open, ends.failed()), outcomes, configuration);
    requireUse(base, outcomes, ends.failed());
    FileReport run =
        writeRun(plan, outcomes, resumed, ends.failed().size(), started, configuration);
    Manifest manifest =
        new Commit(store, plan, settings.all(), software, new MergeJob(spark, campaign))
            .publish(base, outcomes, run);
    for (UnitOutcome outcome : outcomes) {
      kept.forget(outcome.workId());
    }
    return new Result(manifest, outcomes.size(), resumed, ends.failed());
  }

  private static List<PlannedUnit> without(List<PlannedUnit> units, List<FailedUnit> failed) {
    Set<String> keys = failed.stream().map(FailedUnit::key).collect(Collectors.toSet());
    return units.stream().filter(u -> !keys.contains(u.key())).toList();
  }

  /** Requires that something is to be committed: a campaign does not begin with nothing. */
  private void requireUse(
      Optional<Manifest> base, List<UnitOutcome> outcomes, List<FailedUnit> failed) {
    if (!failed.isEmpty() && outcomes.isEmpty()) {
      throw new InputException("nothing was committed, run it again: " + FailedUnit.told(failed));
    }
    if (base.isEmpty() && outcomes.stream().allMatch(o -> o.processed().isEmpty())) {
      SortedMap<String, Integer> reasons = new TreeMap<>();
      outcomes.forEach(o -> o.reasons().forEach((r, n) -> reasons.merge(r, n, Integer::sum)));
      String archive = settings.text("run.archive");
      throw new InputException(
          "nothing was usable in "
              + archive
              + ": "
              + reasons
              + "; nothing was committed, see "
              + "skymi inventory "
              + archive);
    }
  }

  private void check(
      Plan plan, List<PlannedUnit> open, List<UnitOutcome> outcomes, Configuration configuration)
      throws IOException {
    CompletenessCheck check = new CompletenessCheck(plan, campaign, configuration);
    check.check(open, outcomes);
    Map<String, PlannedUnit> byKey = PlannedUnit.byKey(open);
    for (UnitOutcome outcome : outcomes) {
      check.check(byKey.get(outcome.key()), outcome);
    }
  }

  private TaskSettings taskSettings(Plan plan) {
    return new TaskSettings(
        settings.text("run.archive"),
        campaign,
        ReductionSettings.options(settings),
        SpectraChoice.named(settings.text("output.spectra")),
        (int) settings.number("run.attempts"),
        ReductionSettings.limits(settings),
        settings.text("run.fiberflat"),
        TaskSplit.named(settings.text("run.split")),
        settings.text("run.scratch"),
        plan.runId());
  }

  private FileReport writeRun(
      Plan plan,
      List<UnitOutcome> outcomes,
      int resumed,
      int failed,
      Instant started,
      Configuration configuration)
      throws IOException {
    int processed = outcomes.stream().mapToInt(o -> o.processed().size()).sum();
    int quarantined = outcomes.stream().mapToInt(o -> o.quarantined().size()).sum();
    String path =
        CampaignFolder.dataPath(
            RunsTable.TABLE.name(), null, plan.runId() + "-" + UUID.randomUUID());
    try (TableWriter<RunsTable.Row> writer =
        new TableWriter<>(
            RunsTable.TABLE,
            campaign.fileSystem(configuration),
            campaign.path(),
            path,
            Map.of("skymi.run", plan.runId()))) {
      writer.write(
          new RunsTable.Row(
              plan.runId(),
              new RunsTable.Time(started, Instant.now()),
              new RunsTable.Recipe(
                  software, plan.modelDigest(), Setting.json(settings.ofResults())),
              new RunsTable.Files(processed, quarantined),
              new RunsTable.Units(outcomes.size(), resumed, failed),
              new JavaSparkContext(spark.sparkContext()).defaultParallelism()));
      return writer.finish();
    }
  }
}
