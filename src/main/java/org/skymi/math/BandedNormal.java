package org.skymi.math;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * Normal equations of a weighted least-squares spline: a symmetric matrix of half bandwidth 3,
 * solved by Cholesky decomposition at a cost linear in its size.
 */
public final class BandedNormal implements Serializable {
  private static final int WIDTH = BSpline.ORDER;

  /**
   * Weight of what bridges gaps, relative to the largest of the data: too little to be seen in a
   * line, enough to hold a coefficient at a gap's edge that only a pixel's tail bears on.
   */
  private static final double BRIDGE = 1e-5;

  /** Weight that keeps the matrix positive, relative to the largest of the data. */
  private static final double RIDGE = 1e-13;

  /** {@code band[4 k + d]} is element (k, k + d). */
  private final double[] band;

  private final double[] rhs;
  private final int n;

  /** Whether something bears on every coefficient, so that there are no gaps. */
  private boolean gapless;

  /** Empty equations for n coefficients. */
  public BandedNormal(int n) {
    this.n = n;
    this.band = new double[WIDTH * n];
    this.rhs = new double[n];
  }

  private BandedNormal(BandedNormal other) {
    n = other.n;
    band = other.band.clone();
    rhs = other.rhs.clone();
    gapless = other.gapless;
  }

  /** An independent copy. */
  public BandedNormal copy() {
    return new BandedNormal(this);
  }

  /**
   * Adds one measurement y of weight w whose row has the values b at coefficients first .. first+3.
   */
  public void add(int first, double[] b, double w, double y) {
    for (int i = 0; i < WIDTH; i++) {
      double wb = w * b[i];
      int row = first + i;
      rhs[row] += wb * y;
      int at = WIDTH * row - i;
      for (int j = i; j < WIDTH; j++) {
        band[at + j] += wb * b[j];
      }
    }
  }

  /** Adds the penalty strength[k] * (third difference at k)^2, k = 0 .. n-4. */
  public void addSmoothing(double[] strength) {
    double[] difference = {-1, 3, -3, 1};
    for (int k = 0; k + WIDTH <= n; k++) {
      for (int i = 0; i < WIDTH; i++) {
        for (int d = 0; d < WIDTH - i; d++) {
          band[WIDTH * (k + i) + d] += strength[k] * difference[i] * difference[i + d];
        }
      }
    }
  }

  /** Adds a positive diagonal matrix: a prior of every coefficient, which leaves no gaps. */
  public void addDiagonal(double[] diagonal) {
    gapless = true;
    for (int k = 0; k < n; k++) {
      band[WIDTH * k] += diagonal[k];
    }
  }

  /** Diagonal element k: the weight that bears on coefficient k. */
  public double diagonal(int k) {
    return band[WIDTH * k];
  }

  /** The matrix times a vector. */
  public double[] times(double[] x) {
    double[] y = new double[n];
    for (int k = 0; k < n; k++) {
      y[k] += band[WIDTH * k] * x[k];
      for (int d = 1; d < WIDTH && k + d < n; d++) {
        y[k] += band[WIDTH * k + d] * x[k + d];
        y[k + d] += band[WIDTH * k + d] * x[k];
      }
    }
    return y;
  }

  /** The right-hand side. */
  public double[] rightHandSide() {
    return rhs.clone();
  }

  /**
   * The solution; coefficients that no measurement bears on come out on a line between their
   * neighbours.
   */
  public double[] solve() {
    return solve(rhs);
  }

  /** The solution for another right-hand side. */
  public double[] solve(double[] rightHandSide) {
    double largest = IntStream.range(0, n).mapToDouble(this::diagonal).max().orElse(0);
    if (largest <= 0) {
      return new double[n];
    }
    double[] c = band.clone();
    double[] x = rightHandSide.clone();
    if (!gapless) {
      addBridge(c, BRIDGE * largest);
    }
    // Far below the bridge, or gaps would sag towards zero.
    double ridge = RIDGE * largest;
    for (int k = 0; k < n; k++) {
      double pivot = 1 / Math.sqrt(Math.max(c[WIDTH * k] + ridge, ridge));
      for (int d = 0; d < WIDTH && k + d < n; d++) {
        c[WIDTH * k + d] *= pivot;
      }
      c[WIDTH * k] = 1 / pivot;
      for (int i = 1; i < WIDTH && k + i < n; i++) {
        double factor = c[WIDTH * k + i];
        for (int d = 0; d < WIDTH - i && k + i + d < n; d++) {
          c[WIDTH * (k + i) + d] -= factor * c[WIDTH * k + i + d];
        }
      }
    }
    for (int k = 0; k < n; k++) {
      x[k] /= c[WIDTH * k];
      for (int d = 1; d < WIDTH && k + d < n; d++) {
        x[k + d] -= c[WIDTH * k + d] * x[k];
      }
    }
    for (int k = n - 1; k >= 0; k--) {
      for (int d = 1; d < WIDTH && k + d < n; d++) {
        x[k] -= c[WIDTH * k + d] * x[k + d];
      }
      x[k] /= c[WIDTH * k];
    }
    return x;
  }

  /**
   * A faint first-difference penalty, so that gaps are bridged from edge to edge instead of by
   * zero.
   */
  private void addBridge(double[] c, double strength) {
    for (int k = 0; k + 1 < n; k++) {
      c[WIDTH * k] += strength;
      c[WIDTH * (k + 1)] += strength;
      c[WIDTH * k + 1] -= strength;
    }
  }
}
