package org.skymi.plate;

import java.util.ArrayList;
import java.util.List;
import org.skymi.math.RobustStatistics;
import org.skymi.smi.TrainingTarget;
import org.skymi.survey.Arm;

/** How well a method knows the scale of a fibre's sky. */
final class ScaleError {
  /** Relative error of a scale that nothing is better than. */
  private static final double LEAST = 0.003;

  private static final double UNKNOWN = 0.02;
  private static final int FEWEST = 4;

  private ScaleError() {}

  /** Coefficients of a held-out fibre, as the fold that holds it out has them. */
  @FunctionalInterface
  interface Coefficients {
    /** Of both arms, as a {@link TrainingTarget} takes them. */
    double[] of(int fold, PlateExposure exposure, int fibre);
  }

  /**
   * Relative error of the sky's scale, from held-out sky fibres: what is left of their best scale's
   * scatter once noise is taken away.
   */
  static double of(List<PlateExposure> exposures, Coefficients coefficients, Arm arm) {
    List<Double> excess = new ArrayList<>();
    int folds = exposures.stream().mapToInt(e -> e.folds.count()).max().orElse(0);
    for (int fold = 0; fold < folds; fold++) {
      for (PlateExposure e : exposures) {
        for (int i : fold < e.folds.count() ? e.folds.heldOut(fold) : new int[0]) {
          TrainingTarget target = e.target(fold, i);
          if (target != null) {
            excess.add(target.excess(arm, coefficients.of(fold, e, i)));
          }
        }
      }
    }
    double[] known =
        excess.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray();
    // The median of a squared Gaussian is 0.455 of its mean.
    double square =
        known.length < FEWEST ? UNKNOWN * UNKNOWN : RobustStatistics.median(known) / 0.455;
    return Math.sqrt(Math.max(LEAST * LEAST, square));
  }
}
