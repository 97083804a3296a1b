package org.skymi.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunningMedianTest {
  @Test
  void isTheMedianOfWhatIsKnownAround() {
    Random random = new Random(1);
    double[] values = new double[200];
    for (int k = 0; k < values.length; k++) {
      // Equal values and gaps among them.
      values[k] = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(9);
    }
    Arrays.fill(values, 60, 80, Double.NaN);
    double[] medians = RunningMedian.of(values, 7);
    for (int k = 0; k < values.length; k++) {
      int to = Math.min(values.length, k + 8);
      double[] around = Arrays.copyOfRange(values, Math.max(0, k - 7), to);
      assertThat(medians[k]).isEqualTo((Double) RobustStatistics.median(around));
    }
  }
}
