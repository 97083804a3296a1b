package org.skymi.smi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Trains a base model's networks: the common one, told by all exposures of all plates what differs
 * between skies, then the individual one in rounds, the increments among them, until held-out
 * plates say that it is enough.
 */
final class BaseTrainer {
  /** Rounds at the most, and those without success that end it. */
  private static final int ROUNDS = 12;

  private static final int PATIENCE = 3;

  private final TrainingSets sets;
  private final List<PlateExposure> all;
  private final int exposures;
  private final ReductionOptions options;
  private final Random random;
  private final List<TrainingStep> steps = new ArrayList<>();
  private final Map<String, Double> metrics = new TreeMap<>();

  /**
   * @param sets who trains and who validates
   * @param all spectrograph-exposures of both
   * @param exposures of all plates
   */
  BaseTrainer(TrainingSets sets, List<PlateExposure> all, int exposures, ReductionOptions options) {
    this.sets = sets;
    this.all = all;
    this.exposures = exposures;
    this.options = options;
    this.random = new Random(options.seed() * 31);
  }

  /** What training did. */
  List<TrainingStep> steps() {
    return steps;
  }

  /** Its metrics, those without data NaN; see {@link Pretraining}. */
  Map<String, Double> metrics() {
    return metrics;
  }

  /** Trains both networks. */
  SkyModel.Weights train() {
    float[][] states = new float[exposures][CommonNetwork.SIZE];
    float[] commonWeights = new float[0];
    double[] normalisation = new double[0];
    if (options.commonSteps() > 0 && !sets.states.isEmpty()) {
      CommonNetwork common = new CommonNetwork(options.seed());
      if (trainCommon(common)) {
        commonWeights = common.weights();
        normalisation = common.normalisation();
        TrainingSets every = TrainingSets.ofPlates(all, List.of(), options);
        states = common.commonStates(every.states, every.exposureOfStates(), exposures);
      }
    }
    IndividualNetwork network =
        new IndividualNetwork(options.seed() * 31, PlateModel.features(all), options);
    trainIndividual(network, states);
    return new SkyModel.Weights(commonWeights, normalisation, network.weights());
  }

  private boolean trainCommon(CommonNetwork common) {
    common.normaliseBy(sets.states);
    int iterations = ROUNDS * options.commonSteps();
    double information = common.train(sets.states, sets.exposureOfStates(), iterations, random);
    metrics.put("mi_common", information);
    TrainingStep step = TrainingStep.common(sets.states.size(), iterations, information);
    steps.add(step);
    return step.accepted();
  }

  private void trainIndividual(IndividualNetwork network, float[][] states) {
    List<IndividualNetwork.Example> examples = new ArrayList<>(sets.skies);
    float[] best = network.weights();
    double[] least = sets.validate(network, states);
    metrics.put("loss_before", TrainingSets.mean(least));
    int failures = 0;
    for (int k = 0; k < ROUNDS && failures < PATIENCE; k++) {
      boolean isIncrement = options.increments() && k > 0 && k <= TrainingSets.INCREMENTS;
      if (isIncrement) {
        examples.addAll(sets.increments.get(k - 1));
      }
      if (examples.isEmpty() || options.individualSteps() == 0) {
        break;
      }
      IndividualNetwork.Progress progress =
          network.train(examples, sets.donors, states, options.individualSteps(), random);
      double[] losses = sets.validate(network, states);
      boolean isBetter = losses.length == 0 || TrainingSets.isBetter(losses, least);
      steps.add(
          new TrainingStep(
              steps.size(),
              -1,
              isIncrement ? "increment" : "individual",
              examples.size(),
              options.individualSteps(),
              progress.loss(),
              TrainingSets.mean(losses),
              Double.NaN,
              progress.individualInformation(),
              isBetter));
      failures = isBetter ? 0 : failures + 1;
      if (isBetter) {
        least = losses;
        best = network.weights();
      }
    }
    network.restore(best);
    metrics.put("loss_after", TrainingSets.mean(least));
  }
}
