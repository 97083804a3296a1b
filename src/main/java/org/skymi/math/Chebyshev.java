package org.skymi.math;

import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Chebyshev polynomials through values at evenly spaced points, t = -1 .. 1: what a wavelength
 * solution was before it was written pixel by pixel.
 */
public final class Chebyshev {
  /** Coefficients: as many as wavelength solutions of spectrographs have, and some to spare. */
  private static final int SIZE = 12;

  /** Fits, each of what the last one left: the first one's rounding is not what counts. */
  private static final int PASSES = 2;

  /** {@code [SIZE][nPoint]}. */
  private final double[][] basis;

  /** What makes coefficients of values, likewise. */
  private final double[][] inverse;

  /**
   * @param points number of them, more than coefficients
   */
  public Chebyshev(int points) {
    basis = new double[SIZE][points];
    double[] row = new double[SIZE];
    for (int p = 0; p < points; p++) {
      fill(2.0 * p / (points - 1) - 1, row);
      for (int k = 0; k < SIZE; k++) {
        basis[k][p] = row[k];
      }
    }
    DMatrixRMaj gram = new DMatrixRMaj(SIZE, SIZE);
    for (int a = 0; a < SIZE; a++) {
      for (int b = 0; b < SIZE; b++) {
        gram.unsafe_set(a, b, RowSums.dot(basis[a], basis[b]));
      }
    }
    DMatrixRMaj solved = Spd.inverse(gram);
    inverse = new double[SIZE][points];
    for (int k = 0; k < SIZE; k++) {
      double[] factors = Arrays.copyOfRange(solved.data, k * SIZE, (k + 1) * SIZE);
      RowSums.add(factors, basis, 0, SIZE, inverse[k], 0, points);
    }
  }

  /** Whether so many points are more than the coefficients. */
  public static boolean isFor(int points) {
    return points > SIZE;
  }

  private static void fill(double t, double[] row) {
    for (int k = 0; k < row.length; k++) {
      row[k] = k == 0 ? 1 : k == 1 ? t : 2 * t * row[k - 1] - row[k - 2];
    }
  }

  /**
   * The polynomial through values.
   *
   * @param values one for each point
   * @param tolerance by how much it may be off any value
   * @return coefficients; empty if no polynomial is as close
   */
  public Optional<double[]> fit(double[] values, double tolerance) {
    double[] left = values.clone();
    double[] sum = new double[SIZE];
    double[] less = new double[SIZE];
    for (int pass = 0; pass < PASSES; pass++) {
      for (int k = 0; k < SIZE; k++) {
        double step = RowSums.dot(inverse[k], left);
        sum[k] += step;
        less[k] = -step;
      }
      RowSums.add(less, basis, 0, SIZE, left, 0, left.length);
    }
    for (double off : left) {
      if (!(Math.abs(off) <= tolerance)) {
        return Optional.empty();
      }
    }
    return Optional.of(sum);
  }

  /**
   * The values of a polynomial at evenly spaced points.
   *
   * @param coefficients as many as there are
   */
  public static double[] values(double[] coefficients, int points) {
    double[] values = new double[points];
    for (int p = 0; p < points; p++) {
      double t = 2.0 * p / (points - 1) - 1;
      double above = 0;
      double twice = 0;
      for (int k = coefficients.length - 1; k > 0; k--) {
        double now = coefficients[k] + 2 * t * above - twice;
        twice = above;
        above = now;
      }
      values[p] = coefficients[0] + t * above - twice;
    }
    return values;
  }
}
