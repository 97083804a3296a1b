package org.skymi.smi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skymi.sky.ArmSky;
import org.skymi.sky.SkyBasis;
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
          priors.put(arm, prior(grid, true));
          if (!heldOut.isEmpty()) {
            String name = "basis_chi_" + (arm == Arm.BLUE ? "blue" : "red");
            put(metrics, name, misfit(prior(grid, false).basis(), arm, heldOut));
          }
        });
    TrainingSets sets = TrainingSets.ofPlates(training, heldOut, options);
    BaseTrainer trainer = new BaseTrainer(sets, all, exposures, options);
    SkyModel.Weights weights = trainer.train();
    trainer.metrics().forEach((name, value) -> put(metrics, name, value));
    SkyModel model =
        SkyModel.of(priors, grids, weights, options, software, training(all, sets), metrics);
    return new Result(model, trainer.steps());
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

  private SkyPrior prior(SkyGrid grid, boolean heldOutToo) {
    List<ArmSky> skies = new ArrayList<>();
    List<Integer> plateOf = new ArrayList<>();
    int count = 0;
    for (int p = 0; p < plates.size(); p++) {
      boolean use = heldOutToo || !isHeldOut(p);
      List<ArmSky> own = use ? skies(grid.arm(), plates.get(p).exposures()) : List.of();
      skies.addAll(own);
      plateOf.addAll(Collections.nCopies(own.size(), count));
      count += own.isEmpty() ? 0 : 1;
    }
    return SkyPrior.learn(
        grid,
        skies.stream().map(ArmSky::master).toList(),
        skies.stream().map(ArmSky::masterVariance).toList(),
        plateOf.stream().mapToInt(Integer::intValue).toArray(),
        FoldModel.MOST_COMPONENTS);
  }

  private static List<ArmSky> skies(Arm arm, List<PlateExposure> exposures) {
    return exposures.stream().flatMap(e -> sky(e, arm).stream()).toList();
  }

  /** Rms of masters minus their projections, in units of the masters' errors. */
  private static double misfit(SkyBasis basis, Arm arm, List<PlateExposure> exposures) {
    double sum = 0;
    int count = 0;
    for (PlateExposure e : exposures) {
      ArmSky own = sky(e, arm).orElse(null);
      if (own == null) {
        continue;
      }
      double[] master = own.master();
      double[] variance = own.masterVariance();
      double[] projected = basis.project(own.normal()).coefficients();
      for (int k = 0; k < master.length; k++) {
        if (Double.isFinite(variance[k])) {
          sum += (master[k] - projected[k]) * (master[k] - projected[k]) / variance[k];
          count++;
        }
      }
    }
    return Math.sqrt(sum / count);
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
