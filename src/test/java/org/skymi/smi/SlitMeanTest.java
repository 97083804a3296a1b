package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlitMeanTest {
  private static final int FIBRES = 200;
  private final float[] share = new float[FIBRES];
  private final float[] slit = new float[FIBRES];

  SlitMeanTest() {
    Arrays.fill(share, 50);
    for (int i = 0; i < FIBRES; i++) {
      slit[i] = 2f * i / (FIBRES - 1) - 1;
    }
    share[7] = 0;
  }

  private double mean(float[] weights) {
    double sum = 0;
    for (int i = 0; i < FIBRES; i++) {
      sum += weights[i] * (3 + 2 * slit[i] - slit[i] * slit[i]);
    }
    return sum;
  }

  @Test
  void aQuadraticIsGivenBackWhereAFibreIs() {
    SlitMean mean = new SlitMean(share, slit);
    for (int i : new int[] {0, 7, 100, 199}) {
      double expected = 3 + 2 * slit[i] - slit[i] * slit[i];
      assertThat(mean(mean.ofOthersAt(i))).isCloseTo(expected, within(0.01));
      assertThat(mean.ofOthersAt(i)[i]).isZero();
    }
    assertThat(mean(mean.at(0.5))).isCloseTo(3.75, within(0.01));
  }

  @Test
  void aMeanIsOfTheOthers() {
    float[] weights = new SlitMean(share, slit).ofOthers(100);
    assertThat(weights[100]).isZero();
    assertThat(weights[7]).isZero();
    assertThat(weights[3]).isCloseTo(1f / (FIBRES - 2), within(1e-6f));
  }

  @Test
  void nobodyThereIsNoMean() {
    float[] nobody = new float[FIBRES];
    assertThat(new SlitMean(nobody, slit).ofOthers(3)).containsOnly(0f);
    assertThat(new SlitMean(nobody, slit).at(0)).containsOnly(0f);
  }
}
