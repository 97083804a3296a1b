package org.skymi.sky.supersky;

import java.io.Serializable;
import org.ejml.simple.SimpleMatrix;

/**
 * Weighted normal equations of one fibre's sky coefficients z: the weighted square of {@code D -
 * Bz} is {@code zᵀNz - 2zᵀv + dd}. A loss in pixel space at the cost of a few coefficients.
 */
public final class CoefficientFit implements Serializable {
  final double[][] normal;
  final double[] vector;
  private double dataSquare;
  private double information;
  private int pixels;

  CoefficientFit(int columns) {
    normal = new double[columns][columns];
    vector = new double[columns];
  }

  void add(double[] row, double weight, double data, double model) {
    for (int a = 0; a < row.length; a++) {
      double wa = weight * row[a];
      if (wa == 0) {
        continue;
      }
      vector[a] += wa * data;
      for (int b = 0; b < row.length; b++) {
        normal[a][b] += wa * row[b];
      }
    }
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
        nz += normal[a][b] * z[b];
      }
      sum += z[a] * (nz - 2 * vector[a]);
    }
    return Math.max(0, sum);
  }

  /** The least weighted square that any coefficients reach. */
  public double leastChi2() {
    int n = vector.length;
    SimpleMatrix gram = new SimpleMatrix(normal);
    for (int a = 0; a < n; a++) {
      gram.set(a, a, gram.get(a, a) * (1 + 1e-9) + 1e-9);
    }
    double[] best = gram.solve(new SimpleMatrix(n, 1, true, vector)).getDDRM().getData();
    return chi2(best);
  }

  /** Half the gradient of {@link #chi2}: {@code Nz - v}. */
  public void halfGradient(double[] z, double[] out) {
    for (int a = 0; a < z.length; a++) {
      double sum = -vector[a];
      for (int b = 0; b < z.length; b++) {
        sum += normal[a][b] * z[b];
      }
      out[a] = sum;
    }
  }
}
