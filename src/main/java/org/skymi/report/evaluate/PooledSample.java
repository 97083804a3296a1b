package org.skymi.report.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The values of several plates, from which statistics are taken with each plate counted any number
 * of times. Sorted once: a resample costs one pass.
 */
final class PooledSample {
  /** Standard deviation of a Gaussian over its median absolute deviation. */
  private static final double NORMAL_MAD = 1.4826;

  private final double[] value;
  private final int[] plate;
  private final double[] weight;
  private final double[] plateTotal;

  PooledSample(List<PlateSample> plates) {
    int n = plates.stream().mapToInt(p -> p.values().length).sum();
    double[] values = new double[n];
    int[] owners = new int[n];
    plateTotal = new double[plates.size()];
    int next = 0;
    for (int p = 0; p < plates.size(); p++) {
      plateTotal[p] = plates.get(p).values().length * plates.get(p).weight();
      for (float v : plates.get(p).values()) {
        values[next] = v;
        owners[next++] = p;
      }
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted((a, b) -> Double.compare(values[a], values[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.value = new double[n];
    this.plate = new int[n];
    this.weight = new double[n];
    for (int i = 0; i < n; i++) {
      value[i] = values[order[i]];
      plate[i] = owners[order[i]];
      weight[i] = plates.get(plate[i]).weight();
    }
  }

  /**
   * The median.
   *
   * @param times how often each plate counts
   * @return NaN if nothing counts
   */
  double median(int[] times) {
    Passing half = new Passing(total(times) / 2);
    for (int i = 0; i < value.length && !half.isDone(); i++) {
      half.add(value[i], weight[i] * times[plate[i]]);
    }
    return half.middle();
  }

  /** The median absolute deviation, scaled to a Gaussian's standard deviation. */
  double nmad(int[] times) {
    double centre = median(times);
    int found = Arrays.binarySearch(value, centre);
    int above = found < 0 ? -found - 1 : found;
    int below = above - 1;
    Passing half = new Passing(total(times) / 2);
    while (!half.isDone() && (below >= 0 || above < value.length)) {
      boolean down =
          above == value.length || below >= 0 && centre - value[below] <= value[above] - centre;
      int i = down ? below-- : above++;
      half.add(Math.abs(value[i] - centre), weight[i] * times[plate[i]]);
    }
    return NORMAL_MAD * half.middle();
  }

  /** What the absolute value stays below in 95 % of cases. */
  double largest95(int[] times) {
    int low = 0;
    int high = value.length - 1;
    Passing tail = new Passing(0.05 * total(times));
    while (!tail.isDone() && low <= high) {
      int i = -value[low] > value[high] ? low++ : high--;
      tail.add(Math.abs(value[i]), weight[i] * times[plate[i]]);
    }
    return tail.middle();
  }

  private double total(int[] times) {
    double total = 0;
    for (int p = 0; p < plateTotal.length; p++) {
      total += plateTotal[p] * times[p];
    }
    return total;
  }

  /** The value at which a given weight is passed, of values that come in order. */
  private static final class Passing {
    private final double mark;
    private final double tolerance;
    private double passed;
    private double lower = Double.NaN;
    private double upper = Double.NaN;

    Passing(double mark) {
      this.mark = mark;
      this.tolerance = 1e-9 * mark;
    }

    void add(double value, double weight) {
      if (weight <= 0) {
        return;
      }
      if (passed < mark - tolerance) {
        lower = value;
      }
      upper = value;
      passed += weight;
    }

    /** Whether the mark lies strictly inside what was added. */
    boolean isDone() {
      return passed > mark + tolerance;
    }

    double middle() {
      return (lower + upper) / 2;
    }
  }
}
