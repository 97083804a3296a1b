package org.skymi.plate;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.survey.FibreMap;

/**
 * The fibres that a fold looks at: all sky fibres, and some objects, which tell it of the exposure
 * what more of them would tell, too. Of objects next to each other along the slit that is the one
 * in whose light the sky is lost least.
 */
final class Tellers {
  /** Objects of an exposure that are enough. */
  private static final int ENOUGH = 100;

  private final FibreMap fibres;

  /** By arm that is there and fibre, how much it can tell: its inverse variance, summed up. */
  private final List<double[]> told;

  /**
   * @param frames cleaned, by arm's ordinal, null where missing
   */
  Tellers(FibreMap fibres, CleanFrame[] frames) {
    this.fibres = fibres;
    this.told = Arrays.stream(frames).filter(Objects::nonNull).map(Tellers::told).toList();
  }

  private static double[] told(CleanFrame frame) {
    double[] own = new double[frame.fibres()];
    for (int i = 0; i < own.length; i++) {
      for (float variance : frame.variance(i)) {
        own[i] += 1 / variance; // 0 of pixels that can't be used
      }
    }
    return own;
  }

  /** By fibre, what it tells in all arms, each in units of what all that may tell do there. */
  private double[] told(boolean[] may) {
    double[] sum = new double[fibres.size()];
    for (double[] own : told) {
      double all = Arrays.stream(fibres.where(i -> may[i])).mapToDouble(i -> own[i]).sum();
      for (int i = 0; i < own.length && all > 0; i++) {
        sum[i] += own[i] / all;
      }
    }
    return sum;
  }

  /**
   * Those of a fold.
   *
   * @param may which fibres may shape anything that is used for another fibre
   */
  IntPredicate of(boolean[] may) {
    int step = Math.max(1, fibres.where(i -> !fibres.showsSky(i)).length / ENOUGH);
    int[] objects = fibres.where(i -> !fibres.showsSky(i) && may[i]);
    double[] tell = told(may);
    BitSet asked = new BitSet();
    Arrays.stream(fibres.where(fibres::showsSky)).forEach(asked::set);
    for (int from = 0; from < objects.length; from += step) {
      int best = objects[from];
      for (int k = from + 1; k < Math.min(objects.length, from + step); k++) {
        best = tell[objects[k]] > tell[best] ? objects[k] : best;
      }
      asked.set(best);
    }
    return asked::get;
  }
}
