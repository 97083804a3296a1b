package org.skymi.math;

import java.util.Arrays;

/** Values that increase, as wavelengths along a fibre do. */
public final class Increasing {
  private Increasing() {}

  /**
   * The first of all values that is not below a limit, as {@link #firstFrom(double[], int,
   * double)}.
   */
  public static int firstFrom(double[] values, double limit) {
    return firstFrom(values, 0, limit);
  }

  /**
   * The first value that is not below a limit.
   *
   * @param values increasing
   * @param from index where the search begins
   * @return its index; that after the last one if all are below
   */
  public static int firstFrom(double[] values, int from, double limit) {
    int found = Arrays.binarySearch(values, from, values.length, limit);
    return found < 0 ? -found - 1 : found;
  }
}
