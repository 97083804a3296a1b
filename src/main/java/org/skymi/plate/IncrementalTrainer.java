package org.skymi.plate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.skymi.smi.CommonNetwork;
import org.skymi.smi.FibreFeatures;
import org.skymi.smi.IndividualNetwork;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;

/**
 * Trains a plate's networks for one fold, in increments: the common state from all fibres, then the
 * individual part from the sky fibres, then with object fibres from sky-dominated to
 * object-dominated. A step that does not lessen the loss on sky fibres kept for validation, by more
 * than chance, is rolled back. The fold's held-out fibres take no part in any of this.
 *
 * <p>With a base model the common state is the model's, and its individual network is a first step
 * like the others, which has to do better than no correction.
 */
final class IncrementalTrainer {
  /**
   * How many times fewer of the optimiser's steps a plate takes which has a base model: what many
   * plates could not teach, or taught already, need not be sought again in one.
   */
  private static final int FEWER = 4;

  private final List<PlateExposure> exposures;
  private final int exposureCount;
  private final FibreFeatures features;
  private final ReductionOptions options;
  private final Optional<SkyModel> base;

  IncrementalTrainer(
      List<PlateExposure> exposures,
      FibreFeatures features,
      ReductionOptions options,
      Optional<SkyModel> base) {
    this.exposures = exposures;
    this.exposureCount = 1 + exposures.stream().mapToInt(e -> e.exposure).max().orElse(0);
    this.features = features;
    this.options = options;
    this.base = base;
  }

  /** A fold's networks. */
  record Trained(IndividualNetwork network, float[][] states, List<TrainingStep> steps) {}

  /**
   * Trains.
   *
   * @param fold held out; -1 for none
   * @param folds on the plate
   * @param decided for fold -1, which has nothing to validate on: which steps the folds accepted by
   *     majority
   */
  Trained train(int fold, int folds, List<Boolean> decided) {
    Random random = new Random(options.seed() * 31 + fold);
    TrainingSets sets = TrainingSets.ofFold(exposures, fold, folds, options);
    List<TrainingStep> steps = new ArrayList<>();
    float[][] states = trainCommon(sets, random, steps);
    IndividualNetwork network =
        new IndividualNetwork(options.seed() * 31 + fold, features, options);
    Course course =
        new Course(
            fold,
            network,
            sets,
            states,
            decided,
            options.has(ReductionOptions.Part.ROLLBACK),
            steps);
    List<IndividualNetwork.Example> training = new ArrayList<>(sets.skies);
    if (training.isEmpty() || options.training().individualSteps() == 0) {
      return new Trained(network, states, steps);
    }
    int iterations = options.training().individualSteps();
    if (base.isPresent()) {
      course.begin(base.get().individual());
      iterations = Math.max(1, iterations / FEWER);
    }
    course.train("individual", training, iterations, random);
    boolean increments =
        options.has(ReductionOptions.Part.INCREMENTS) && options.has(ReductionOptions.Part.OBJECTS);
    for (int k = 0; k < TrainingSets.INCREMENTS && increments; k++) {
      training.addAll(sets.increments.get(k));
      course.train("increment", training, iterations, random);
    }
    return new Trained(network, states, steps);
  }

  /** The steps of one fold's individual network, each accepted or rolled back. */
  private static final class Course {
    private final int fold;
    private final IndividualNetwork network;
    private final TrainingSets sets;
    private final float[][] states;
    private final List<Boolean> decided;
    private final boolean rollback;
    private final List<TrainingStep> steps;
    private int number;
    private double[] best;

    Course(
        int fold,
        IndividualNetwork network,
        TrainingSets sets,
        float[][] states,
        List<Boolean> decided,
        boolean rollback,
        List<TrainingStep> steps) {
      this.fold = fold;
      this.network = network;
      this.sets = sets;
      this.states = states;
      this.decided = decided;
      this.rollback = rollback;
      this.steps = steps;
      this.best = sets.validate(network, states);
    }

    /** Starts from a base model's weights if they are better than no correction. */
    void begin(float[] weights) {
      float[] before = network.weights();
      network.restore(weights);
      judge("base", before, 0, 0, new IndividualNetwork.Progress(Double.NaN, Double.NaN));
    }

    void train(
        String stage, List<IndividualNetwork.Example> training, int iterations, Random random) {
      float[] before = network.weights();
      IndividualNetwork.Progress progress =
          network.train(training, sets.donors, states, iterations, random);
      judge(stage, before, training.size(), iterations, progress);
    }

    private void judge(
        String stage,
        float[] before,
        int fibres,
        int iterations,
        IndividualNetwork.Progress progress) {
      double[] losses = sets.validate(network, states);
      boolean better =
          losses.length == 0
              ? decided.size() > number && decided.get(number)
              : TrainingSets.isBetter(losses, best);
      boolean accepted = better || !rollback;
      number++;
      if (accepted) {
        best = losses;
      } else {
        network.restore(before);
      }
      steps.add(
          new TrainingStep(
              steps.size(),
              fold,
              stage,
              fibres,
              iterations,
              progress.loss(),
              TrainingSets.mean(losses),
              Double.NaN,
              progress.individualInformation(),
              accepted));
    }
  }

  private float[][] trainCommon(TrainingSets sets, Random random, List<TrainingStep> steps) {
    float[][] none = new float[exposureCount][CommonNetwork.SIZE];
    if (options.training().commonSteps() == 0 || sets.states.isEmpty()) {
      return none;
    }
    int[] exposure = sets.exposureOfStates();
    if (base.isPresent()) {
      // Left as it is: what the individual network's weights expect of it must stay.
      return base.get()
          .common()
          .map(c -> c.commonStates(sets.states, exposure, exposureCount))
          .orElse(none);
    }
    CommonNetwork common = new CommonNetwork(options.seed());
    common.normaliseBy(sets.states);
    double information =
        common.train(sets.states, exposure, options.training().commonSteps(), random);
    TrainingStep step =
        TrainingStep.common(sets.states.size(), options.training().commonSteps(), information);
    steps.add(step);
    return step.accepted() ? common.commonStates(sets.states, exposure, exposureCount) : none;
  }
}
