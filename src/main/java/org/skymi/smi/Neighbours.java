package org.skymi.smi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.skymi.math.RowSums;
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
    double[][] root = root(place, lengths);
    int rank = root.length;
    DMatrixRMaj both = new DMatrixRMaj(rank, rank);
    for (int a = 0; a < rank; a++) {
      double[] weighted = root[a].clone();
      for (int i = 0; i < n; i++) {
        weighted[i] *= share[i];
      }
      for (int b = 0; b <= a; b++) {
        double product = RowSums.dot(weighted, root[b]) + (a == b ? 1 : 0);
        both.unsafe_set(a, b, product);
        both.unsafe_set(b, a, product);
      }
    }
    Spd.factor(both).halve(root);
    double[][] near = RowSums.square(root, n);
    float[][] weights = new float[n][n];
    for (int i = 0; i < n; i++) {
      double others = 1 - share[i] * near[i][i];
      for (int b = 0; b < n; b++) {
        weights[i][b] =
            b == i ? 0 : (float) (share[b] * near[Math.max(i, b)][Math.min(i, b)] / others);
      }
    }
    return weights;
  }

  /** The root of all places' kernels, {@code [rank][nFibre]}: a Cholesky factor with pivots. */
  private static double[][] root(double[][] place, double[] lengths) {
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
    return rows.toArray(double[][]::new);
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
