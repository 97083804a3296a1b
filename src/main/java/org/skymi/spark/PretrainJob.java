package org.skymi.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.skymi.archive.Archive;
import org.skymi.archive.Inventory;
import org.skymi.campaign.ArchiveInputs;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.campaign.Selection;
import org.skymi.campaign.Settings;
import org.skymi.campaign.Units;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsLimits;
import org.skymi.plate.Account;
import org.skymi.plate.ArchiveFrames;
import org.skymi.plate.InputReader;
import org.skymi.plate.ModelUpdate;
import org.skymi.plate.PatternSample;
import org.skymi.plate.Pretraining;
import org.skymi.plate.ReleasedTraining;
import org.skymi.plate.TrainingShard;
import org.skymi.sky.memory.LinePatterns;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;

/**
 * Learns a base model from an archive's frames and released spectra: shards of the plates, a Spark
 * task each, read and analyse their plates, and say what the memory and the networks need to know
 * of them. An update by a night is learnt here, plate after plate. Files that can't be used are
 * told of and left out.
 */
public final class PretrainJob {
  private final Archive archive;
  private final Inventory inventory;
  private final ReductionOptions options;
  private final String flats;
  private final String software;
  private final PrintStream console;

  /**
   * @param inventory of the archive
   * @param settings of the training
   * @param software version of the program, for the model's card
   * @param console for progress
   * @throws InputException if a setting is out of range
   */
  public PretrainJob(
      Archive archive,
      Inventory inventory,
      Settings settings,
      String software,
      PrintStream console) {
    this.archive = archive;
    this.inventory = inventory;
    this.options = ReductionSettings.options(settings);
    this.flats = settings.text("run.fiberflat");
    this.software = software;
    this.console = console;
  }

  /**
   * What was learnt.
   *
   * @param unused files of the plates that could not be used, and why
   */
  public record Result(SkyModel model, List<Quarantined> unused) {}

  /**
   * How much is learnt, and where.
   *
   * @param plates to learn from at the most; drawn by the seed where there are more
   * @param shards of the plates, at the most
   * @param distributed whether executors train networks together, see {@link NetworkTraining}; else
   *     this process does, whose networks are the same to the bit every time
   */
  public record Plan(int plates, int shards, boolean distributed) {}

  /**
   * Learns, and writes the model.
   *
   * @param plan how much is learnt, and where
   * @param out the model's file; while it is learnt, a checkpoint is beside it, and a training that
   *     was stopped goes on from there
   * @throws InputException if the archive has no usable frames, or frames of different pixels
   * @throws IOException if reading or writing fails for a reason that another try may cure
   */
  public Result run(Engine engine, Plan plan, Path out) throws IOException {
    List<PlannedUnit> frames = chosen(plan.plates(), FitsKind.FRAME);
    List<PlannedUnit> released = chosen(plan.plates(), FitsKind.RELEASE_SPECTRUM);
    if (frames.isEmpty() && released.isEmpty()) {
      throw new InputException(
          "nothing to learn from: no frames or released spectra in " + archive.root());
    }
    JavaSparkContext context = new JavaSparkContext(engine.session().sparkContext());
    CheckpointFile checkpoint = new CheckpointFile(out, engine.configuration());
    List<Quarantined> unused = new ArrayList<>();
    try {
      SkyModel model =
          frames.isEmpty() ? null : ofFrames(context, frames, plan, checkpoint, unused);
      if (!released.isEmpty()) {
        model = withReleased(context, released, model, unused);
      }
      try (OutputStream stream = out.getFileSystem(engine.configuration()).create(out, false)) {
        stream.write(model.bytes());
      }
      checkpoint.remove();
      return new Result(model, unused);
    } catch (RuntimeException e) {
      throw e;
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // SparkException, which Scala does not declare
      throw SparkFailure.of(e, context, "the training failed in Spark");
    }
  }

  private SkyModel ofFrames(
      JavaSparkContext context,
      List<PlannedUnit> units,
      Plan plan,
      CheckpointFile checkpoint,
      List<Quarantined> unused)
      throws IOException {
    List<List<Integer>> dealt = TrainingShard.deal(units.size(), plan.shards());
    context.setJobDescription(
        String.format(
            Locale.ROOT, "learning from %d plates in %d shards", units.size(), dealt.size()));
    console.printf(
        Locale.ROOT, "learning from %d plates in %d shards%n", units.size(), dealt.size());
    JavaRDD<ShardLoading.Loaded> loaded = load(context, units, dealt, patterns(context, units));
    try {
      SparkShards all = new SparkShards(loaded.map(ShardLoading.Loaded::shard));
      Pretraining pretraining = new Pretraining(options, software, console::println);
      SkyModel model =
          plan.distributed()
              ? pretraining.train(all, checkpoint, all.training(context))
              : pretraining.train(all, checkpoint);
      loaded.map(ShardLoading.Loaded::unused).collect().forEach(unused::addAll);
      return model;
    } finally {
      if (!context.sc().isStopped()) {
        loaded.unpersist();
      }
    }
  }

