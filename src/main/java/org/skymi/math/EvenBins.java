package org.skymi.math;

/** Values in bins that are evenly spaced over u = -1..1, straight between the bins' middles. */
public final class EvenBins {
  private EvenBins() {}

  /** Where a coordinate u is among bins: 0 in the first one's middle, 1 in the second's. */
  public static double place(double u, int bins) {
    return Math.max(0, Math.min(bins - 1, (u + 1) / 2 * bins - 0.5));
  }

  /**
   * The value at a coordinate.
   *
   * @param bins two or more
   */
  public static double at(double[] bins, double u) {
    double place = place(u, bins.length);
    int low = Math.min(bins.length - 2, (int) place);
    return bins[low] + (place - low) * (bins[low + 1] - bins[low]);
  }
}
