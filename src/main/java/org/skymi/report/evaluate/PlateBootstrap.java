package org.skymi.report.evaluate;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Percentile bootstrap over plates: fibres of a plate share its sky, its calibration and its
 * trained networks, so plates, not fibres, are what a campaign has independent repetitions of.
 */
final class PlateBootstrap {
  /** Fewer plates have too few different resamples for limits that mean what they say. */
  static final int LEAST_PLATES = 5;

  private final int[] once;
  private final int[][] resamples;

  /**
   * Draws the resamples.
   *
   * @param plates to draw from
   * @param resamples 1 or more
   * @param seed the same seed, the same limits
   */
  PlateBootstrap(int plates, int resamples, long seed) {
    this.once = new int[plates];
    Arrays.fill(once, 1);
    this.resamples = new int[plates < LEAST_PLATES ? 0 : resamples][plates];
    Well19937c random = new Well19937c(seed);
    for (int[] times : this.resamples) {
      for (int draw = 0; draw < plates; draw++) {
        times[random.nextInt(plates)]++;
      }
    }
  }

  /**
   * A statistic of all plates, counted once each, and then of every resample.
   *
   * @param statistic of plates counted a number of times each
   */
  double[] draw(ToDoubleFunction<int[]> statistic) {
    double[] drawn = new double[1 + resamples.length];
    drawn[0] = statistic.applyAsDouble(once);
    for (int r = 0; r < resamples.length; r++) {
      drawn[1 + r] = statistic.applyAsDouble(resamples[r]);
    }
    return drawn;
  }

  /**
   * A statistic with its limits; without them for too few plates, or where the statistic is not
   * finite for more than a tenth of the resamples.
   *
   * @param drawn of all plates, then of every resample
   */
  static Interval interval(double[] drawn) {
    double[] finite = Arrays.stream(drawn).skip(1).filter(Double::isFinite).toArray();
    if (finite.length == 0 || finite.length < 0.9 * (drawn.length - 1)) {
      return Interval.of(drawn[0]);
    }
    Percentile percentile = new Percentile();
    percentile.setData(finite);
    return new Interval(
        drawn[0],
        percentile.evaluate(15.865),
        percentile.evaluate(84.135),
        percentile.evaluate(2.5),
        percentile.evaluate(97.5));
  }
}