  private SkyModel withReleased(
      JavaSparkContext context,
      List<PlannedUnit> units,
      SkyModel frames,
      List<Quarantined> unused) {
    console.printf(Locale.ROOT, "learning from the released spectra of %d plates%n", units.size());
    Map<String, String> headers = headers();
    List<ReleasedLoading> plates =
        units.stream()
            .map(
                u ->
                    new ReleasedLoading(
                        source(),
                        u,
                        inventory(u, headers, FitsKind.RELEASE_SPECTRUM),
                        units.size(),
                        options.seed()))
            .toList();
    context.setJobDescription("learning from released spectra");
    List<ReleasedLoading.Loaded> loaded =
        context.parallelize(plates, plates.size()).map(ReleasedLoading::load).collect();
    loaded.forEach(l -> unused.addAll(l.unused()));
    return new ReleasedTraining(options, software, console::println)
        .train(loaded.stream().map(ReleasedLoading.Loaded::plate).toList(), frames);
  }

  private ShardLoading.Source source() {
    return new ShardLoading.Source(archive.root(), flats);
  }

  private Map<Arm, LinePatterns> patterns(JavaSparkContext context, List<PlannedUnit> units) {
    List<Integer> sample = PatternSample.plates(units.size());
    List<ShardLoading.FirstLook> looks =
        sample.stream()
            .map(p -> new ShardLoading.Plate(p, units.get(p), ""))
            .map(plate -> new ShardLoading.FirstLook(source(), plate, sample.size()))
            .toList();
    console.printf(Locale.ROOT, "learning the patterns of lines from %d plates%n", sample.size());
    return PatternSample.learn(
        context
            .parallelize(looks, Math.max(1, looks.size()))
            .map(ShardLoading.FirstLook::look)
            .collect());
  }

  private JavaRDD<ShardLoading.Loaded> load(
      JavaSparkContext context,
      List<PlannedUnit> units,
      List<List<Integer>> dealt,
      Map<Arm, LinePatterns> patterns) {
    Map<String, String> headers = headers();
    List<ShardLoading> shards = new ArrayList<>();
    for (int s = 0; s < dealt.size(); s++) {
      List<ShardLoading.Plate> own =
          dealt.get(s).stream()
              .map(
                  p ->
                      new ShardLoading.Plate(
                          p, units.get(p), inventory(units.get(p), headers, FitsKind.FRAME)))
              .toList();
      shards.add(new ShardLoading(source(), units.size(), own, patterns));
    }
    return context
        .parallelize(shards, shards.size())
        .map(ShardLoading::load)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * Learns the next generation of a base model from those plates of a selection that it does not
   * know yet.
   *
   * @throws InputException if the model can't be updated, or frames have other pixels than it
   * @throws IOException if reading fails for a reason that another try may cure
   */
  public ModelUpdate.Result update(SkyModel base, Selection selection) throws IOException {
    List<PlannedUnit> units =
        units(selection, FitsKind.FRAME).stream()
            .filter(u -> !base.card().training().plates().contains(u.key()))
            .toList();
    ModelUpdate update = new ModelUpdate(base, options, software);
    Map<String, String> headers = headers();
    InputReader reader =
        new InputReader(archive, FitsLimits.DEFAULT)
            .withFlats(flats, SparkSessions.configurationOfTask());
    for (PlannedUnit unit : units) {
      ArchiveFrames frames = new ArchiveFrames(unit, reader, new Account(unit));
      int skies = update.plates().add(unit.key(), inventory(unit, headers, FitsKind.FRAME), frames);
      console.printf(Locale.ROOT, "%s: %d spectrograph-exposures%n", unit.key(), skies);
    }
    return update.train();
  }

  private Map<String, String> headers() {
    return inventory.entries().stream()
        .collect(Collectors.toMap(e -> e.path(), e -> e.fingerprint().header(), (a, b) -> a));
  }

  private List<PlannedUnit> units(Selection selection, FitsKind kind) {
    return Units.of(archive.root(), ArchiveInputs.of(inventory), selection).stream()
        .filter(u -> u.plate() != null && u.inputs().stream().anyMatch(i -> is(i, kind)))
        .sorted(Comparator.comparing(PlannedUnit::key))
        .toList();
  }

  private List<PlannedUnit> chosen(int most, FitsKind kind) {
    List<PlannedUnit> units = new ArrayList<>(units(Selection.ALL, kind));
    if (units.size() > most) {
      Collections.shuffle(units, new Random(options.seed()));
      units = new ArrayList<>(units.subList(0, most));
      units.sort(Comparator.comparing(PlannedUnit::key));
    }
    return units;
  }

  private static boolean is(PlannedInput input, FitsKind kind) {
    return input.isUsable() && input.identity().kind() == kind;
  }

  /** A plate's files as they go into the training inventory; not when they were written. */
  private static String inventory(PlannedUnit unit, Map<String, String> headers, FitsKind kind) {
    return unit.inputs().stream()
        .filter(i -> is(i, kind))
        .map(i -> i.path() + " " + i.bytes() + " " + headers.get(i.path()))
        .collect(Collectors.joining("\n"));
  }
}
