package org.skymi.plate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.prior.SkyBasis;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SkyColumns;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.smi.FibreFeatures;
import org.skymi.smi.Observation;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;
import org.skymi.smi.TrainingTarget;
import org.skymi.survey.Arm;

/**
 * What a plate's training of one fold gives: every exposure's sky on the plate's basis, and the
 * coefficients of the fibres that this fold is asked for.
 */
public final class FoldModel {
  /** Components of a basis at the most, for continuum and lines each. */
  public static final int MOST_COMPONENTS = 12;

  /** Relative error of a scale that nothing is better than. */
  private static final double LEAST_ERROR = 0.003;

  private final Map<PlateExposure, double[][]> coefficients = new IdentityHashMap<>();
  private final Map<PlateExposure, double[][]> probed = new IdentityHashMap<>();
  private final Map<PlateExposure, SkyBasis.Projection[]> skies = new IdentityHashMap<>();
  private final List<TrainingStep> steps;
  private final int fold;

  private FoldModel(int fold, List<TrainingStep> steps) {
    this.fold = fold;
    this.steps = steps;
  }

  /**
   * Writes every exposure's sky on a basis and asks the trained network for coefficients.
   *
   * @param fold held out; its model is asked for its held-out fibres, that of fold -1 for all
   * @param base model whose prior of skies is used; without one the plate's own skies make a basis
   */
  static FoldModel of(
      int fold,
      List<PlateExposure> exposures,
      IncrementalTrainer.Trained trained,
      ReductionOptions options,
      Optional<SkyModel> base) {
    FoldModel model = new FoldModel(fold, trained.steps());
    model.projectSkies(exposures, options.pooling(), base);
    for (PlateExposure e : exposures) {
      List<Observation> asked = new ArrayList<>();
      int[] fibres =
          fold < 0 ? IntStream.range(0, e.fibres.size()).toArray() : e.folds.heldOut(fold);
      for (int i : fibres) {
        asked.add(Observation.of(e.analysis(fold), i, e.exposure));
      }
      double[][] z = new double[e.fibres.size()][];
      double[][] found = trained.network().coefficients(asked, trained.states());
      for (int k = 0; k < fibres.length; k++) {
        z[fibres[k]] = found[k];
      }
      model.coefficients.put(e, z);
      model.ask(e, trained);
    }
    return model;
  }

  /** Asks for the coefficients of held-out fibres that hold an injected object. */
  private void ask(PlateExposure e, IncrementalTrainer.Trained trained) {
    double[][] z = new double[e.fibres.size()][];
    for (int i : fold < e.folds.count() ? e.folds.heldOut(fold) : new int[0]) {
      e.probe(i)
          .map(p -> Observation.of(p.sky, i, e.exposure))
          .ifPresent(o -> z[i] = trained.network().coefficients(List.of(o), trained.states())[0]);
    }
    probed.put(e, z);
  }

  private void projectSkies(
      List<PlateExposure> exposures, boolean pooling, Optional<SkyModel> base) {
    for (Arm arm : Arm.values()) {
      Map<Integer, List<PlateExposure>> byGrid = new HashMap<>();
      for (PlateExposure e : exposures) {
        sky(e, arm)
            .ifPresent(
                s ->
                    byGrid
                        .computeIfAbsent(s.grid().spline().size(), k -> new ArrayList<>())
                        .add(e));
      }
      for (List<PlateExposure> same : byGrid.values()) {
        List<ArmSky> masters = same.stream().map(e -> sky(e, arm).orElseThrow()).toList();
        List<SkyPrior> priors = pooling ? priors(masters, base) : List.of();
        for (int k = 0; k < masters.size(); k++) {
          ArmSky s = masters.get(k);
          skies
                  .computeIfAbsent(same.get(k), e -> new SkyBasis.Projection[Arm.values().length])[
                  arm.ordinal()] =
              priors.isEmpty()
                  ? new SkyBasis.Projection(s.master(), s.masterVariance(), new double[0])
                  : priors.get(k).fit(s.grid(), s.normal());
        }
      }
    }
  }

  /** The base model's prior, or for each sky what the plate's others say of it. */
  private static List<SkyPrior> priors(List<ArmSky> masters, Optional<SkyModel> base) {
    SkyGrid grid = masters.get(0).grid();
    if (base.isPresent()) {
      return Collections.nCopies(masters.size(), base.get().prior(grid));
    }
    return masters.size() < 2
        ? List.of()
        : SkyPrior.leavingOut(
            grid,
            masters.stream().map(ArmSky::master).toList(),
            masters.stream().map(ArmSky::masterVariance).toList(),
            MOST_COMPONENTS);
  }

  private Optional<ArmSky> sky(PlateExposure e, Arm arm) {
    return e.analysis(fold).arm(arm).filter(ArmSky::hasSky);
  }

  /** The classical analysis that the model rests on. */
  SpectrographSky analysis(PlateExposure e) {
    return e.analysis(fold);
  }

  /** An exposure's sky on the basis; null where there is none. */
  SkyBasis.Projection sky(PlateExposure e, int arm) {
    SkyBasis.Projection[] both = skies.get(e);
    return both == null ? null : both[arm];
  }

  /** A fibre's coefficients of one arm. */
  double[] coefficients(PlateExposure e, int fibre, Arm arm) {
    return ofArm(coefficients.get(e)[fibre], arm);
  }

  /** A held-out fibre's coefficients of one arm with the object of its {@link Probe} in it. */
  double[] probed(PlateExposure e, int fibre, Arm arm) {
    return ofArm(probed.get(e)[fibre], arm);
  }

  private static double[] ofArm(double[] z, Arm arm) {
    int from = FibreFeatures.offset(arm);
    return Arrays.copyOfRange(z, from, from + SkyColumns.count(arm));
  }

  /** The fold held out, -1 for none. */
  int fold() {
    return fold;
  }

  /** What training did. */
  List<TrainingStep> steps() {
    return steps;
  }

  /**
   * Steps of the individual network's training that were kept, a base model's weights among them.
   */
  int networkSteps() {
    return (int) steps.stream().filter(s -> s.isIndividual() && s.accepted()).count();
  }

  /**
   * Relative error of the sky's scale, from held-out sky fibres: what is left of their best scale's
   * scatter once noise is taken away.
   *
   * @param models by fold
   */
  static double scaleError(List<FoldModel> models, List<PlateExposure> exposures, Arm arm) {
    List<Double> excess = new ArrayList<>();
    for (FoldModel model : models) {
      for (PlateExposure e : exposures) {
        for (int i : model.fold < e.folds.count() ? e.folds.heldOut(model.fold) : new int[0]) {
          TrainingTarget target = e.target(model.fold, i);
          if (target != null) {
            excess.add(target.excess(arm, model.coefficients.get(e)[i]));
          }
        }
      }
    }
    double[] known =
        excess.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray();
    // The median of a squared Gaussian is 0.455 of its mean.
    double square = known.length < 4 ? 0.02 * 0.02 : RobustStatistics.median(known) / 0.455;
    return Math.sqrt(Math.max(LEAST_ERROR * LEAST_ERROR, square));
  }
}
