package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class JensenShannonTest {
  private static double[] scores(long seed) {
    return new Random(seed).doubles(9, -4, 4).toArray();
  }

  @Test
  void scoresThatTellNothingGiveItsLeastUsefulValue() {
    assertThat(JensenShannon.estimate(new double[5], new double[7]))
        .isCloseTo(-2 * Math.log(2), within(1e-12));
  }

  @Test
  void certainScoresReachZero() {
    assertThat(JensenShannon.estimate(new double[] {50, 60}, new double[] {-50, -60}))
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void slopesAgreeWithFiniteDifferences() {
    double[] up = scores(1);
    double[] down = scores(2);
    double step = 1e-6;
    for (int k = 0; k < up.length; k++) {
      assertThat(JensenShannon.positiveSlope(up[k], up.length))
          .isCloseTo(slope(up, k, step, v -> JensenShannon.estimate(v, down)), within(1e-8));
      assertThat(JensenShannon.negativeSlope(down[k], down.length))
          .isCloseTo(slope(down, k, step, v -> JensenShannon.estimate(up, v)), within(1e-8));
    }
  }

  private static double slope(
      double[] at, int k, double step, java.util.function.ToDoubleFunction<double[]> f) {
    double[] more = at.clone();
    double[] less = at.clone();
    more[k] += step;
    less[k] -= step;
    return (f.applyAsDouble(more) - f.applyAsDouble(less)) / (2 * step);
  }
}
