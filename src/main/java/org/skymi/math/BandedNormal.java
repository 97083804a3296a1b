package org.skymi.math;

import java.io.Serializable;
import java.util.Arrays;

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

  /** Number of coefficients. */
  public int size() {
    return n;
  }

  /** An independent copy. */
  public BandedNormal copy() {
    return new BandedNormal(this);
  }

  /** Adds what other data say of the same coefficients, so many times; -1 takes it back. */
  public void add(BandedNormal other, int times) {
    for (int k = 0; k < band.length; k++) {
      band[k] += times * other.band[k];
    }
    for (int k = 0; k < n; k++) {
      rhs[k] += times * other.rhs[k];
    }
  }

  /**
   * Adds one measurement y of weight w whose row has the values b at coefficients first .. first+3.
   */
  public void add(int first, double[] b, double w, double y) {
    double b0 = b[0];
    double b1 = b[1];
    double b2 = b[2];
    double b3 = b[3];
    double w0 = w * b0;
    double w1 = w * b1;
    double w2 = w * b2;
    double w3 = w * b3;
    rhs[first] += w0 * y;
    rhs[first + 1] += w1 * y;
    rhs[first + 2] += w2 * y;
    rhs[first + 3] += w3 * y;
    int at = WIDTH * first;
    band[at] += w0 * b0;
    band[at + 1] += w0 * b1;
    band[at + 2] += w0 * b2;
    band[at + 3] += w0 * b3;
    band[at + 4] += w1 * b1;
    band[at + 5] += w1 * b2;
    band[at + 6] += w1 * b3;
    band[at + 8] += w2 * b2;
    band[at + 9] += w2 * b3;
    band[at + 12] += w3 * b3;
  }

  /** Adds the penalty strength[k] * (third difference at k)^2, k = 0 .. n-4. */
  public void addSmoothing(double[] strength) {
    // Products of the weights -1, 3, -3, 1 of a third difference.
    for (int k = 0; k + WIDTH <= n; k++) {
      double one = strength[k];
      double three = 3 * one;
      double nine = 3 * three;
      int at = WIDTH * k;
      band[at] += one;
      band[at + 1] -= three;
      band[at + 2] += three;
      band[at + 3] -= one;
      band[at + 4] += nine;
      band[at + 5] -= nine;
      band[at + 6] += three;
      band[at + 8] += nine;
      band[at + 9] -= three;
      band[at + 12] += one;
    }
  }

  /** Adds a positive diagonal matrix: a prior of every coefficient, which leaves no gaps. */
  public void addDiagonal(double[] diagonal) {
    gapless = true;
    for (int k = 0; k < n; k++) {
      band[WIDTH * k] += diagonal[k];
    }
  }

  /** Adds the inverse covariance of a prior of every coefficient, which leaves no gaps. */
  public void addPrior(BandedNormal precision) {
    gapless = true;
    add(precision, 1);
  }

  /**
   * Adds what other data say of coefficients so many times as large as these.
   *
   * @param scale what these are times to become the others'
   */
  public void addScaled(BandedNormal other, double scale) {
    for (int k = 0; k < band.length; k++) {
      band[k] += scale * scale * other.band[k];
    }
    for (int k = 0; k < n; k++) {
      rhs[k] += scale * other.rhs[k];
    }
  }

  /** The matrix, each of whose rows and columns is times a factor. */
  public BandedNormal weighted(double[] factor) {
    BandedNormal weighted = new BandedNormal(n);
    for (int k = 0; k < n; k++) {
      for (int d = 0; d < WIDTH && k + d < n; d++) {
        weighted.band[WIDTH * k + d] = factor[k] * factor[k + d] * band[WIDTH * k + d];
      }
    }
    return weighted;
  }

  /** How badly a solution fits: {@code x'Nx - 2b'x}, the data's chi-square but for a constant. */
  public double misfit(double[] x) {
    double[] image = times(x);
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += x[k] * (image[k] - 2 * rhs[k]);
    }
    return sum;
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
    return factor().solve(rightHandSide);
  }

  /** The Cholesky factor: for the solutions of several right-hand sides. */
  public Factor factor() {
    double largest = 0;
    for (int k = 0; k < n; k++) {
      largest = Math.max(largest, diagonal(k));
    }
    // Zeros beyond the end: no row is another one's special case.
    double[] c = Arrays.copyOf(band, WIDTH * (n + WIDTH - 1));
    if (largest <= 0) {
      return new Factor(null, n);
    }
    if (!gapless) {
      addBridge(c, BRIDGE * largest);
    }
    // Far below the bridge, or gaps would sag towards zero.
    double ridge = RIDGE * largest;
    // What is left of the next rows: each step waits for the one before, but for no memory.
    double a0 = c[0];
    double a1 = c[1];
    double a2 = c[2];
    double a3 = c[3];
    double b0 = c[4];
    double b1 = c[5];
    double b2 = c[6];
    double d0 = c[8];
    double d1 = c[9];
    for (int k = 0; k < n; k++) {
      int at = WIDTH * k;
      double inverse = 1 / Math.max(a0 + ridge, ridge);
      double l1 = a1 * inverse;
      double l2 = a2 * inverse;
      double l3 = a3 * inverse;
      c[at] = inverse;
      c[at + 1] = l1;
      c[at + 2] = l2;
      c[at + 3] = l3;
      a0 = b0 - l1 * a1;
      a1 = b1 - l1 * a2;
      b0 = d0 - l2 * a2;
      a2 = b2 - l1 * a3;
      b1 = d1 - l2 * a3;
      d0 = c[at + 12] - l3 * a3;
      a3 = c[at + 7];
      b2 = c[at + 10];
      d1 = c[at + 13];
    }
    return new Factor(c, n);
  }

  /** A factor of the equations' matrix: its unit triangle, and the inverse of its pivots. */
  public static final class Factor {
    /** Row k's inverse pivot and three elements; null if nothing bears on any coefficient. */
    private final double[] c;

    private final int n;

    private Factor(double[] c, int n) {
      this.c = c;
      this.n = n;
    }

    /** The solution for a right-hand side. */
    public double[] solve(double[] rightHandSide) {
      if (c == null) {
        return new double[n];
      }
      double[] x = Arrays.copyOf(rightHandSide, n + WIDTH - 1);
      double x0 = x[0];
      double x1 = x[1];
      double x2 = x[2];
      for (int k = 0; k < n; k++) {
        int at = WIDTH * k;
        double own = x0;
        x[k] = own * c[at];
        x0 = x1 - c[at + 1] * own;
        x1 = x2 - c[at + 2] * own;
        x2 = x[k + 3] - c[at + 3] * own;
      }
      x0 = 0;
      x1 = 0;
      x2 = 0;
      for (int k = n - 1; k >= 0; k--) {
        int at = WIDTH * k;
        double own = x[k] - c[at + 3] * x2 - c[at + 2] * x1 - c[at + 1] * x0;
        x2 = x1;
        x1 = x0;
        x0 = own;
        x[k] = own;
      }
      return Arrays.copyOf(x, n);
    }
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
