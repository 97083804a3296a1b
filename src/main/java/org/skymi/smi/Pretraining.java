package org.skymi.smi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.skymi.sky.ArmSky;
import org.skymi.sky.SkyGrid;
import org.skymi.sky.SkyPrior;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;

/**
 * Learns a base model from plates, given one after the other. Of each it keeps the classical
 * analyses from everything, some megabytes a spectrograph-exposure.
 *
 * <p>Every fourth plate teaches no network: its sky fibres tell when to stop. The skies of all
 * plates make the basis. Its metrics in the model's card: {@code loss_before} and {@code
 * loss_after}, on the held-out plates without and with the networks; {@code mi_common}, nat; {@code
 * basis_chi_blue} and {@code basis_chi_red}, what a basis from the other plates leaves of held-out
 * plates' masters, in units of their errors.
 */
public final class Pretraining {
  private static final int HELD_OUT_EVERY = 4;

  /** Passes of the optimiser at the most, and those without success that end it. */
  private static final int ROUNDS = 12;

  private static final int PATIENCE = 3;

  private final ReductionOptions options;
  private final String software;
  private final List<Plate> plates = new ArrayList<>();
  private final StringBuilder inventory = new StringBuilder();
  private int exposures;

  /** A plate's analyses. */
  private record Plate(String name, List<PlateExposure> exposures) {}

  /**
   * @param options of the training; {@code individualSteps} are those of one round
   * @param software version of the program, for the card
   */
  public Pretraining(ReductionOptions options, String software) {
    this.options = options;
    this.software = software;
  }

  /** The model, and what the training did. */
  public record Result(SkyModel model, List<TrainingStep> steps) {}

  /**
   * Takes a plate. The order of plates decides which are held out.
   *
   * @param name of the plate
   * @param digest of its files, for the training inventory
   * @return spectrograph-exposures it had
   * @throws IOException if a frame can't be read for now
   */
  public int add(String name, String digest, PlateFrames frames) throws IOException {
    List<PlateExposure> own =
        List.copyOf(PlateReduction.analyse(frames, exposures, false).values());
    if (!own.isEmpty()) {
      exposures = 1 + own.stream().mapToInt(e -> e.exposure).max().orElseThrow();
      plates.add(new Plate(name, own));
      inventory.append(name).append(' ').append(digest).append('\n');
    }
    return own.size();
  }

  /**
   * Trains.
   *
   * @throws InputException if no plate had a sky, or plates have different grids
   */
  public Result train() {
    List<PlateExposure> all = new ArrayList<>();
    List<PlateExposure> training = new ArrayList<>();
    List<PlateExposure> heldOut = new ArrayList<>();
    for (int p = 0; p < plates.size(); p++) {
      all.addAll(plates.get(p).exposures());
      (isHeldOut(p) ? heldOut : training).addAll(plates.get(p).exposures());
    }
    Map<Arm, SkyGrid> grids = grids(all);
    Map<String, Double> metrics = new TreeMap<>();
    Map<Arm, SkyPrior> priors = new EnumMap<>(Arm.class);
    grids.forEach(
        (arm, grid) -> {
          priors.put(arm, learn(grid, all));
          if (!heldOut.isEmpty()) {
            String name = "basis_chi_" + (arm == Arm.BLUE ? "blue" : "red");
            put(metrics, name, misfit(learn(grid, training), arm, heldOut));
          }
        });
    List<TrainingStep> steps = new ArrayList<>();
    TrainingSets sets = TrainingSets.ofPlates(training, heldOut, options.seed());
    SkyModel.Weights weights = trainNetworks(sets, all, steps, metrics);
    SkyModel model =
        SkyModel.of(priors, grids, weights, options, software, training(all, sets), metrics);
    return new Result(model, steps);
  }

  private boolean isHeldOut(int plate) {
    int last = plates.size() - 1;
    return plate % HELD_OUT_EVERY == HELD_OUT_EVERY - 1
        || last > 0 && last < HELD_OUT_EVERY - 1 && plate == last;
  }

  private static Optional<ArmSky> sky(PlateExposure e, Arm arm) {
    return e.analysis(-1).arm(arm).filter(ArmSky::hasSky);
  }

  private Map<Arm, SkyGrid> grids(List<PlateExposure> all) {
    Map<Arm, SkyGrid> grids = new EnumMap<>(Arm.class);
    for (PlateExposure e : all) {
      for (Arm arm : Arm.values()) {
        Optional<SkyGrid> own = sky(e, arm).map(ArmSky::grid);
        SkyGrid first = own.map(g -> grids.computeIfAbsent(arm, a -> g)).orElse(null);
        if (first != null && !first.sameAs(own.get())) {
          throw new InputException(
              "plates with different pixels can't make one base model: arm "
                  + arm
                  + " has grids of "
                  + first.spline().size()
                  + " and "
                  + own.get().spline().size());
        }
      }
    }
    if (grids.isEmpty()) {
      throw new InputException("nothing to learn a base model from: no plate with sky fibres");
    }
    return grids;
  }

