package org.skymi.smi;

import org.ejml.data.DMatrixRMaj;
import org.skymi.math.Spd;

/**
 * Weights with which what fibres say foretells what a fibre near them would: those of a Gaussian
 * process over their places, sums of squared-exponential kernels, without the fibre itself.
 */
final class Neighbours {
  /** Variance of each kernel, over that of one fibre. */
  private static final double SHARED = 0.12;

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
    int[] tell = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (share[i] > 0) {
        tell[count++] = i;
      }
    }
    float[][] weights = new float[n][n];
    if (count == 0) {
      return weights;
    }
    DMatrixRMaj all = new DMatrixRMaj(count, count);
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < count; b++) {
        double noise = a == b ? 1 / share[tell[a]] : 0;
        all.set(a, b, kernel(place[tell[a]], place[tell[b]], lengths) + noise);
      }
    }
    DMatrixRMaj inverse = Spd.inverse(all);
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < count; b++) {
        double weight = a == b ? 0 : -inverse.get(a, b) / inverse.get(a, a);
        weights[tell[a]][tell[b]] = (float) weight;
      }
    }
    double[] near = new double[count];
    for (int i = 0; i < n; i++) {
      if (share[i] <= 0) {
        for (int b = 0; b < count; b++) {
          near[b] = kernel(place[i], place[tell[b]], lengths);
        }
        double[] own = Spd.times(inverse, near);
        for (int b = 0; b < count; b++) {
          weights[i][tell[b]] = (float) own[b];
        }
      }
    }
    return weights;
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
