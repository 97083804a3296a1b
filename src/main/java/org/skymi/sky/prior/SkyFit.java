package org.skymi.sky.prior;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.skymi.math.BandedNormal;
import org.skymi.math.RowSums;
import org.skymi.math.Spd;

/**
 * The sky x that what is measured and what is expected make most likely together: it minimises
 * {@code x'Nx - 2b'x + (x - Ba)'T(x - Ba) + a'Pa}, over the coefficients a of the columns B, too.
 */
final class SkyFit {
  /** Keeps a column that nothing tells of from being free, relative to what T alone would tell. */
  private static final double RIDGE = 1e-13;

  private final double[] sky;
  private final double[] variance;
  private final double[] state;
  private final Spd.Factor equations;

  /** What is expected of a sky: the same for all that its fibres may say. */
  static final class Expected {
    private final double[][] columns;
    private final BandedNormal pull;
    private final double[] held;

    /** TB, {@code [nColumn][nCoefficient]}. */
    private final double[][] pulled;

    /** P + B'TB. */
    private final double[][] square;

    /**
     * @param columns B, {@code [nColumn][nCoefficient]}
     * @param precision P, inverse covariance of their coefficients
     * @param pull T, inverse covariance of what the sky is off the columns by
     * @param held weight that T bears on a sky's value around each coefficient's place
     */
    Expected(double[][] columns, SimpleMatrix precision, BandedNormal pull, double[] held) {
      this.columns = columns;
      this.pull = pull;
      this.held = held;
      this.pulled = new double[columns.length][];
      Arrays.setAll(pulled, a -> pull.times(columns[a]));
      this.square = new double[columns.length][columns.length];
      for (int a = 0; a < columns.length; a++) {
        for (int c = a; c < columns.length; c++) {
          square[a][c] = precision.get(a, c) + RowSums.dot(columns[a], pulled[c]);
        }
      }
    }
  }

  /**
   * @param normal N
   * @param right b, which need not be that of the normal equations
   */
  SkyFit(BandedNormal normal, double[] right, Expected expected) {
    int columns = expected.columns.length;
    int size = right.length;
    BandedNormal both = normal.copy();
    both.addPrior(expected.pull);
    BandedNormal.Factor factor = both.factor();
    // (N + T)⁻¹TB
    double[][] drawn = new double[columns][];
    Arrays.setAll(drawn, a -> factor.solve(expected.pulled[a]));
    double[][] upper = new double[columns][];
    double[] least = new double[columns];
    double[] told = new double[columns];
    for (int a = 0; a < columns; a++) {
      upper[a] = expected.square[a].clone();
      for (int c = a; c < columns; c++) {
        upper[a][c] -= RowSums.dot(expected.pulled[a], drawn[c]);
      }
      least[a] = Math.max(Double.MIN_NORMAL, RIDGE * expected.square[a][a]);
      told[a] = RowSums.dot(drawn[a], right);
    }
    equations = Spd.factor(upper, least);
    state = equations.solve(told);
    sky = factor.solve(right);
    RowSums.add(state, drawn, 0, columns, sky, 0, size);
    variance = new double[size];
    // As in MasterSky#variance: half of what a spline's diagonal suggests.
    Arrays.setAll(variance, k -> 1 / (2 * normal.diagonal(k) + expected.held[k]));
    equations.halve(drawn);
    for (double[] row : drawn) {
      for (int k = 0; k < size; k++) {
        variance[k] += row[k] * row[k];
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
  DMatrixRMaj covariance() {
    return equations.inverse();
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
