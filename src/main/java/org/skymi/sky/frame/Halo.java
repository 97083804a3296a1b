package org.skymi.sky.frame;

/**
 * Light of fibres far from a fibre on the detector: every camera scatters some of it over dozens of
 * rows, falling with a power of the distance (PFS's pipeline subtracts such halos). Made fibre by
 * fibre as asked for, once for all cross-talk. Not for several threads at once.
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

  private final float[][] recorded;
  private final boolean[] shines;

  /** By fibre, null until asked for. */
  private final float[][] halo;

  /**
   * @param recorded electron, {@code [nFibre][nPixel]}
   * @param shines fibres whose light counts
   */
  Halo(float[][] recorded, boolean[] shines) {
    this.recorded = recorded;
    this.shines = shines;
    this.halo = new float[recorded.length][];
  }

  /** That of the same fibres where they record something else. */
  Halo of(float[][] other) {
    return new Halo(other, shines);
  }

  /**
   * The halo of a frame's fibres at one of them.
   *
   * @return electron over the share at a distance of two rows, {@code [nPixel]}; not to be changed
   */
  float[] at(int fibre) {
    if (halo[fibre] == null) {
      halo[fibre] = around(fibre);
    }
    return halo[fibre];
  }

  private float[] around(int fibre) {
    float[] sum = new float[recorded[fibre].length];
    int last = Math.min(recorded.length - 1, fibre + REACH);
    for (int j = Math.max(0, fibre - REACH); j <= last; j++) {
      float share = SHARE[Math.abs(j - fibre)];
      if (shines[j] && share > 0) {
        add(share, recorded[j], sum);
      }
    }
    return sum;
  }

  private static void add(float share, float[] light, float[] sum) {
    for (int p = 0; p < sum.length; p++) {
      sum[p] += share * light[p];
    }
  }
}
