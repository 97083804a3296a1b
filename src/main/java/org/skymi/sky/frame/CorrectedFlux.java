package org.skymi.sky.frame;

/**
 * A frame's flux without cross-talk, fibre by fibre as asked for: most estimates need the sky
 * fibres only. Not for several threads at once.
 */
final class CorrectedFlux {
  private final float[][] recorded;
  private final double[][] wavelength;
  private final Halo halo;
  private final SkyGrid grid;
  private final CrossTalk crossTalk;

  /** Corrected by the recorded flux of the neighbours. */
  private final float[][] once;

  /** Corrected by the corrected flux of the neighbours. */
  private final float[][] twice;

  /**
   * @param recorded electron, {@code [nFibre][nPixel]}
   * @param wavelength Angstrom, {@code [nFibre][nPixel]}
   * @param halo of the recorded light
   */
  CorrectedFlux(
      float[][] recorded, double[][] wavelength, Halo halo, SkyGrid grid, CrossTalk crossTalk) {
    this.recorded = recorded;
    this.wavelength = wavelength;
    this.halo = halo;
    this.grid = grid;
    this.crossTalk = crossTalk;
    this.once = new float[recorded.length][];
    this.twice = new float[recorded.length][];
  }

  /** Electron, {@code [nPixel]}. */
  float[] flux(int fibre) {
    if (crossTalk.k1() == 0) {
      return recorded[fibre];
    }
    if (twice[fibre] == null) {
      // The neighbours' flux holds cross-talk, too; twice is enough as the coefficients are small.
      for (int j = fibre - 2; j <= fibre + 2; j++) {
        if (j >= 0 && j < recorded.length && j != fibre && once[j] == null) {
          once[j] = corrected(j, recorded);
        }
      }
      twice[fibre] = corrected(fibre, once);
      if (crossTalk.halo() > 0) {
        float[] around = halo.at(fibre);
        for (int p = 0; p < around.length; p++) {
          twice[fibre][p] -= (float) crossTalk.halo() * around[p];
        }
      }
    }
    return twice[fibre];
  }

  private float[] corrected(int fibre, float[][] from) {
    float[] flux = recorded[fibre].clone();
    double[] w = wavelength[fibre];
    float[] share = new float[flux.length];
    for (int distance = 1; distance <= 2; distance++) {
      for (int p = 0; p < share.length; p++) {
        share[p] = (float) crossTalk.share(distance, grid.u(w[p]));
      }
      for (int j = fibre - distance; j <= fibre + distance; j += 2 * distance) {
        if (j < 0 || j >= recorded.length) {
          continue;
        }
        float[] light = from[j];
        for (int p = 0; p < flux.length; p++) {
          flux[p] -= share[p] * light[p];
        }
      }
    }
    return flux;
  }
}
