package org.skymi.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
  private static final int SIZE = 40;

  /** Rows that are a pattern in different measure, and unit noise times the given. */
  private static double[][] rows(double strength, double noise) {
    Random random = new Random(3);
    double[][] rows = new double[30][SIZE];
    for (double[] row : rows) {
      double share = strength * random.nextGaussian();
      Arrays.setAll(row, k -> share * pattern(k) + noise * random.nextGaussian());
    }
    return rows;
  }

  private static double pattern(int k) {
    return Math.sin(0.3 * k);
  }

  private static double[] filled(double value) {
    double[] noise = new double[SIZE];
    Arrays.fill(noise, value);
    return noise;
  }

  @Test
  void findsThePatternThatRowsShare() {
    List<double[]> found = PrincipalComponents.of(rows(20, 0.5), filled(0.5), 0, 5);
    assertThat(found).hasSize(1);
    double along = 0;
    double own = 0;
    double its = 0;
    for (int k = 0; k < SIZE; k++) {
      along += found.get(0)[k] * pattern(k);
      own += found.get(0)[k] * found.get(0)[k];
      its += pattern(k) * pattern(k);
    }
    assertThat(Math.abs(along) / Math.sqrt(own * its)).isCloseTo(1, within(1e-4));
  }

  @Test
  void componentsAreOfUnitLengthInTheirNoise() {
    double[] component = PrincipalComponents.of(rows(20, 0.5), filled(0.5), 0, 1).get(0);
    double square = 0;
    for (double c : component) {
      square += c * c / 0.25;
    }
    assertThat(square).isCloseTo(1, within(1e-9));
  }

  @Test
  void noiseAloneHasAsManyAsAreAskedFor() {
    assertThat(PrincipalComponents.of(rows(0, 1), filled(1), 0, 5)).isEmpty();
    assertThat(PrincipalComponents.of(rows(0, 1), filled(1), 2, 5)).hasSize(2);
    assertThat(PrincipalComponents.of(rows(20, 1), filled(0.01), 0, 3)).hasSize(3);
  }

  @Test
  void whatHasNoNoiseIsLeftOut() {
    double[] noise = filled(0.5);
    noise[7] = 0;
    assertThat(PrincipalComponents.of(rows(20, 0.5), noise, 0, 5).get(0)[7]).isZero();
  }

  @Test
  void noRowsHaveNoComponents() {
    assertThat(PrincipalComponents.of(new double[0][], new double[0], 1, 5)).isEmpty();
  }
}
