package org.skymi.math;

import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Symmetric positive definite matrices. They are factored along their rows, which takes half the
 * time of EJML's columns at a few dozen unknowns, as fibres have them by the thousand.
 */
public final class Spd {
  private Spd() {}

  /**
   * The inverse.
   *
   * @param matrix unchanged
   * @throws ArithmeticException if it is not positive definite
   */
  public static DMatrixRMaj inverse(DMatrixRMaj matrix) {
    return factor(matrix).inverse();
  }

  /**
   * The inverse of a symmetric matrix if that is positive definite, beyond rounding.
   *
   * @param matrix unchanged
   */
  public static Optional<DMatrixRMaj> inverseIfDefinite(DMatrixRMaj matrix) {
    return factorIfDefinite(matrix).map(Factor::inverse);
  }

  /**
   * The solution of equations.
   *
   * @param matrix unchanged
   * @throws ArithmeticException if it is not positive definite
   */
  public static double[] solve(DMatrixRMaj matrix, double[] right) {
    return factor(matrix).solve(right);
  }

  /** A matrix's Cholesky factor U, upper: the matrix is UᵀU. */
  public static final class Factor {
    /** By row; what is left of the diagonal means nothing. */
    private final double[][] upper;

    private Factor(double[][] upper) {
      this.upper = upper;
    }

    /**
     * Makes the factor of the matrix whose upper triangle is there.
     *
     * @param least by row, what pivots are at least
     * @return whether no pivot is 0 or less; else there is no factor
     */
    private boolean isFound(double[] least) {
      int size = upper.length;
      double[] column = new double[size];
      for (int i = 0; i < size; i++) {
        double[] row = upper[i];
        fill(column, i);
        RowSums.add(column, upper, 0, i, row, i, size);
        row[i] = Math.max(row[i], least[i]);
        if (row[i] <= 0) {
          return false;
        }
        scale(row, i, size, 1 / Math.sqrt(row[i]));
      }
      return true;
    }

    /** Logarithm of the matrix's determinant. */
    public double logDeterminant() {
      double sum = 0;
      for (int i = 0; i < upper.length; i++) {
        sum += 2 * Math.log(upper[i][i]);
      }
      return sum;
    }

    /** What is above the diagonal in column i, less than nothing. */
    private void fill(double[] column, int i) {
      for (int k = 0; k < i; k++) {
        column[k] = -upper[k][i];
      }
    }

    private static void scale(double[] row, int from, int until, double factor) {
      for (int j = from; j < until; j++) {
        row[j] *= factor;
      }
    }

    /** The matrix's inverse. */
    public DMatrixRMaj inverse() {
      int size = upper.length;
      double[][] lower = new double[size][size];
      double[] column = new double[size];
      for (int i = 0; i < size; i++) {
        fill(column, i);
        for (int k = 0; k < i; k += RowSums.BLOCK) {
          int end = Math.min(i, k + RowSums.BLOCK);
          RowSums.add(column, lower, k, end, lower[i], 0, end);
        }
        lower[i][i] = 1;
        scale(lower[i], 0, i + 1, 1 / upper[i][i]);
      }
      DMatrixRMaj inverse = new DMatrixRMaj(size, size);
      double[] row = new double[size];
      for (int a = 0; a < size; a++) {
        for (int k = a; k < size; k++) {
          column[k] = lower[k][a];
        }
        Arrays.fill(row, 0, a + 1, 0);
        RowSums.add(column, lower, a, size, row, 0, a + 1);
        for (int b = 0; b <= a; b++) {
          inverse.data[a * size + b] = row[b];
          inverse.data[b * size + a] = row[b];
        }
      }
      return inverse;
    }

    /** The solution of the matrix's equations. */
    public double[] solve(double[] right) {
      double[] solution = half(right);
      for (int i = solution.length - 1; i >= 0; i--) {
        double sum = solution[i];
        for (int k = i + 1; k < solution.length; k++) {
          sum -= upper[i][k] * solution[k];
        }
        solution[i] = sum / upper[i][i];
      }
      return solution;
    }

    /** The solution x of {@code Uᵀx = right}. */
    public double[] half(double[] right) {
      double[] x = right.clone();
      for (int k = 0; k < x.length; k++) {
        double own = x[k] / upper[k][k];
        x[k] = own;
        for (int j = k + 1; j < x.length; j++) {
          x[j] -= own * upper[k][j];
        }
      }
      return x;
    }

    /**
     * The same of several right-hand sides.
     *
     * @param rows {@code [size][nSide]}, become the solutions
     */
    public void halve(double[][] rows) {
      double[] column = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        fill(column, i);
        RowSums.add(column, rows, 0, i, rows[i], 0, rows[i].length);
        scale(rows[i], 0, rows[i].length, 1 / upper[i][i]);
      }
    }
  }

  /**
   * The factor of a matrix.
   *
   * @param matrix unchanged
   * @throws ArithmeticException if it is not positive definite
   */
  public static Factor factor(DMatrixRMaj matrix) {
    return factorIfDefinite(matrix).orElseThrow(Spd::free);
  }

  private static Optional<Factor> factorIfDefinite(DMatrixRMaj matrix) {
    int size = matrix.numRows;
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = Arrays.copyOfRange(matrix.data, i * size, (i + 1) * size);
    }
    Factor factor = new Factor(rows);
    return factor.isFound(new double[size]) ? Optional.of(factor) : Optional.empty();
  }

  /**
   * The factor of a matrix that rounding may have made less than positive definite.
   *
   * @param upper its rows, of which the upper triangle counts; becomes the factor
   * @param least by row, positive: what pivots are at least
   */
  public static Factor factor(double[][] upper, double[] least) {
    Factor factor = new Factor(upper);
    if (!factor.isFound(least)) {
      throw free();
    }
    return factor; // of what is not a number it is not a number
  }

  private static ArithmeticException free() {
    return new ArithmeticException("an unknown is free: the equations have no unique solution");
  }

  /** Whether a symmetric matrix is positive definite, beyond rounding. */
  public static boolean isDefinite(DMatrixRMaj matrix) {
    return factorIfDefinite(matrix).isPresent();
  }

  /** A matrix with only a diagonal. */
  public static DMatrixRMaj diagonal(double[] values) {
    DMatrixRMaj matrix = new DMatrixRMaj(values.length, values.length);
    for (int k = 0; k < values.length; k++) {
      matrix.set(k, k, values[k]);
    }
    return matrix;
  }

  /** Matrix times vector. */
  public static double[] times(DMatrixRMaj matrix, double[] vector) {
    double[] product = new double[matrix.numRows];
    for (int a = 0; a < product.length; a++) {
      product[a] = RowSums.dot(matrix.data, a * matrix.numCols, vector);
    }
    return product;
  }

  /** Makes the two halves of a nearly symmetric matrix equal. */
  public static void symmetrise(DMatrixRMaj matrix) {
    for (int a = 0; a < matrix.numRows; a++) {
      for (int b = 0; b < a; b++) {
        double mean = (matrix.unsafe_get(a, b) + matrix.unsafe_get(b, a)) / 2;
        matrix.unsafe_set(a, b, mean);
        matrix.unsafe_set(b, a, mean);
      }
    }
  }
}
