package org.skymi.sky.supersky;

import java.io.Serializable;

/**
 * What the survey pipelines' Super Sky does beyond taking the mean of the sky fibres; each can be
 * switched by itself.
 *
 * @param lineScale whether the mean is scaled to each fibre by the fibre's sky lines; else it is
 *     taken as it is
 * @param fibrePolynomial order 0..3 of the polynomial in fibre number that the sky's spline
 *     coefficients follow, as SDSS has it; 0 is one sky for all fibres
 * @param lineComponents principal components of the sky fibres' line residuals at the most, as Bai
 *     et al. 2017 subtract them; 0 leaves them out
 * @param lineWidth whether lines are given the fibre's own width
 */
public record SuperSkyOptions(
    boolean lineScale, int fibrePolynomial, int lineComponents, boolean lineWidth)
    implements Serializable {
  private static final int HIGHEST_ORDER = 3;
  private static final int MOST_COMPONENTS = 12;

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public SuperSkyOptions {
    if (fibrePolynomial < 0 || fibrePolynomial > HIGHEST_ORDER) {
      throw new IllegalArgumentException("the polynomial in fibre number must be of order 0..3");
    }
    if (lineComponents < 0 || lineComponents > MOST_COMPONENTS) {
      throw new IllegalArgumentException("line components must be 0..12");
    }
  }

  /** The baseline that results are compared with: the line scale and nothing else. */
  public static SuperSkyOptions pipeline() {
    return new SuperSkyOptions(true, 0, 0, false);
  }
}
