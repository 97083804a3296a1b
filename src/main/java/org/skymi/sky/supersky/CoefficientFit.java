package org.skymi.sky.supersky;

import java.io.Serializable;
import org.skymi.math.NormalEquations;

/**
 * Weighted normal equations of one fibre's sky coefficients z: the weighted square of {@code D -
 * Bz} is {@code zᵀNz - 2zᵀv + dd}. A loss in pixel space at the cost of a few coefficients.
 */
public final class CoefficientFit implements Serializable {
  final NormalEquations equations;
  private double dataSquare;
  private double information;
  private int pixels;

  CoefficientFit(int columns) {
    equations = new NormalEquations(columns);
  }

  void add(double[] row, double weight, double data, double model) {
    equations.add(row, weight, data);
    dataSquare += weight * data * data;
    information += weight * model * model;
    pixels++;
  }

  /** Usable pixels. */
  public int pixels() {
    return pixels;
  }

  /** Weighted square of the mean sky itself: the squared S/N of an overall scale. */
  public double information() {
    return information;
  }

  /** Weighted square of the residual. */
  public double chi2(double[] z) {
    double sum = dataSquare;
    for (int a = 0; a < z.length; a++) {
      double nz = 0;
      for (int b = 0; b < z.length; b++) {
        nz += equations.gram(a, b) * z[b];
      }
      sum += z[a] * (nz - 2 * equations.rhs(a));
    }
    return Math.max(0, sum);
  }

  /** The least weighted square that any coefficients reach. */
  public double leastChi2() {
    NormalEquations held = new NormalEquations(equations.size());
    held.add(equations);
    for (int a = 0; a < held.size(); a++) {
      held.addGram(a, a, 1e-9 * held.gram(a, a) + 1e-9);
    }
    return chi2(held.mean());
  }

  /** Half the gradient of {@link #chi2}: {@code Nz - v}. */
  public void halfGradient(double[] z, double[] out) {
    for (int a = 0; a < z.length; a++) {
      double sum = -equations.rhs(a);
      for (int b = 0; b < z.length; b++) {
        sum += equations.gram(a, b) * z[b];
      }
      out[a] = sum;
    }
  }
}
