package org.skymi.math;

import java.util.Arrays;

/** Whether differences are more than chance. */
public final class Significance {
  private Significance() {}

  /**
   * Whether the mean of some values is above 0 by more than so many of its standard errors; never
   * of fewer than two.
   */
  public static boolean isPositive(double[] values, double standardErrors) {
    double mean = Arrays.stream(values).average().orElse(0);
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return values.length > 1
        && mean > standardErrors * Math.sqrt(square / values.length / (values.length - 1));
  }
}
