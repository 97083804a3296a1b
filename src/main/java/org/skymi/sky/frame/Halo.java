package org.skymi.sky.frame;

/**
 * Light of fibres far from a fibre on the detector: every camera scatters some of it over dozens of
 * rows, falling with a power of the distance (PFS's pipeline subtracts such halos).
 */
final class Halo {
  /** Rows from which on light is halo; what is nearer is each fibre's own profile. */
  private static final int NEAREST = 3;

  private static final int REACH = 24;
  private static final double POWER = 1.5;

  /** By distance, in units of the share at the distance of two. */
  private static final float[] SHARE = new float[REACH + 1];

  static {
    for (int k = NEAREST; k <= REACH; k++) {
      SHARE[k] = (float) Math.pow(k / 2.0, -POWER);
    }
  }

  private Halo() {}

  /**
   * The halo of a frame's fibres at one of them.
   *
   * @param recorded electron, {@code [nFibre][nPixel]}
   * @param shines fibres whose light counts
   * @return electron over the share at a distance of two rows, {@code [nPixel]}
   */
  static float[] around(int fibre, float[][] recorded, boolean[] shines) {
    float[] sum = new float[recorded[fibre].length];
    int last = Math.min(recorded.length - 1, fibre + REACH);
    for (int j = Math.max(0, fibre - REACH); j <= last; j++) {
      float share = SHARE[Math.abs(j - fibre)];
      float[] light = recorded[j];
      for (int p = 0; shines[j] && share > 0 && p < sum.length; p++) {
        sum[p] += share * light[p];
      }
    }
    return sum;
  }
}
