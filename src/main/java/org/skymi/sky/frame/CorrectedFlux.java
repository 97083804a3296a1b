package org.skymi.sky.frame;

import java.util.Arrays;

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

  /** Whether it is this cross-talk that the flux is without. */
  boolean isOf(CrossTalk other) {
    return crossTalk.equals(other);
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
        float[] share = new float[recorded[fibre].length];
        Arrays.fill(share, (float) crossTalk.halo());
        subtract(share, halo.at(fibre), twice[fibre]);
      }
    }
    return twice[fibre];
  }

  private float[] corrected(int fibre, float[][] from) {
    float[] flux = recorded[fibre].clone();
    double[] w = wavelength[fibre];
    float[] share = new float[flux.length];
    for (int distance = 1; distance <= 2; distance++) {
      fillShares(distance, w, share);
      boolean isBefore = fibre >= distance;
      boolean isAfter = fibre + distance < recorded.length;
      if (isBefore && isAfter) {
        subtract(share, from[fibre - distance], from[fibre + distance], flux);
      } else if (isBefore || isAfter) {
        subtract(share, from[isBefore ? fibre - distance : fibre + distance], flux);
      }
    }
    return flux;
  }

  private void fillShares(int distance, double[] w, float[] share) {
    if (crossTalk.isEven(distance)) {
      Arrays.fill(share, (float) crossTalk.share(distance, 0));
      return;
    }
    for (int p = 0; p < share.length; p++) {
      share[p] = (float) crossTalk.share(distance, grid.u(w[p]));
    }
  }

  private static void subtract(float[] share, float[] before, float[] after, float[] flux) {
    for (int p = 0; p < flux.length; p++) {
      flux[p] = flux[p] - share[p] * before[p] - share[p] * after[p];
    }
  }

  private static void subtract(float[] share, float[] light, float[] flux) {
    for (int p = 0; p < flux.length; p++) {
      flux[p] -= share[p] * light[p];
    }
  }
}
