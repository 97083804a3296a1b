package org.skymi.math;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
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
    return inverseIfDefinite(matrix).orElseThrow(Spd::free);
  }

  /**
   * The inverse of a symmetric matrix if that is positive definite, beyond rounding.
   *
   * @param matrix unchanged
   */
  public static Optional<DMatrixRMaj> inverseIfDefinite(DMatrixRMaj matrix) {
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(matrix.numRows);
    if (!solver.setA(matrix.copy())) {
      return Optional.empty();
    }
    DMatrixRMaj inverse = new DMatrixRMaj(matrix.numRows, matrix.numRows);
    solver.invert(inverse);
    return Optional.of(inverse);
  }

  /**
   * The Cholesky factor, a lower triangle; what is above it is 0.
   *
   * @param matrix unchanged
   * @throws ArithmeticException if it is not positive definite
   */
  public static DMatrixRMaj factor(DMatrixRMaj matrix) {
    CholeskyDecomposition_F64<DMatrixRMaj> factor =
        DecompositionFactory_DDRM.chol(matrix.numRows, true);
    if (!factor.decompose(matrix.copy())) {
      throw free();
    }
    return factor.getT(null);
  }

  private static ArithmeticException free() {
    return new ArithmeticException("an unknown is free: the equations have no unique solution");
  }

  /** Whether a symmetric matrix is positive definite, beyond rounding. */
  public static boolean isDefinite(DMatrixRMaj matrix) {
    return LinearSolverFactory_DDRM.chol(matrix.numRows).setA(matrix.copy());
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
