package org.skymi.math;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Shrinks noisy values of fibres to a smooth curve in fibre number, as far as their errors say:
 * many estimates of one slowly changing quantity tell of each other.
 */
public final class SmoothPrior implements Serializable {
  private static final double CLIP = 4;

  private final double[] curve;
  private final double variance;

  private SmoothPrior(double[] curve, double variance) {
    this.curve = curve;
    this.variance = variance;
  }

  /**
   * Replaces values and errors by their posteriors.
   *
   * @param values one per fibre, NaN where unknown; replaced
   * @param errors one per fibre, infinite where unknown; replaced
   * @param mayTeach fibres that may shape the curve
   * @param order of the polynomial
   * @return the curve that they were shrunk to
   */
  public static SmoothPrior shrink(
      double[] values, double[] errors, boolean[] mayTeach, int order) {
    int n = values.length;
    double[] curve = new double[n];
    double intrinsic = 0;
    boolean[] in = new boolean[n];
    for (int i = 0; i < n; i++) {
      in[i] = mayTeach[i] && Double.isFinite(values[i]) && Double.isFinite(errors[i]);
    }
    for (int pass = 0; pass < 4; pass++) {
      curve = polynomial(values, errors, in, intrinsic, order);
      double[] residual = new double[n];
      double[] known = new double[n];
      Arrays.fill(residual, Double.NaN);
      Arrays.fill(known, Double.NaN);
      for (int i = 0; i < n; i++) {
        if (mayTeach[i] && Double.isFinite(values[i]) && Double.isFinite(errors[i])) {
          residual[i] = values[i] - curve[i];
          known[i] = errors[i] * errors[i];
        }
      }
      double scatter = RobustStatistics.nmad(residual);
      scatter = Double.isNaN(scatter) ? 0 : scatter;
      double noise = RobustStatistics.median(known);
      // Even where errors explain all scatter, fibres are not quite equal.
      intrinsic = Math.sqrt(Math.max(scatter * scatter - noise, 0.01 * scatter * scatter));
      for (int i = 0; i < n; i++) {
        double allowed = CLIP * Math.hypot(intrinsic, errors[i]);
        in[i] = !Double.isNaN(residual[i]) && Math.abs(residual[i]) <= allowed;
      }
    }
    SmoothPrior prior = new SmoothPrior(curve, intrinsic * intrinsic);
    for (int i = 0; i < n; i++) {
      prior.shrink(i, values, errors);
    }
    return prior;
  }

  /** The curve at a fibre. */
  public double at(int fibre) {
    return curve[fibre];
  }

  /** Replaces one fibre's value and error by their posteriors. */
  public void shrink(int fibre, double[] values, double[] errors) {
    double own = errors[fibre] * errors[fibre];
    double share = Double.isFinite(own) && own + variance > 0 ? variance / (variance + own) : 0;
    share = Double.isFinite(values[fibre]) ? share : 0;
    values[fibre] = curve[fibre] + (share > 0 ? share * (values[fibre] - curve[fibre]) : 0);
    errors[fibre] = Math.sqrt(share > 0 ? share * own : variance);
  }

  private static double[] polynomial(
      double[] values, double[] errors, boolean[] in, double intrinsic, int order) {
    int n = values.length;
    int count = 0;
    for (boolean used : in) {
      count += used ? 1 : 0;
    }
    int terms = Math.min(order + 1, Math.max(1, count / 4));
    NormalEquations equations = new NormalEquations(terms);
    for (int a = 0; a < terms; a++) {
      equations.addGram(a, a, 1e-9);
    }
    double floor = 1e-12;
    double[] row = new double[terms];
    for (int i = 0; i < n; i++) {
      if (in[i]) {
        setPowers(i, n, row);
        double weight = 1 / (errors[i] * errors[i] + intrinsic * intrinsic + floor);
        equations.add(row, weight, values[i]);
      }
    }
    double[] c = equations.mean();
    double[] curve = new double[n];
    for (int i = 0; i < n; i++) {
      setPowers(i, n, row);
      curve[i] = RowSums.dot(c, row);
    }
    return curve;
  }

  /** Powers of a fibre's place, from 0 on. */
  private static void setPowers(int fibre, int n, double[] powers) {
    double place = n < 2 ? 0 : 2.0 * fibre / (n - 1) - 1;
    powers[0] = 1;
    for (int a = 1; a < powers.length; a++) {
      powers[a] = powers[a - 1] * place;
    }
  }
}
