package org.skymi.math;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** Symmetric positive definite matrices. */
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

  /** A matrix's Cholesky factor. */
  public static final class Factor {
    private final LinearSolverDense<DMatrixRMaj> solver;
    private final int size;

    private Factor(LinearSolverDense<DMatrixRMaj> solver, int size) {
      this.solver = solver;
      this.size = size;
    }

    /** The matrix's inverse. */
    public DMatrixRMaj inverse() {
      DMatrixRMaj inverse = new DMatrixRMaj(size, size);
      solver.invert(inverse);
      return inverse;
    }

    /** The solution of the matrix's equations. */
    public double[] solve(double[] right) {
      DMatrixRMaj solution = new DMatrixRMaj(size, 1);
      solver.solve(DMatrixRMaj.wrap(size, 1, right), solution);
      return solution.data;
    }

    /** The lower triangle, row by row, {@code [size * size]}; what is above it means nothing. */
    public double[] lower() {
      CholeskyDecomposition_F64<DMatrixRMaj> decomposition = solver.getDecomposition();
      return decomposition.getT(null).data;
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
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(matrix.numRows);
    return solver.setA(matrix.copy())
        ? Optional.of(new Factor(solver, matrix.numRows))
        : Optional.empty();
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
      double sum = 0;
      for (int b = 0; b < vector.length; b++) {
        sum += matrix.unsafe_get(a, b) * vector[b];
      }
      product[a] = sum;
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
