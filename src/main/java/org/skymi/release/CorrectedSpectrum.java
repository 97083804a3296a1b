package org.skymi.release;

/**
 * A released spectrum less the sky that was left in it.
 *
 * @param flux as released, to the bit, where nothing is taken
 * @param ivar inverse variance of flux, that of the correction included; 0 = unusable
 * @param touched where something is taken
 */
public record CorrectedSpectrum(float[] flux, float[] ivar, boolean[] touched) {
  /**
   * Corrects a spectrum.
   *
   * @param flux as released, {@code [nPixel]}
   * @param ivar as released, 0 = unusable
   * @param sky the residual sky
   * @param skyIvar its inverse variance, 0 where nothing is taken
   */
  public static CorrectedSpectrum of(float[] flux, float[] ivar, float[] sky, float[] skyIvar) {
    CorrectedSpectrum corrected =
        new CorrectedSpectrum(flux.clone(), ivar.clone(), new boolean[flux.length]);
    for (int p = 0; p < flux.length; p++) {
      if (skyIvar[p] > 0 && ivar[p] > 0) {
        corrected.touched[p] = true;
        corrected.flux[p] = flux[p] - sky[p];
        corrected.ivar[p] = (float) (1 / (1.0 / ivar[p] + 1.0 / skyIvar[p]));
      }
    }
    return corrected;
  }
}
