package org.skymi.sky.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HaloTest {
  private static float[][] light(int fibres, int bright) {
    float[][] light = new float[fibres][2];
    light[bright][0] = 1000;
    return light;
  }

  private static boolean[] all(int fibres) {
    boolean[] all = new boolean[fibres];
    java.util.Arrays.fill(all, true);
    return all;
  }

  @Test
  void fallsWithTheDistanceOnBothSides() {
    float[][] light = light(80, 40);
    boolean[] all = all(80);
    for (int k : new int[] {3, 8, 24}) {
      double expected = 1000 * Math.pow(k / 2.0, -1.5);
      assertThat(new Halo(light, all).at(40 - k)[0]).isCloseTo((float) expected, within(1e-3f));
      assertThat(new Halo(light, all).at(40 + k)[0]).isCloseTo((float) expected, within(1e-3f));
    }
    assertThat(new Halo(light, all).at(37)[1]).isZero();
  }

  @Test
  void fibresOwnProfilesAndWhatIsFarAreNone() {
    float[][] light = light(80, 40);
    for (int fibre : new int[] {40, 39, 38, 42, 15, 65}) {
      assertThat(new Halo(light, all(80)).at(fibre)[0]).isZero();
    }
  }

  @Test
  void someFibresDoNotCount() {
    boolean[] shines = all(80);
    shines[40] = false;
    assertThat(new Halo(light(80, 40), shines).at(45)[0]).isZero();
  }
}
