package org.skymi.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RobustStatisticsTest {
  private static double[] gaussian(int n, double mean, double sigma) {
    Random random = new Random(7);
    double[] values = new double[n];
    Arrays.setAll(values, i -> mean + sigma * random.nextGaussian());
    return values;
  }

  @Test
  void medianIgnoresWhatIsNotFinite() {
    assertThat(RobustStatistics.median(3, Double.NaN, 1, Double.POSITIVE_INFINITY, 2)).isEqualTo(2);
    assertThat(RobustStatistics.median(1, 2, 3, 4)).isEqualTo(2.5);
    assertThat(RobustStatistics.median(5)).isEqualTo(5);
    assertThat(RobustStatistics.median()).isNaN();
    assertThat(RobustStatistics.median(Double.NaN)).isNaN();
  }

  @Test
  void medianLeavesItsArgumentAlone() {
    double[] values = {3, 1, 2};
    RobustStatistics.median(values);
    RobustStatistics.nmad(values);
    assertThat(values).containsExactly(3, 1, 2);
  }

  @Test
  void nmadOfAGaussianIsItsSigma() {
    assertThat(RobustStatistics.nmad(gaussian(100_000, 5, 2))).isCloseTo(2, within(0.02));
  }

  @Test
  void aFifthOfWildValuesMovesLittle() {
    double[] values = gaussian(10_000, 0, 1);
    Arrays.fill(values, 0, 2000, 1e9);
    assertThat(RobustStatistics.median(values)).isBetween(0.2, 0.4);
    assertThat(RobustStatistics.nmad(values)).isBetween(1.0, 1.5);
  }

  @Test
  void percentilesCountFromTheSmallest() {
    double[] values = new double[101];
    Arrays.setAll(values, i -> 100 - i);
    assertThat(RobustStatistics.percentile(values, 50)).isCloseTo(50, within(1e-9));
    assertThat(RobustStatistics.percentile(values, 90)).isCloseTo(90, within(1.0));
    assertThat(RobustStatistics.percentile(new double[0], 50)).isNaN();
  }

  @Test
  void clippedMeanIsWeightedAndDropsOutliers() {
    double[] values = {1, 1.1, 0.9, 1.05, 0.95, 100, Double.NaN};
    double[] weights = {1, 1, 1, 1, 1, 1, 0};
    assertThat(RobustStatistics.clippedMean(values, weights, 4)).isCloseTo(1, within(1e-12));
    double[] heavy = {3, 1, 1, 1, 1, 0, 0};
    assertThat(RobustStatistics.clippedMean(values, heavy, 4)).isCloseTo(7.0 / 7, within(1e-12));
    double[] none = new double[7];
    assertThat(RobustStatistics.clippedMean(values, none, 4)).isNaN();
  }
}
