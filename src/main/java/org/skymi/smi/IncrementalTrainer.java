package org.skymi.smi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.skymi.sky.ArmSky;
import org.skymi.sky.FibreFlag;
import org.skymi.sky.SpectrographSky;
import org.skymi.survey.Arm;

/**
 * Trains a plate's networks for one fold, in increments: the common state from all fibres, then the
 * individual part from the sky fibres, then with object fibres from sky-dominated to
 * object-dominated. A step that worsens the loss on sky fibres kept for validation is rolled back.
 * The fold's held-out fibres take no part in any of this.
 */
final class IncrementalTrainer {
  private static final int INCREMENTS = 3;

  /** Injections that each validation fibre is judged with. */
  private static final int TRIALS = 4;

  /** Squared relative error beyond which a validation fibre is an accident. */
  private static final double CAP = 0.01;

  private final List<PlateExposure> exposures;
  private final int exposureCount;
  private final FibreFeatures features;
  private final ReductionOptions options;

  IncrementalTrainer(
      List<PlateExposure> exposures, FibreFeatures features, ReductionOptions options) {
    this.exposures = exposures;
    this.exposureCount = 1 + exposures.stream().mapToInt(e -> e.exposure).max().orElse(0);
    this.features = features;
    this.options = options;
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
    Sets sets = new Sets(fold, folds);
    List<TrainingStep> steps = new ArrayList<>();
    float[][] states = trainCommon(sets, random, steps);
    IndividualNetwork network =
        new IndividualNetwork(options.seed() * 31 + fold, features, options);
    List<IndividualNetwork.Example> training = new ArrayList<>(sets.skies);
    double best = validate(network, sets, states);
    for (int k = 0; k <= (options.increments() ? INCREMENTS : 0); k++) {
      if (k > 0) {
        training.addAll(sets.increments.get(k - 1));
      }
      if (training.isEmpty() || options.individualSteps() == 0) {
        break;
      }
      float[] before = network.weights();
      IndividualNetwork.Progress progress =
          network.train(training, sets.donors, states, options.individualSteps(), random);
      double loss = validate(network, sets, states);
      boolean accepted = Double.isNaN(loss) ? decided.size() > k && decided.get(k) : loss < best;
      if (accepted) {
        best = loss;
      } else {
        network.restore(before);
      }
      steps.add(
          new TrainingStep(
              steps.size(),
              fold,
              k == 0 ? "individual" : "increment",
              training.size(),
              options.individualSteps(),
              progress.loss(),
              loss,
              Double.NaN,
              progress.individualInformation(),
              accepted));
    }
    return new Trained(network, states, steps);
  }

  private float[][] trainCommon(Sets sets, Random random, List<TrainingStep> steps) {
    float[][] none = new float[exposureCount][CommonNetwork.SIZE];
    if (options.commonSteps() == 0 || sets.states.isEmpty()) {
      return none;
    }
    CommonNetwork common = new CommonNetwork(options.seed());
    common.normaliseBy(sets.states);
    int[] exposure = sets.stateExposures.stream().mapToInt(Integer::intValue).toArray();
    double information = common.train(sets.states, exposure, options.commonSteps(), random);
    boolean told = !Double.isNaN(information);
    steps.add(
        new TrainingStep(
            0,
            -1,
            "common",
            sets.states.size(),
            options.commonSteps(),
            -information,
            Double.NaN,
            information,
            Double.NaN,
            told));
    return told ? common.commonStates(sets.states, exposure, exposureCount) : none;
  }

