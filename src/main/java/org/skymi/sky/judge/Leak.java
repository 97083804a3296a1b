package org.skymi.sky.judge;

/** How much of an object the sky estimate takes for sky; LEAK of docs/method.md, section 3. */
public final class Leak {
  private Leak() {}

  /**
   * The share of an injected object that moved from the object to the sky: {@code 100·Σ(Ŝ_with -
   * Ŝ_without)·O/ΣO²}. Ideal 0; negative where the object took from the sky.
   *
   * @param with sky estimated with the object in the fibre, electron, {@code [nPixel]}
   * @param without sky estimated without it
   * @param object what was injected, electron
   * @return %, NaN if there is no object; pixels without an estimate don't count
   */
  public static double of(float[] with, float[] without, float[] object) {
    double cross = 0;
    double square = 0;
    for (int p = 0; p < object.length; p++) {
      double moved = (double) with[p] - without[p];
      if (Double.isFinite(moved) && Float.isFinite(object[p])) {
        cross += moved * object[p];
        square += (double) object[p] * object[p];
      }
    }
    return square > 0 ? 100 * cross / square : Double.NaN;
  }
}
