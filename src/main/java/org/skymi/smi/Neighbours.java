package org.skymi.smi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.skymi.math.Spd;

/**
 * Weights with which what fibres say foretells what a fibre near them would: those of a Gaussian
 * process over their places, sums of squared-exponential kernels, without the fibre itself.
 */
final class Neighbours {
  /** Variance of each kernel, over that of one fibre. */
  private static final double SHARED = 0.12;

  /** Share of a kernel's variance that its root may lack. */
  private static final double LEAST = 1e-12;

  private Neighbours() {}

  /**
   * The weights, {@code [nFibre][nFibre]}.
   *
   * @param place of each fibre, {@code [nFibre][nDimension]}
   * @param share inverse variance of what a fibre says, 0 for nothing
   * @param lengths of the kernels
   */
  static float[][] weights(double[][] place, float[] share, double[] lengths) {
    int n = share.length;
    // The kernels are smooth: K = LᵀL of few rows. With S the shares and GGᵀ = 1 + LSLᵀ, rows
    // Y = G⁻¹L give (K + S⁻¹)⁻¹ as S - SYᵀYS.
    DMatrixRMaj root = root(place, lengths);
    int rank = root.numRows;
    DMatrixRMaj weighted = root.copy();
    CommonOps_DDRM.multCols(weighted, doubles(share));
    DMatrixRMaj both = CommonOps_DDRM.identity(rank);
    CommonOps_DDRM.multAddTransB(weighted, root, both);
    TriangularSolver_DDRM.solveL(Spd.factor(both).lower(), root.data, rank, n);
    DMatrixRMaj near = new DMatrixRMaj(n, n);
    CommonOps_DDRM.multInner(root, near);
    float[][] weights = new float[n][n];
    for (int i = 0; i < n; i++) {
      double others = 1 - share[i] * near.unsafe_get(i, i);
      for (int b = 0; b < n; b++) {
        weights[i][b] = b == i ? 0 : (float) (share[b] * near.unsafe_get(i, b) / others);
      }
    }
    return weights;
  }

  /** The root of all places' kernels, {@code [rank][nFibre]}: a Cholesky factor with pivots. */
  private static DMatrixRMaj root(double[][] place, double[] lengths) {
    int n = place.length;
    double whole = SHARED * lengths.length;
    double[] rest = new double[n];
    Arrays.fill(rest, whole);
    List<double[]> rows = new ArrayList<>();
    for (int pivot = 0; rows.size() < n && rest[pivot] > LEAST * whole; pivot = most(rest)) {
      double[] row = new double[n];
      for (int i = 0; i < n; i++) {
        row[i] = kernel(place[i], place[pivot], lengths);
      }
      for (double[] known : rows) {
        subtract(known[pivot], known, row);
      }
      double norm = 1 / Math.sqrt(rest[pivot]);
      for (int i = 0; i < n; i++) {
        row[i] *= norm;
        rest[i] -= row[i] * row[i];
      }
      rest[pivot] = 0;
      rows.add(row);
    }
    return new DMatrixRMaj(rows.toArray(double[][]::new));
  }

  private static int most(double[] values) {
    int most = 0;
    for (int i = 1; i < values.length; i++) {
      most = values[i] > values[most] ? i : most;
    }
    return most;
  }

  private static void subtract(double factor, double[] known, double[] from) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= factor * known[i];
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, k -> values[k]);
    return doubles;
  }

  private static double kernel(double[] a, double[] b, double[] lengths) {
    double square = 0;
    for (int k = 0; k < a.length; k++) {
      square += (a[k] - b[k]) * (a[k] - b[k]);
    }
    double sum = 0;
    for (double length : lengths) {
      sum += SHARED * Math.exp(-square / 2 / (length * length));
    }
    return sum;
  }
}
