package org.skymi.sky.frame;

import org.skymi.survey.Frame;

/**
 * A frame less the sky of each of its fibres; all images are {@code [nFibre][nPixel]}.
 *
 * @param frame as recorded
 * @param flux recorded flux less the sky, electron; 0 where there is no sky
 * @param ivar inverse of the variances of pixel and sky together, electron^-2; 0 where either is
 *     unknown
 * @param mask the frame's, and {@link #NO_SKY}
 * @param sky electron; 0 where there is none
 * @param skyIvar inverse variance of the sky, electron^-2; 0 where there is none
 */
public record SubtractedFrame(
    Frame frame, float[][] flux, float[][] ivar, int[][] mask, float[][] sky, float[][] skyIvar) {
  /** Mask bit of pixels without an estimate of their sky: dead fibres, ends of the arms. */
  public static final int NO_SKY = 1 << 30;

  /**
   * Subtracts.
   *
   * @param sky electron, NaN where there is no estimate
   * @param skyIvar its inverse variance, electron^-2, 0 where there is no estimate
   * @throws IllegalArgumentException if the shapes disagree
   */
  public static SubtractedFrame of(Frame frame, float[][] sky, float[][] skyIvar) {
    int n = frame.fibreCount();
    int width = frame.pixelCount();
    SubtractedFrame made =
        new SubtractedFrame(
            frame,
            new float[n][width],
            new float[n][width],
            new int[n][width],
            new float[n][width],
            new float[n][width]);
    for (int i = 0; i < n; i++) {
      if (sky[i].length != width || skyIvar[i].length != width) {
        throw new IllegalArgumentException(
            frame.id() + ": a sky of " + sky[i].length + " pixels for " + width);
      }
      for (int p = 0; p < width; p++) {
        made.subtract(i, p, sky[i][p], skyIvar[i][p]);
      }
    }
    return made;
  }

  private void subtract(int i, int p, float estimate, float estimateIvar) {
    boolean known = Float.isFinite(estimate) && estimateIvar > 0;
    mask[i][p] = frame.mask()[i][p] | (known ? 0 : NO_SKY);
    // 0 rather than what was recorded, which would pass for a spectrum.
    if (known) {
      float own = frame.ivar()[i][p];
      flux[i][p] = frame.flux()[i][p] - estimate;
      ivar[i][p] = own > 0 ? (float) (1 / (1.0 / own + 1.0 / estimateIvar)) : 0;
      sky[i][p] = estimate;
      skyIvar[i][p] = estimateIvar;
    }
  }
}
