package org.skymi.sky.prior;

import java.util.Arrays;
import org.ejml.simple.SimpleMatrix;
import org.skymi.math.BandedNormal;
import org.skymi.math.RowSums;

/**
 * The sky x that what is measured and what is expected make most likely together: it minimises
 * {@code x'Nx - 2b'x + (x - Ba)'T(x - Ba) + a'Pa}, over the coefficients a of the columns B, too.
 */
final class SkyFit {
  private final double[] sky;
  private final double[] variance;
  private final double[] state;
  private final SimpleMatrix covariance;

  /**
   * What is expected of a sky.
   *
   * @param columns B, {@code [nColumn][nCoefficient]}
   * @param precision P, inverse covariance of their coefficients
   * @param pull T, inverse covariance of what the sky is off the columns by
   * @param held weight that T bears on a sky's value around each coefficient's place
   */
  record Expected(double[][] columns, SimpleMatrix precision, BandedNormal pull, double[] held) {}

  /**
   * @param normal N
   * @param right b, which need not be that of the normal equations
   */
  SkyFit(BandedNormal normal, double[] right, Expected expected) {
    double[][] b = expected.columns;
    int size = right.length;
    BandedNormal both = normal.copy();
    both.addPrior(expected.pull);
    BandedNormal.Factor factor = both.factor();
    double[][] pull = new double[b.length][];
    Arrays.setAll(pull, a -> expected.pull.times(b[a]));
    double[][] drawn = new double[b.length][];
    SimpleMatrix gram = expected.precision.copy();
    SimpleMatrix rhs = new SimpleMatrix(b.length, 1);
    for (int a = 0; a < b.length; a++) {
      // (N + T)⁻¹TB and (N + T)⁻¹NB; the latter not as B minus the former, which would cancel.
      drawn[a] = factor.solve(pull[a]);
      double[] left = factor.solve(normal.times(b[a]));
      rhs.set(a, 0, RowSums.dot(drawn[a], right));
      for (int c = 0; c <= a; c++) {
        double own = RowSums.dot(pull[c], left);
        gram.set(c, a, gram.get(c, a) + own);
        gram.set(a, c, gram.get(c, a));
      }
    }
    covariance = SkyPrior.inverse(gram);
    state = covariance.mult(rhs).getDDRM().getData().clone();
    sky = factor.solve(right);
    RowSums.add(state, drawn, 0, b.length, sky, 0, size);
    variance = new double[size];
    // As in MasterSky#variance: half of what a spline's diagonal suggests.
    Arrays.setAll(variance, k -> 1 / (2 * normal.diagonal(k) + expected.held[k]));
    for (int a = 0; a < b.length; a++) {
      double[] with = new double[size];
      RowSums.add(covariance.getRow(a).getDDRM().data, drawn, 0, b.length, with, 0, size);
      for (int k = 0; k < size; k++) {
        variance[k] += with[k] * drawn[a][k];
      }
    }
  }

  /** The sky, {@code [nCoefficient]}. */
  double[] sky() {
    return sky;
  }

  /** The variance of its values around each coefficient's place. */
  double[] variance() {
    return variance;
  }

  /** The covariance of the columns' coefficients. */
  SimpleMatrix covariance() {
    return covariance;
  }

  /** The sky made of the first columns alone, {@code [nCoefficient]}. */
  double[] of(double[][] columns) {
    return SkyPrior.sum(columns, Arrays.copyOf(state, columns.length));
  }

  /** The sky, and so many of its columns' coefficients. */
  SkyBasis.Projection projection(int columns) {
    return new SkyBasis.Projection(sky, variance, Arrays.copyOf(state, columns));
  }
}
