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
    return values.length > 1 && mean(values) > standardErrors * standardError(values);
  }

  /** The mean of some values in its standard errors; 0 if they don't differ. */
  public static double of(double[] values) {
    double error = standardError(values);
    return error > 0 ? mean(values) / error : 0;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double standardError(double[] values) {
    double mean = mean(values);
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(square / (values.length * Math.max(1.0, values.length - 1)));
  }
}