  private static SkyPrior learn(SkyGrid grid, List<PlateExposure> exposures) {
    List<ArmSky> skies = exposures.stream().flatMap(e -> sky(e, grid.arm()).stream()).toList();
    return SkyPrior.learn(
        grid,
        skies.stream().map(ArmSky::master).toList(),
        skies.stream().map(ArmSky::masterVariance).toList(),
        FoldModel.MOST_COMPONENTS);
  }

  /** Rms of masters minus their projections, in units of the masters' errors. */
  private static double misfit(SkyPrior prior, Arm arm, List<PlateExposure> exposures) {
    double sum = 0;
    int count = 0;
    for (PlateExposure e : exposures) {
      ArmSky own = sky(e, arm).orElse(null);
      if (own == null) {
        continue;
      }
      double[] master = own.master();
      double[] variance = own.masterVariance();
      double[] projected = prior.basis().project(own.normal()).coefficients();
      for (int k = 0; k < master.length; k++) {
        if (Double.isFinite(variance[k])) {
          sum += (master[k] - projected[k]) * (master[k] - projected[k]) / variance[k];
          count++;
        }
      }
    }
    return Math.sqrt(sum / count);
  }

  private SkyModel.Weights trainNetworks(
      TrainingSets sets,
      List<PlateExposure> all,
      List<TrainingStep> steps,
      Map<String, Double> metrics) {
    Random random = new Random(options.seed() * 31);
    float[][] states = new float[exposures][CommonNetwork.SIZE];
    float[] commonWeights = new float[0];
    double[] normalisation = new double[0];
    if (options.commonSteps() > 0 && !sets.states.isEmpty()) {
      CommonNetwork common = new CommonNetwork(options.seed());
      common.normaliseBy(sets.states);
      int iterations = ROUNDS * options.commonSteps();
      double information = common.train(sets.states, sets.exposureOfStates(), iterations, random);
      put(metrics, "mi_common", information);
      steps.add(
          new TrainingStep(
              0,
              -1,
              "common",
              sets.states.size(),
              iterations,
              -information,
              Double.NaN,
              information,
              Double.NaN,
              !Double.isNaN(information)));
      if (!Double.isNaN(information)) {
        commonWeights = common.weights();
        normalisation = common.normalisation();
        TrainingSets every = TrainingSets.ofPlates(all, List.of(), options.seed());
        states = common.commonStates(every.states, every.exposureOfStates(), exposures);
      }
    }
    IndividualNetwork network =
        new IndividualNetwork(options.seed() * 31, PlateModel.features(all), options);
    trainIndividual(network, sets, states, random, steps, metrics);
    return new SkyModel.Weights(commonWeights, normalisation, network.weights());
  }

  /** Rounds of training, the increments among them, until held-out plates say that it's enough. */
  private void trainIndividual(
      IndividualNetwork network,
      TrainingSets sets,
      float[][] states,
      Random random,
      List<TrainingStep> steps,
      Map<String, Double> metrics) {
    List<IndividualNetwork.Example> examples = new ArrayList<>(sets.skies);
    float[] best = network.weights();
    double least = sets.validate(network, states);
    put(metrics, "loss_before", least);
    int failures = 0;
    for (int k = 0; k < ROUNDS && failures < PATIENCE; k++) {
      if (options.increments() && k > 0 && k <= TrainingSets.INCREMENTS) {
        examples.addAll(sets.increments.get(k - 1));
      }
      if (examples.isEmpty() || options.individualSteps() == 0) {
        break;
      }
      IndividualNetwork.Progress progress =
          network.train(examples, sets.donors, states, options.individualSteps(), random);
      double loss = sets.validate(network, states);
      boolean isBetter = Double.isNaN(loss) || loss < least;
      steps.add(
          new TrainingStep(
              steps.size(),
              -1,
              k > 0 && k <= TrainingSets.INCREMENTS ? "increment" : "individual",
              examples.size(),
              options.individualSteps(),
              progress.loss(),
              loss,
              Double.NaN,
              progress.individualInformation(),
              isBetter));
      failures = isBetter ? 0 : failures + 1;
      if (isBetter) {
        least = loss;
        best = network.weights();
      }
    }
    network.restore(best);
    put(metrics, "loss_after", least);
  }

  private ModelCard.Training training(List<PlateExposure> all, TrainingSets sets) {
    List<String> heldOut = new ArrayList<>();
    for (int p = 0; p < plates.size(); p++) {
      if (isHeldOut(p)) {
        heldOut.add(plates.get(p).name());
      }
    }
    return new ModelCard.Training(
        ModelFile.sha256(inventory.toString().getBytes(StandardCharsets.UTF_8)),
        plates.stream().map(Plate::name).toList(),
        heldOut,
        exposures,
        all.size(),
        sets.skies.size(),
        sets.increments.stream().mapToInt(List::size).sum());
  }

  private static void put(Map<String, Double> metrics, String name, double value) {
    if (Double.isFinite(value)) {
      metrics.put(name, value);
    }
  }
}
