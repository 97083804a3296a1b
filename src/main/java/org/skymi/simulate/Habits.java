package org.skymi.simulate;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * Random numbers that stay the same from plate to plate, until a hardware step renews a part of
 * them; their scatter is always the same.
 */
final class Habits {
  private static final double USUAL_CYCLES = 1.6;

  private final RandomStreams[] eras;
  private final double[] weights;

  /**
   * The habits under a name.
   *
   * @param first streams of the habits before any step
   * @param steps nights of the steps since, local modified Julian days
   * @param share of the deviation that a step renews
   */
  Habits(RandomStreams first, int[] steps, double share) {
    eras = new RandomStreams[steps.length + 1];
    weights = new double[steps.length + 1];
    eras[0] = first;
    weights[0] = 1;
    for (int k = 1; k < eras.length; k++) {
      eras[k] = first.with("epoch").with(steps[k - 1]);
      for (int j = 0; j < k; j++) {
        weights[j] *= Math.sqrt(1 - share * share);
      }
      weights[k] = share;
    }
  }

  private Habits(RandomStreams[] eras, double[] weights) {
    this.eras = eras;
    this.weights = weights;
  }

  /** The habits below a name. */
  Habits with(String name) {
    return new Habits(
        Arrays.stream(eras).map(s -> s.with(name)).toArray(RandomStreams[]::new), weights);
  }

  /** The habits below a number. */
  Habits with(long number) {
    return new Habits(
        Arrays.stream(eras).map(s -> s.with(number)).toArray(RandomStreams[]::new), weights);
  }

  /** One normal deviate. */
  double gaussian() {
    double sum = 0;
    for (int k = 0; k < eras.length; k++) {
      sum += weights[k] * eras[k].gaussian();
    }
    return sum;
  }

  /** One uniform deviate, of the last step. */
  double uniform(double low, double high) {
    return eras[eras.length - 1].uniform(low, high);
  }

  /** A smooth field of places along slit and arm. */
  DoubleBinaryOperator field(double rms) {
    return field(rms, USUAL_CYCLES);
  }

  /** The same with so many waves along the slit at the most. */
  DoubleBinaryOperator field(double rms, double cycles) {
    SmoothField[] fields = new SmoothField[eras.length];
    Arrays.setAll(fields, k -> new SmoothField(eras[k], rms * weights[k], cycles));
    return (slit, arm) -> {
      double sum = 0;
      for (SmoothField field : fields) {
        sum += field.at(slit, arm);
      }
      return sum;
    };
  }
}
