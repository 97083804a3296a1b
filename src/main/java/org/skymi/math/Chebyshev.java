package org.skymi.math;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Chebyshev polynomials through values at evenly spaced points, t = -1 .. 1: what a wavelength
 * solution was before it was written pixel by pixel.
 */
public final class Chebyshev {
  /** Coefficients: as many as wavelength solutions of spectrographs have, and some to spare. */
  private static final int SIZE = 12;

  /** Fits, each of what the last one left: the first one's rounding is not what counts. */
  private static final int PASSES = 2;

  /** {@code [nPoint][SIZE]}. */
  private final DMatrixRMaj basis;

  /** What makes coefficients of values. */
  private final DMatrixRMaj inverse;

  /**
   * @param points number of them, more than coefficients
   */
  public Chebyshev(int points) {
    basis = new DMatrixRMaj(points, SIZE);
    double[] row = new double[SIZE];
    for (int p = 0; p < points; p++) {
      fill(2.0 * p / (points - 1) - 1, row);
      for (int k = 0; k < SIZE; k++) {
        basis.unsafe_set(p, k, row[k]);
      }
    }
    DMatrixRMaj gram = new DMatrixRMaj(SIZE, SIZE);
    CommonOps_DDRM.multTransA(basis, basis, gram);
    inverse = new DMatrixRMaj(SIZE, points);
    CommonOps_DDRM.multTransB(Spd.inverse(gram), basis, inverse);
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
    DMatrixRMaj left = new DMatrixRMaj(values.length, 1, true, values.clone());
    DMatrixRMaj sum = new DMatrixRMaj(SIZE, 1);
    DMatrixRMaj step = new DMatrixRMaj(SIZE, 1);
    for (int pass = 0; pass < PASSES; pass++) {
      CommonOps_DDRM.mult(inverse, left, step);
      CommonOps_DDRM.multAdd(-1, basis, step, left);
      CommonOps_DDRM.addEquals(sum, step);
    }
    return CommonOps_DDRM.elementMaxAbs(left) <= tolerance
        ? Optional.of(sum.data)
        : Optional.empty();
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
