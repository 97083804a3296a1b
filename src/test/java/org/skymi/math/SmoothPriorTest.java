package org.skymi.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmoothPriorTest {
  private static final int N = 250;

  private final double[] truth = new double[N];
  private final double[] values = new double[N];
  private final double[] errors = new double[N];
  private final boolean[] all = new boolean[N];

  @BeforeEach
  void drawACubicWithNoise() {
    Arrays.fill(all, true);
    Arrays.fill(errors, 0.1);
    Random random = new Random(1);
    for (int i = 0; i < N; i++) {
      double t = 2.0 * i / (N - 1) - 1;
      truth[i] = 1 - t + 0.5 * t * t * t;
      values[i] = truth[i] + 0.1 * random.nextGaussian();
    }
  }

  private double rms() {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += (values[i] - truth[i]) * (values[i] - truth[i]);
    }
    return Math.sqrt(sum / N);
  }

  @Test
  void noiseIsAveragedOverFibres() {
    SmoothPrior.shrink(values, errors, all, 3);
    assertThat(rms()).isLessThan(0.05);
    assertThat(Arrays.stream(errors)).allMatch(e -> e < 0.1 && e > 0);
  }

  @Test
  void fibresThatReallyDifferKeepTheirOwnValues() {
    Random random = new Random(2);
    for (int i = 0; i < N; i++) {
      truth[i] += 0.5 * random.nextGaussian();
      values[i] = truth[i] + 0.01 * random.nextGaussian();
      errors[i] = 0.01;
    }
    SmoothPrior.shrink(values, errors, all, 3);
    assertThat(rms()).isLessThan(0.011);
    assertThat(errors[7]).isCloseTo(0.01, within(0.001));
  }

  @Test
  void unknownFibresComeOutOnTheCurve() {
    values[100] = Double.NaN;
    errors[100] = Double.POSITIVE_INFINITY;
    errors[101] = Double.POSITIVE_INFINITY;
    values[101] = 1e6;
    SmoothPrior.shrink(values, errors, all, 3);
    assertThat(values[100]).isCloseTo(truth[100], within(0.03));
    assertThat(values[101]).isCloseTo(truth[101], within(0.03));
  }

  @Test
  void outliersDoNotBendTheCurve() {
    for (int i = 0; i < 30; i++) {
      values[8 * i] = 50;
    }
    values[101] = Double.NaN;
    SmoothPrior.shrink(values, errors, all, 3);
    assertThat(values[101]).isCloseTo(truth[101], within(0.05));
  }

  @Test
  void whoMayNotTeachTeachesNothing() {
    all[50] = false;
    double[] other = values.clone();
    double[] otherErrors = errors.clone();
    other[50] = 1e4;
    otherErrors[50] = 1e-6;
    SmoothPrior.shrink(values, errors, all, 3);
    SmoothPrior.shrink(other, otherErrors, all, 3);
    values[50] = other[50] = 0;
    errors[50] = otherErrors[50] = 0;
    assertThat(other).isEqualTo(values);
    assertThat(otherErrors).isEqualTo(errors);
  }

  @Test
  void nothingKnownIsZero() {
    Arrays.fill(values, Double.NaN);
    Arrays.fill(errors, Double.POSITIVE_INFINITY);
    SmoothPrior.shrink(values, errors, all, 3);
    assertThat(values).containsOnly(0);
  }
}
