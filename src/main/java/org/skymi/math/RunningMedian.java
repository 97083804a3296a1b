package org.skymi.math;

import java.util.Arrays;

/** The median around each of many values. */
public final class RunningMedian {
  private RunningMedian() {}

  /**
   * The medians of the finite values up to {@code half} places before and after each.
   *
   * @param values NaN where unknown
   * @return {@code [values.length]}, NaN where no value is known
   */
  public static double[] of(double[] values, int half) {
    double[] medians = new double[values.length];
    double[] sorted = new double[2 * half + 1];
    int n = 0;
    for (int k = -half; k < values.length; k++) {
      int leaves = k - half - 1;
      if (leaves >= 0 && Double.isFinite(values[leaves])) {
        int at = Arrays.binarySearch(sorted, 0, n, values[leaves]);
        System.arraycopy(sorted, at + 1, sorted, at, --n - at);
      }
      int enters = k + half;
      if (enters < values.length && Double.isFinite(values[enters])) {
        int found = Arrays.binarySearch(sorted, 0, n, values[enters]);
        int at = found < 0 ? -found - 1 : found;
        System.arraycopy(sorted, at, sorted, at + 1, n++ - at);
        sorted[at] = values[enters];
      }
      if (k >= 0) {
        medians[k] = n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
      }
    }
    return medians;
  }
}
