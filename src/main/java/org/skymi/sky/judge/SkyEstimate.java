package org.skymi.sky.judge;

/**
 * The sky of one fibre by one method, on the fibre's native pixels, and what its residual says.
 *
 * @param sky electron, {@code [nPixel]}, as recorded by the fibre (its throughput and line spread
 *     included)
 * @param ivar inverse variance of {@code sky}, electron^-2; 0 where the method has no estimate
 * @param bandMean mean of {@code sky} by {@link org.skymi.survey.SkyBand#ordinal()}, electron; NaN
 *     outside the arm
 * @param statistics of {@code flux - sky}; for sky fibres those of a held-out estimate
 */
public record SkyEstimate(
    float[] sky, float[] ivar, double[] bandMean, ResidualStatistics statistics) {}
