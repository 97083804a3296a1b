package org.skymi.math;

import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.util.KthSelector;

/** Location and scale that a minority of wild values can't move. */
public final class RobustStatistics {
  /** Standard deviation of a Gaussian over its median absolute deviation. */
  private static final double NORMAL_MAD = 1.4826;

  private RobustStatistics() {}

  /** Median of the finite values; NaN if there is none. */
  public static double median(double... values) {
    double[] finite = finite(values);
    if (finite.length == 0) {
      return Double.NaN;
    }
    // As Median does, but for its search of values that are not finite.
    int middle = finite.length / 2;
    double upper = new KthSelector().select(finite, null, middle);
    if (finite.length % 2 == 1) {
      return upper;
    }
    double lower = finite[0];
    for (int k = 1; k < middle; k++) {
      lower = Math.max(lower, finite[k]); // what is before the middle is no greater
    }
    return lower + 0.5 * (upper - lower);
  }

  /** Normalised median absolute deviation of the finite values; NaN if there is none. */
  public static double nmad(double... values) {
    double centre = median(values);
    double[] off = new double[values.length];
    for (int k = 0; k < off.length; k++) {
      off[k] = Math.abs(values[k] - centre);
    }
    return NORMAL_MAD * median(off);
  }

  /** A percentile, 0 < p <= 100, of the finite values; NaN if there is none. */
  public static double percentile(double[] values, double p) {
    double[] finite = finite(values);
    return finite.length == 0 ? Double.NaN : new Percentile(p).evaluate(finite);
  }

  /**
   * Weighted mean after clipping around the weighted values' median.
   *
   * @param values of which those with zero weight are ignored
   * @param weights not negative
   * @param clip in units of the NMAD
   */
  public static double clippedMean(double[] values, double[] weights, double clip) {
    double[] used = new double[values.length];
    for (int i = 0; i < used.length; i++) {
      used[i] = weights[i] > 0 ? values[i] : Double.NaN;
    }
    double centre = median(used);
    double width = Math.max(nmad(used), 1e-12);
    double sum = 0;
    double total = 0;
    for (int i = 0; i < used.length; i++) {
      if (weights[i] > 0 && Math.abs(used[i] - centre) <= clip * width) {
        sum += weights[i] * used[i];
        total += weights[i];
      }
    }
    return total > 0 ? sum / total : centre;
  }

  private static double[] finite(double[] values) {
    double[] finite = new double[values.length];
    int n = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        finite[n++] = value;
      }
    }
    return Arrays.copyOf(finite, n);
  }

  /**
   * Tukey's biweight: what a value counts that is so many standard errors off; nothing beyond the
   * cut.
   */
  public static double biweight(double off, double cut) {
    double u = off / cut;
    return Math.abs(u) < 1 ? (1 - u * u) * (1 - u * u) : 0;
  }
}
