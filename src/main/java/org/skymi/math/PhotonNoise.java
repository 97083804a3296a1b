package org.skymi.math;

import java.util.Arrays;

/** What fibres' variances tell of the unit that their flux is in: 1 if it is electrons. */
public final class PhotonNoise {
  /** Pixels over which the photon noise of a unit of flux is constant. */
  private static final int BLOCK = 128;

  /** Standard deviations beyond which a pixel says nothing of photon noise. */
  private static final double CLIP = 3;

  private static final int PASSES = 3;

  private PhotonNoise() {}

  /**
   * Variance over flux, block by block, from a straight line through all fibres' pixels: the photon
   * noise is its slope.
   *
   * @param recorded flux with its sky, {@code [nFibre][nPixel]}
   * @param ivar its inverse variance, 0 where unusable
   * @return by pixel; 0 from the first block on until one tells of photon noise
   */
  public static float[] variance(float[][] recorded, float[][] ivar) {
    int width = ivar[0].length;
    float[] variance = new float[width];
    float previous = 0;
    for (int start = 0; start < width; start += BLOCK) {
      int end = Math.min(width, start + BLOCK);
      float slope = (float) Math.max(0, slope(recorded, ivar, start, end));
      previous = slope > 0 ? slope : previous;
      Arrays.fill(variance, start, end, previous);
    }
    return variance;
  }

  private static double slope(float[][] recorded, float[][] ivar, int start, int end) {
    double level = 0;
    double slope = 0;
    double sigma = Double.POSITIVE_INFINITY;
    for (int pass = 0; pass < PASSES; pass++) {
      double[] sums = new double[5];
      double square = 0;
      for (int i = 0; i < ivar.length; i++) {
        for (int p = start; p < end; p++) {
          if (!(ivar[i][p] > 0)) {
            continue;
          }
          double x = recorded[i][p];
          double y = 1.0 / ivar[i][p];
          double off = y - level - slope * x;
          if (Math.abs(off) <= CLIP * sigma) {
            sums[0]++;
            sums[1] += x;
            sums[2] += y;
            sums[3] += x * x;
            sums[4] += x * y;
            square += pass == 0 ? 0 : off * off;
          }
        }
      }
      double spread = sums[3] - sums[1] * sums[1] / sums[0];
      if (!(spread > 0)) {
        return slope;
      }
      slope = (sums[4] - sums[1] * sums[2] / sums[0]) / spread;
      level = (sums[2] - slope * sums[1]) / sums[0];
      sigma = pass == 0 ? sigma : Math.sqrt(square / sums[0]);
    }
    return slope;
  }
}
