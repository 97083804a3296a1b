package org.skymi.sky.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeakTest {
  private static final int N = 1000;

  private final float[] without = new float[N];
  private final float[] with = new float[N];
  private final float[] object = new float[N];

  LeakTest() {
    Random random = new Random(1);
    for (int p = 0; p < N; p++) {
      object[p] = (float) (500 + 100 * random.nextGaussian());
      without[p] = (float) (100 + 20 * random.nextGaussian());
    }
  }

  @Test
  void isTheShareOfTheObjectThatTheSkySwallowed() {
    for (int p = 0; p < N; p++) {
      with[p] = without[p] + 0.03f * object[p];
    }
    assertThat(Leak.of(with, without, object)).isCloseTo(3, within(1e-3));
  }

  @Test
  void isNegativeWhereTheObjectTookFromTheSky() {
    for (int p = 0; p < N; p++) {
      with[p] = without[p] - 0.01f * object[p];
    }
    assertThat(Leak.of(with, without, object)).isCloseTo(-1, within(1e-3));
  }

  @Test
  void anUnmovedSkyLeaksNothing() {
    assertThat(Leak.of(without, without, object)).isZero();
  }

  @Test
  void pixelsWithoutASkyDoNotCount() {
    for (int p = 0; p < N; p++) {
      with[p] = p < 10 ? Float.NaN : without[p] + 0.02f * object[p];
    }
    assertThat(Leak.of(with, without, object)).isCloseTo(2, within(1e-3));
  }

  @Test
  void withoutAnObjectThereIsNoShare() {
    Arrays.fill(object, 0);
    assertThat(Leak.of(without, without, object)).isNaN();
  }
}
