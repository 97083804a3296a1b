package org.skymi.fits;

/** What is checked of pixels, frame or release spectrum; arrays are {@code [nFibre][nPixel]}. */
final class Pixels {
  private Pixels() {}

  /** Sets flux and ivar to 0 where either is not finite or ivar is negative. */
  static void dropUnusable(float[][] flux, float[][] ivar) {
    for (int i = 0; i < flux.length; i++) {
      for (int k = 0; k < flux[i].length; k++) {
        if (!Float.isFinite(flux[i][k]) || !Float.isFinite(ivar[i][k]) || ivar[i][k] < 0) {
          // 0 rather than NaN, since 0 times NaN would still poison a weighted sum.
          flux[i][k] = 0;
          ivar[i][k] = 0;
        }
      }
    }
  }

  static boolean anyUsable(float[][] ivar) {
    for (float[] row : ivar) {
      for (float value : row) {
        if (value > 0) {
          return true;
        }
      }
    }
    return false;
  }
}
