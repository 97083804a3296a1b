package org.skymi.sky.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TownLineTest {
  private static final int PIXELS = 2000;

  @Test
  void isTheLightAboveASlopingBackground() {
    double[] wave = wave(3700);
    float[] sky = new float[PIXELS];
    for (int p = 0; p < PIXELS; p++) {
      double off = (wave[p] - TownLine.HG5461.wavelength()) / 1.3;
      sky[p] = (float) (50 + 0.02 * (wave[p] - 5000) + 100 * Math.exp(-off * off / 2));
    }
    double light = 100 * 1.3 * Math.sqrt(2 * Math.PI);
    assertThat(TownLine.HG5461.strength(sky, wave)).isCloseTo(light, within(0.5));
    assertThat(TownLine.HG4358.strength(sky, wave)).isCloseTo(0, within(0.5));
  }

  @Test
  void isUnknownWhereTheSkyIs() {
    float[] sky = new float[PIXELS];
    assertThat(TownLine.HG4358.strength(sky, wave(5700))).isNaN();
    double[] wave = wave(3700);
    sky[660] = Float.NaN; // 4360 Angstrom
    assertThat(TownLine.HG4358.strength(sky, wave)).isNaN();
  }

  private static double[] wave(double first) {
    double[] wave = new double[PIXELS];
    for (int p = 0; p < PIXELS; p++) {
      wave[p] = first + p;
    }
    return wave;
  }
}