  private double validate(IndividualNetwork network, Sets sets, float[][] states) {
    if (sets.validation.isEmpty()) {
      return Double.NaN;
    }
    double[][] z = network.coefficients(sets.validation, states);
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      sum += Math.min(CAP, sets.validationTargets.get(i).loss(z[i], null));
    }
    return sum / z.length;
  }

  /** Who trains, validates and lends objects in a fold. */
  private final class Sets {
    final List<IndividualNetwork.Example> skies = new ArrayList<>();
    final List<List<IndividualNetwork.Example>> increments = new ArrayList<>();
    final List<Observation> donors = new ArrayList<>();
    final List<Observation> validation = new ArrayList<>();
    final List<Target> validationTargets = new ArrayList<>();
    final List<float[]> states = new ArrayList<>();
    final List<Integer> stateExposures = new ArrayList<>();

    Sets(int fold, int folds) {
      // The next fold validates: it made this fold's master, but trains no network.
      int validating = fold < 0 || folds < 3 ? -1 : (fold + 1) % folds;
      List<Observation> objects = new ArrayList<>();
      List<Observation> validationSkies = new ArrayList<>();
      for (PlateExposure e : exposures) {
        SpectrographSky sky = e.analysis(fold);
        if (sky.arm(Arm.BLUE).or(() -> sky.arm(Arm.RED)).filter(ArmSky::hasSky).isEmpty()) {
          continue;
        }
        boolean[] may = fold < e.folds.count() ? e.folds.mayTrain(fold) : e.folds.mayTrain(-1);
        boolean[] notValidating =
            validating < 0 || validating >= e.folds.count()
                ? e.folds.mayTrain(-1)
                : e.folds.mayTrain(validating);
        for (int i = 0; i < may.length; i++) {
          if (!may[i] || sky.flag(i) == FibreFlag.DEAD) {
            continue;
          }
          Observation o = Observation.of(sky, i, e.exposure);
          states.add(SkyState.of(o));
          stateExposures.add(e.exposure);
          boolean trains = notValidating[i];
          if (e.target(fold, i) != null) {
            if (trains) {
              skies.add(
                  new IndividualNetwork.Example(o, e.target(fold, i), neighbour(sky, e, i, may)));
            } else if (e.folds.foldOf(i) == validating) {
              validationSkies.add(o);
            }
          } else if (trains && e.fibres.type()[i].isTarget()) {
            objects.add(o);
            if (o.mayDonate()) {
              donors.add(o);
            }
          }
        }
      }
      split(objects);
      addTrials(fold, validationSkies);
    }

    private Observation neighbour(SpectrographSky sky, PlateExposure e, int fibre, boolean[] may) {
      int next = fibre + 1 < may.length ? fibre + 1 : fibre - 1;
      boolean usable = next >= 0 && may[next] && sky.flag(next) != FibreFlag.DEAD;
      return usable ? Observation.of(sky, next, e.exposure) : null;
    }

    private void split(List<Observation> objects) {
      List<Observation> sorted = new ArrayList<>(objects);
      sorted.sort(Comparator.comparingDouble(Observation::objectDominance));
      // As many objects as sky fibres an increment: more would drown what sky fibres know of the
      // continuum.
      int share = Math.min(sorted.size() / INCREMENTS, Math.max(1, skies.size()));
      for (int k = 0; k < INCREMENTS; k++) {
        List<IndividualNetwork.Example> examples = new ArrayList<>();
        int from = k * sorted.size() / INCREMENTS;
        for (int j = 0; j < share; j++) {
          Observation o = sorted.get(from + j * (sorted.size() / INCREMENTS) / Math.max(1, share));
          Target target = new Target();
          for (Arm arm : Arm.values()) {
            if (o.sky.arm(arm).filter(ArmSky::hasSky).isPresent()) {
              target.set(arm, o.sky.lineFit(arm, o.fibre));
            }
          }
          examples.add(new IndividualNetwork.Example(o, target, null));
        }
        increments.add(examples);
      }
    }

    private void addTrials(int fold, List<Observation> skies) {
      Random random = new Random(options.seed() * 37 + fold);
      for (Observation o : skies) {
        PlateExposure home =
            exposures.stream().filter(e -> e.analysis(fold) == o.sky).findFirst().orElseThrow();
        for (int trial = 0; trial < TRIALS; trial++) {
          boolean inject = trial > 0 && !donors.isEmpty();
          validation.add(
              inject
                  ? o.with(
                      donors.get(random.nextInt(donors.size())),
                      Math.pow(10, -1.3 + 1.7 * random.nextDouble()))
                  : o);
          validationTargets.add(home.target(fold, o.fibre));
        }
      }
    }
  }
}
