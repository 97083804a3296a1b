package org.skymi.plate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.smi.CommonState;
import org.skymi.smi.IndividualNetwork;
import org.skymi.smi.Observation;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.TrainingTarget;
import org.skymi.survey.Arm;

/** Who trains, validates and lends objects: in a fold of a plate, or among many plates. */
final class TrainingSets {
  static final int INCREMENTS = 3;

  /** Injections that each validation fibre is judged with. */
  private static final int TRIALS = 4;

  /**
   * Standard errors by which a step must be better: of few fibres' losses one in two falls by
   * chance.
   */
  private static final double SURE = 2;

  /** Squared relative error beyond which a validation fibre is an accident. */
  private static final double CAP = 0.01;

  /** Sky fibres that train. */
  final List<IndividualNetwork.Example> skies = new ArrayList<>();

  /** Object fibres that train, from sky-dominated to object-dominated. */
  final List<List<IndividualNetwork.Example>> increments = new ArrayList<>();

  final List<Observation> donors = new ArrayList<>();

  /** What the common network sees of fibres, and the exposure of each. */
  final List<float[]> states = new ArrayList<>();

  final List<Integer> stateExposures = new ArrayList<>();

  private final List<Observation> validation = new ArrayList<>();
  private final List<TrainingTarget> validationTargets = new ArrayList<>();
  private final int fold;
  private final boolean withObjects;

  private TrainingSets(int fold, boolean withObjects) {
    this.fold = fold;
    this.withObjects = withObjects;
  }

  /**
   * The sets of a plate's fold. The next fold validates: it made this fold's master, but trains no
   * network.
   *
   * @param fold held out; -1 for none
   * @param folds on the plate
   */
  static TrainingSets ofFold(
      List<PlateExposure> exposures, int fold, int folds, ReductionOptions options) {
    TrainingSets sets = new TrainingSets(fold, options.has(ReductionOptions.Part.OBJECTS));
    int validating = fold < 0 || folds < 3 ? -1 : (fold + 1) % folds;
    List<Observation> objects = new ArrayList<>();
    List<PlateExposure> homes = new ArrayList<>();
    List<Observation> judges = new ArrayList<>();
    for (PlateExposure e : exposures) {
      boolean[] may = e.folds.mayTrain(fold < e.folds.count() ? fold : -1);
      boolean[] trains = e.folds.mayTrain(validating < e.folds.count() ? validating : -1);
      sets.add(e, may, trains, validating, objects, homes, judges);
    }
    sets.split(objects);
    sets.addTrials(homes, judges, new Random(options.seed() * 37 + fold));
    return sets;
  }

  /**
   * The sets of many plates, all from the analyses from everything.
   *
   * @param training whose fibres train
   * @param heldOut whose sky fibres validate
   */
  static TrainingSets ofPlates(
      List<PlateExposure> training, List<PlateExposure> heldOut, ReductionOptions options) {
    TrainingSets sets = new TrainingSets(-1, options.has(ReductionOptions.Part.OBJECTS));
    List<Observation> objects = new ArrayList<>();
    for (PlateExposure e : training) {
      boolean[] all = e.folds.mayTrain(-1);
      sets.add(e, all, all, -1, objects, new ArrayList<>(), new ArrayList<>());
    }
    sets.split(objects);
    List<PlateExposure> homes = new ArrayList<>();
    List<Observation> judges = new ArrayList<>();
    for (PlateExposure e : heldOut) {
      SpectrographSky sky = e.analysis(-1);
      for (int i = 0; i < e.fibres.size(); i++) {
        if (e.target(-1, i) != null) {
          homes.add(e);
          judges.add(Observation.of(sky, i, e.exposure));
        }
      }
    }
    sets.addTrials(homes, judges, new Random(options.seed() * 37 - 1));
    return sets;
  }

  private void add(
      PlateExposure e,
      boolean[] may,
      boolean[] trains,
      int validating,
      List<Observation> objects,
      List<PlateExposure> homes,
      List<Observation> judges) {
    SpectrographSky sky = e.analysis(fold);
    if (sky.arm(Arm.BLUE).or(() -> sky.arm(Arm.RED)).filter(ArmSky::hasSky).isEmpty()) {
      return;
    }
    for (int i = 0; i < may.length; i++) {
      if (!may[i] || !takesPart(sky, e, i)) {
        continue;
      }
      Observation o = Observation.of(sky, i, e.exposure);
      states.add(CommonState.of(o));
      stateExposures.add(e.exposure);
      if (e.target(fold, i) != null) {
        if (trains[i]) {
          skies.add(new IndividualNetwork.Example(o, e.target(fold, i), neighbour(sky, e, i, may)));
        } else if (e.folds.foldOf(i) == validating) {
          homes.add(e);
          judges.add(o);
        }
      } else if (trains[i] && e.fibres.type()[i].isTarget()) {
        objects.add(o);
        if (o.mayDonate()) {
          donors.add(o);
        }
      }
    }
  }

  private boolean takesPart(SpectrographSky sky, PlateExposure e, int fibre) {
    return sky.flag(fibre) != FibreFlag.DEAD
        && (withObjects || e.fibres.showsSky(fibre));
  }

  private Observation neighbour(SpectrographSky sky, PlateExposure e, int fibre, boolean[] may) {
    int next = fibre + 1 < may.length ? fibre + 1 : fibre - 1;
    boolean usable = next >= 0 && may[next] && takesPart(sky, e, next);
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
        TrainingTarget target = new TrainingTarget();
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

  private void addTrials(List<PlateExposure> homes, List<Observation> judges, Random random) {
    for (int j = 0; j < judges.size(); j++) {
      Observation o = judges.get(j);
      for (int trial = 0; trial < TRIALS; trial++) {
        boolean inject = trial > 0 && !donors.isEmpty();
        validation.add(
            inject
                ? o.with(
                    donors.get(random.nextInt(donors.size())),
                    Math.pow(10, -1.3 + 1.7 * random.nextDouble()))
                : o);
        validationTargets.add(homes.get(j).target(fold, o.fibre));
      }
    }
  }

  /** Exposure of each of {@link #states}. */
  int[] exposureOfStates() {
    return stateExposures.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * The losses of a network on the fibres kept for validation, one a fibre, the mean over its
   * trials.
   */
  double[] validate(IndividualNetwork network, float[][] common) {
    double[][] z =
        validation.isEmpty() ? new double[0][] : network.coefficients(validation, common);
    double[] losses = new double[z.length / TRIALS];
    for (int i = 0; i < z.length; i++) {
      losses[i / TRIALS] += Math.min(CAP, validationTargets.get(i).loss(z[i], null)) / TRIALS;
    }
    return losses;
  }

  /** The mean of losses, NaN without any. */
  static double mean(double[] losses) {
    return Arrays.stream(losses).average().orElse(Double.NaN);
  }

  /**
   * Whether losses are less than others by more than chance: the mean of the fibres' differences is
   * below zero by {@link #SURE} standard errors.
   */
  static boolean isBetter(double[] losses, double[] others) {
    int n = losses.length;
    double mean = mean(losses) - mean(others);
    double square = 0;
    for (int i = 0; i < n; i++) {
      double off = losses[i] - others[i] - mean;
      square += off * off;
    }
    return n > 1 && mean < -SURE * Math.sqrt(square / (n - 1) / n);
  }
}
