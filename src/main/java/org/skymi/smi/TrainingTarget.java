package org.skymi.smi;

import java.io.Serializable;
import java.util.Arrays;
import org.skymi.sky.supersky.CoefficientFit;
import org.skymi.survey.Arm;

/**
 * What a fibre's coefficients should explain: for sky fibres all their pixels, for object fibres
 * their line windows.
 */
public final class TrainingTarget implements Serializable {
  /** Squared S/N that a fibre needs to count in full. */
  private static final double FULL = 1e4;

  private final CoefficientFit[] fits = new CoefficientFit[Arm.values().length];
  private final double[] least = new double[Arm.values().length];

  public void set(Arm arm, CoefficientFit fit) {
    fits[arm.ordinal()] = fit;
    least[arm.ordinal()] = fit.leastChi2();
  }

  /**
   * The loss of coefficients: their chi-square above the least one possible, over the squared S/N
   * of the sky; about the squared relative error.
   *
   * @param z coefficients of both arms
   * @param slope set to the derivative by z; may be null
   */
  public double loss(double[] z, double[] slope) {
    double sum = 0;
    if (slope != null) {
      Arrays.fill(slope, 0);
    }
    for (Arm arm : Arm.values()) {
      sum += loss(arm, z, slope);
    }
    return sum;
  }

  private double loss(Arm arm, double[] z, double[] slope) {
    CoefficientFit fit = fits[arm.ordinal()];
    if (fit == null || fit.pixels() == 0) {
      return 0;
    }
    double[] own = own(arm, z);
    double unit = 1 / (fit.information() + FULL);
    if (slope != null) {
      double[] half = new double[own.length];
      fit.halfGradient(own, half);
      for (int k = 0; k < half.length; k++) {
        slope[FibreFeatures.offset(arm) + k] = 2 * unit * half[k];
      }
    }
    return Math.max(0, fit.chi2(own) - least[arm.ordinal()]) * unit;
  }

  /**
   * Squared relative error of an arm's sky beyond what noise alone would give; may be negative. NaN
   * without data.
   */
  public double excess(Arm arm, double[] z) {
    CoefficientFit fit = fits[arm.ordinal()];
    if (fit == null || fit.pixels() == 0) {
      return Double.NaN;
    }
    double[] own = own(arm, z);
    return (fit.chi2(own) - least[arm.ordinal()] - own.length) / fit.information();
  }

  private static double[] own(Arm arm, double[] z) {
    int from = FibreFeatures.offset(arm);
    int to = arm == Arm.BLUE ? FibreFeatures.offset(Arm.RED) : z.length;
    return Arrays.copyOfRange(z, from, to);
  }
}
