package org.skymi.report.evaluate;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One plate's values of a quantity, sorted. Of many values a fixed number of quantiles is kept, so
 * that a campaign of any size can be pooled in one process.
 *
 * @param values sorted, all finite
 * @param weight the number of fibres that each value stands for
 */
public record PlateSample(float[] values, double weight) implements Serializable {

  /**
   * Keeps all values, or the quantiles at the middles of {@code limit} equal shares.
   *
   * @param values in any order; those that are not finite are ignored
   * @param limit 1 or more
   */
  public static PlateSample of(float[] values, int limit) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = 0;
    for (float v : sorted) {
      if (Float.isFinite(v)) {
        sorted[n++] = v;
      }
    }
    if (n <= limit) {
      return new PlateSample(Arrays.copyOf(sorted, n), 1);
    }
    float[] kept = new float[limit];
    for (int k = 0; k < limit; k++) {
      double place = (k + 0.5) / limit * n - 0.5;
      int low = (int) Math.floor(place);
      double share = place - low;
      kept[k] = (float) ((1 - share) * sorted[low] + share * sorted[Math.min(low + 1, n - 1)]);
    }
    return new PlateSample(kept, (double) n / limit);
  }

  /** The number of fibres. */
  public long fibres() {
    return Math.round(values.length * weight);
  }
}
