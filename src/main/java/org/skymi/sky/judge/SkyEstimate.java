package org.skymi.sky.judge;

import org.skymi.sky.frame.Sky;

/**
 * The sky of one fibre by one method, on the fibre's native pixels, and what its residual says.
 *
 * @param estimate as recorded by the fibre (its throughput and line spread included)
 * @param bandMean mean of {@code sky} by {@link org.skymi.survey.SkyBand#ordinal()}, electron; NaN
 *     outside the arm
 * @param statistics of {@code flux - sky}; for sky fibres those of a held-out estimate
 */
public record SkyEstimate(Sky estimate, double[] bandMean, ResidualStatistics statistics) {
  /** Of a sky by its numbers, see {@link Sky}. */
  public SkyEstimate(float[] sky, float[] ivar, double[] bandMean, ResidualStatistics statistics) {
    this(new Sky(sky, ivar), bandMean, statistics);
  }

  /** Electron, {@code [nPixel]}. */
  public float[] sky() {
    return estimate.flux();
  }

  /** Inverse variance of {@link #sky}, electron^-2; 0 where the method has no estimate. */
  public float[] ivar() {
    return estimate.ivar();
  }
}
