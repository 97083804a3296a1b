package org.skymi.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.skymi.archive.Archive;
import org.skymi.archive.Inventory;
import org.skymi.archive.WholeFile;
import org.skymi.campaign.ArchiveInputs;
import org.skymi.campaign.NewFile;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.PlateSample;
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
import org.skymi.plate.TrainingLog;
import org.skymi.plate.TrainingShard;
import org.skymi.sky.memory.Patterns;
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
  private final int shards;
  private final boolean isDistributed;
  private final TrainingLog log;

  /**
   * @param inventory of the archive
   * @param settings of the training
   * @param software version of the program, for the model's card
   * @param log told how it goes on
   * @throws InputException if a setting is out of range
   */
  public PretrainJob(
      Archive archive, Inventory inventory, Settings settings, String software, TrainingLog log) {
    this.archive = archive;
    this.inventory = inventory;
    this.options = ReductionSettings.options(settings);
    this.flats = settings.text("run.fiberflat");
    this.software = software;
    this.shards = Math.toIntExact(settings.number("pretrain.shards"));
    this.isDistributed = settings.flag("pretrain.distributed");
    this.log = log;
  }

  /**
   * What was learnt.
   *
   * @param unused files of the plates that could not be used, and why
   */
  public record Result(SkyModel model, List<Quarantined> unused) {}

  /**
   * Plates to learn from, in the order of their keys.
   *
   * @param frames plates of whose frames
   * @param released plates of whose released spectra
   */
  public record Sample(List<PlannedUnit> frames, List<PlannedUnit> released) {}

  /**
   * Plates of the archive, spread over the nights.
   *
   * @param most of each kind, at the most
   */
  public Sample sample(int most) {
    return new Sample(
        PlateSample.of(units(Selection.ALL, FitsKind.FRAME), most),
        PlateSample.of(units(Selection.ALL, FitsKind.RELEASE_SPECTRUM), most));
  }

  /**
   * Learns, and writes the model. By the setting {@code pretrain.distributed} executors train
   * networks together, see {@link NetworkTraining}; else this process does, whose networks are the
   * same to the bit every time.
   *
   * @param out the model's file; while it is learnt, a checkpoint is beside it, and a training that
   *     was stopped goes on from there
   * @throws InputException if the archive has no usable frames, or frames of different pixels, or
   *     the file is there already
   * @throws IOException if reading or writing fails for a reason that another try may cure
   */
  public Result run(Engine engine, Sample sample, Path out) throws IOException {
    if (sample.frames().isEmpty() && sample.released().isEmpty()) {
      throw new InputException(
          "nothing to learn from: no frames or released spectra in " + archive.root());
    }
    JavaSparkContext context = new JavaSparkContext(engine.session().sparkContext());
    CheckpointFile checkpoint = new CheckpointFile(out, engine.configuration());
    List<Quarantined> unused = new ArrayList<>();
    try {
      SkyModel model =
          sample.frames().isEmpty() ? null : ofFrames(context, sample.frames(), checkpoint, unused);
      if (!sample.released().isEmpty()) {
        model = withReleased(context, sample.released(), model, unused);
      }
      keep(model, WholeFile.withoutChecksums(out.getFileSystem(engine.configuration())), out);
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
      CheckpointFile checkpoint,
      List<Quarantined> unused)
      throws IOException {
    List<List<Integer>> dealt = TrainingShard.deal(units.size(), shards);
    String what =
        String.format(
            Locale.ROOT, "learning from %d plates in %d shards", units.size(), dealt.size());
    context.setJobDescription(what);
    log.line(what);
    JavaRDD<ShardLoading.Loaded> loaded = load(context, units, dealt, patterns(context, units));
    try {
      int[] read = {0};
      EachPartition.collect(
              loaded.map(l -> new Read(l.plates(), l.unused())),
              r -> log.progress("plates analysed", read[0] += r.plates(), units.size()))
          .forEach(r -> unused.addAll(r.unused()));
      SparkShards all = new SparkShards(loaded.map(ShardLoading.Loaded::shard));
      Pretraining pretraining = new Pretraining(options, software, log);
      return isDistributed
          ? pretraining.train(all, checkpoint, all.training(context))
          : pretraining.train(all, checkpoint);
    } finally {
      if (!context.sc().isStopped()) {
        loaded.unpersist();
      }
    }
  }

  /** A rival may have learnt the same meanwhile. */
  private static void keep(SkyModel model, FileSystem fs, Path out) throws IOException {
    if (!NewFile.write(fs, out, model.bytes())) {
      try (InputStream in = fs.open(out)) {
        if (!Arrays.equals(in.readAllBytes(), model.bytes())) {
          throw new InputException(out + " is there already");
        }
      }
    }
  }

  /** What the driver needs to know of a shard that was read. */
  private record Read(int plates, List<Quarantined> unused) implements Serializable {}

  private SkyModel withReleased(
      JavaSparkContext context,
      List<PlannedUnit> units,
      SkyModel frames,
      List<Quarantined> unused) {
    log.line("learning from the released spectra of " + units.size() + " plates");
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
    return new ReleasedTraining(options, software, log)
        .train(loaded.stream().map(ReleasedLoading.Loaded::plate).toList(), frames);
  }

  private ShardLoading.Source source() {
    return new ShardLoading.Source(archive.root(), flats);
  }

  private Map<Arm, Patterns> patterns(JavaSparkContext context, List<PlannedUnit> units) {
    List<Integer> sample = PatternSample.plates(units.size());
    List<ShardLoading.FirstLook> looks =
        sample.stream()
            .map(p -> new ShardLoading.Plate(p, units.get(p), ""))
            .map(plate -> new ShardLoading.FirstLook(source(), plate, sample.size()))
            .toList();
    int[] seen = {0};
    return PatternSample.learn(
        EachPartition.collect(
            context.parallelize(looks, Math.max(1, looks.size())).map(ShardLoading.FirstLook::look),
            look ->
                log.progress("plates looked at for patterns of lines", ++seen[0], looks.size())));
  }

  private JavaRDD<ShardLoading.Loaded> load(
      JavaSparkContext context,
      List<PlannedUnit> units,
      List<List<Integer>> dealt,
      Map<Arm, Patterns> patterns) {
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
      log.line(unit.key() + ": " + skies + " spectrograph-exposures");
    }
    return update.train();
  }

  private Map<String, String> headers() {
    return inventory.entries().stream()
        .collect(Collectors.toMap(e -> e.path(), e -> e.fingerprint().header(), (a, b) -> a));
  }

  private List<PlannedUnit> units(Selection selection, FitsKind kind) {
    return Units.of(archive.root(), ArchiveInputs.of(inventory), selection).stream()
        .filter(u -> u.has(kind))
        .sorted(Comparator.comparing(PlannedUnit::key))
        .toList();
  }

  /** A plate's files as they go into the training inventory; not when they were written. */
  private static String inventory(PlannedUnit unit, Map<String, String> headers, FitsKind kind) {
    return unit.inputs().stream()
        .filter(i -> i.is(kind))
        .map(i -> i.path() + " " + i.bytes() + " " + headers.get(i.path()))
        .collect(Collectors.joining("\n"));
  }
}
