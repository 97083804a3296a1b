package org.skymi.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.skymi.math.Binary;
import org.skymi.smi.CommonNetwork;
import org.skymi.smi.FibreFeatures;
import org.skymi.smi.IndividualNetwork;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;

/**
 * Trains a base model's networks by rounds: in each, every shard of the plates trains the network
 * on from the same weights, and their mean is the network of the next round. The common network is
 * first, told by all exposures what differs between skies; then the individual one, the increments
 * joining, until held-out plates say that it is enough.
 */
final class BaseTrainer {
  /** Rounds at the most, and those without success that end it. */
  private static final int ROUNDS = 12;

  private static final int PATIENCE = 3;

  private static final TrainingShard.Common NO_COMMON =
      new TrainingShard.Common(new float[0], new double[0]);

  private final Shards shards;
  private final FibreFeatures features;
  private final ReductionOptions options;
  private final Checkpoints checkpoints;
  private final Consumer<String> console;
  private final List<TrainingStep> steps = new ArrayList<>();
  private final Map<String, Double> metrics = new TreeMap<>();
  private Checkpoint now;

  /**
   * @param console told of each round
   */
  BaseTrainer(
      Shards shards,
      FibreFeatures features,
      ReductionOptions options,
      Checkpoints checkpoints,
      Consumer<String> console) {
    this.shards = shards;
    this.features = features;
    this.options = options;
    this.checkpoints = checkpoints;
    this.console = console;
  }

  /** What training did. */
  List<TrainingStep> steps() {
    return steps;
  }

  /** Its metrics, those without data NaN; see {@link Pretraining}. */
  Map<String, Double> metrics() {
    return metrics;
  }

  /**
   * Trains both networks, from the last checkpoint if it is of the same training.
   *
   * @param identity of the training
   * @param moments of what the common network sees
   */
  SkyModel.Weights train(String identity, CommonNetwork.Moments moments) throws IOException {
    Optional<byte[]> saved = checkpoints.load();
    Optional<Checkpoint> own =
        saved.isEmpty()
            ? Optional.empty()
            : Checkpoint.read(saved.get()).filter(c -> identity.equals(c.identity()));
    now = own.orElse(Checkpoint.start(identity));
    if (own.isPresent()) {
      console.accept(
          String.format(
              Locale.ROOT,
              "resumed after %d common and %d individual rounds",
              now.commonRounds(),
              now.rounds()));
    } else if (saved.isPresent()) {
      console.accept("the checkpoint is damaged or of another training: starting anew");
    }
    steps.addAll(now.steps());
    TrainingShard.Common common = trainCommon(moments);
    IndividualNetwork network = trainIndividual(common);
    return new SkyModel.Weights(common.weights(), common.normalisation(), network.weights());
  }

  private TrainingShard.Common trainCommon(CommonNetwork.Moments moments) throws IOException {
    if (options.training().commonSteps() == 0 || moments.count() == 0) {
      return NO_COMMON;
    }
    CommonNetwork network = new CommonNetwork(options.seed());
    network.normaliseBy(moments);
    double[] normalisation = network.normalisation();
    float[] state = now.commonRounds() > 0 ? Binary.floats(now.common()) : network.state();
    double information = now.information();
    for (int k = now.commonRounds(); k < ROUNDS; k++) {
      float[] from = state;
      int round = k;
      Averaged mean = Averaged.of(shards.map(s -> s.trainCommon(from, normalisation, round)), from);
      state = mean.state();
      information = mean.information();
      saveCommon(k + 1, state, information);
    }
    metrics.put("mi_common", information);
    TrainingStep step =
        TrainingStep.common(
            (int) moments.count(), ROUNDS * options.training().commonSteps(), information);
    if (now.rounds() == 0) {
      steps.add(step);
    }
    if (!step.accepted()) {
      return NO_COMMON;
    }
    network.restoreState(state, normalisation);
    return new TrainingShard.Common(network.weights(), normalisation);
  }

  private IndividualNetwork trainIndividual(TrainingShard.Common common) throws IOException {
    IndividualNetwork network = new IndividualNetwork(options.seed() * 31, features, options);
    boolean isResumed = now.rounds() > 0;
    float[] state = isResumed ? Binary.floats(now.individual()) : network.state();
    float[] best = isResumed ? Binary.floats(now.best()) : state;
    double[] least = isResumed ? now.least() : validate(state, common);
    double lossBefore = isResumed ? now.lossBefore() : TrainingSets.mean(least);
    int failures = now.failures();
    for (int k = now.rounds(); k < ROUNDS && failures < PATIENCE; k++) {
      if (options.training().individualSteps() == 0) {
        break;
      }
      int increments =
          options.has(ReductionOptions.Part.INCREMENTS) ? Math.min(k, TrainingSets.INCREMENTS) : 0;
      Averaged mean = round(state, common, increments, k);
      if (mean.fibres() == 0) {
        break;
      }
      state = mean.state();
      double[] losses = validate(state, common);
      boolean isBetter = losses.length == 0 || TrainingSets.isBetter(losses, least);
      boolean isIncrement =
          options.has(ReductionOptions.Part.INCREMENTS) && k > 0 && k <= TrainingSets.INCREMENTS;
      steps.add(
          new TrainingStep(
              steps.size(),
              -1,
              isIncrement ? "increment" : "individual",
              mean.fibres(),
              options.training().individualSteps(),
              mean.loss(),
              TrainingSets.mean(losses),
              Double.NaN,
              mean.information(),
              isBetter));
      console.accept(
          String.format(
              Locale.ROOT,
              "round %d: %d fibres, held-out loss %.4g%s",
              k + 1,
              mean.fibres(),
              TrainingSets.mean(losses),
              isBetter ? "" : ", not better"));
      failures = isBetter ? 0 : failures + 1;
      if (isBetter) {
        least = losses;
        best = state;
      }
      saveIndividual(k + 1, failures, state, best, least, lossBefore);
    }
    network.restoreState(best);
    metrics.put("loss_before", lossBefore);
    metrics.put("loss_after", TrainingSets.mean(least));
    return network;
  }

  private Averaged round(float[] from, TrainingShard.Common common, int increments, int round) {
    FibreFeatures layout = features;
    return Averaged.of(
        shards.map(s -> s.trainIndividual(layout, from, common, increments, round)), from);
  }

  private double[] validate(float[] state, TrainingShard.Common common) {
    FibreFeatures layout = features;
    return shards.map(s -> s.validate(layout, state, common)).stream()
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private void saveCommon(int rounds, float[] state, double information) throws IOException {
    Checkpoint start = Checkpoint.start(now.identity());
    now =
        new Checkpoint(
            start.identity(),
            rounds,
            Binary.bytes(state),
            information,
            0,
            0,
            start.individual(),
            start.best(),
            start.least(),
            start.lossBefore(),
            steps);
    checkpoints.save(now.bytes());
  }

  private void saveIndividual(
      int rounds, int failures, float[] state, float[] best, double[] least, double lossBefore)
      throws IOException {
    now =
        new Checkpoint(
            now.identity(),
            now.commonRounds(),
            now.common(),
            now.information(),
            rounds,
            failures,
            Binary.bytes(state),
            Binary.bytes(best),
            least,
            lossBefore,
            steps);
    checkpoints.save(now.bytes());
  }
}
