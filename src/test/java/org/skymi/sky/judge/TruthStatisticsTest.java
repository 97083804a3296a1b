package org.skymi.sky.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skymi.survey.SkyBand;

class TruthStatisticsTest {
  private final double[] wavelength = new double[2300];
  private final float[] truth = new float[2300];
  private final float[] sky = new float[2300];

  TruthStatisticsTest() {
    Arrays.setAll(wavelength, p -> 3690 + p);
    Arrays.fill(truth, 50);
    for (int p = 0; p < sky.length; p++) {
      // Two percent too bright, and five percent to and fro.
      sky[p] = 50 * (1.02f + (p % 2 == 0 ? 0.05f : -0.05f));
    }
  }

  @Test
  void biasIsTheMeanAndRmsThePixels() {
    TruthStatistics found = TruthStatistics.of(sky, truth, wavelength);
    for (SkyBand band :
        new SkyBand[] {SkyBand.B3700_4000, SkyBand.B4000_4500, SkyBand.B4500_5500}) {
      assertThat(found.bias()[band.ordinal()]).isCloseTo(2, within(0.01));
      assertThat(found.rms()[band.ordinal()]).isCloseTo(Math.hypot(2, 5), within(0.01));
    }
  }

  @Test
  void bandsOfTheOtherArmOrCutOffAreUnknown() {
    TruthStatistics found = TruthStatistics.of(sky, truth, wavelength);
    assertThat(found.bias()[SkyBand.R6000_6800.ordinal()]).isNaN();
    assertThat(found.rms()[SkyBand.R8200_9000.ordinal()]).isNaN();
    TruthStatistics cut = TruthStatistics.of(sky, truth, Arrays.copyOfRange(wavelength, 100, 2300));
    assertThat(cut.bias()[SkyBand.B3700_4000.ordinal()]).isNaN();
    assertThat(cut.bias()[SkyBand.B4000_4500.ordinal()]).isCloseTo(2, within(0.01));
  }

  @Test
  void deadFibresHaveNoTruth() {
    Arrays.fill(truth, 0);
    assertThat(TruthStatistics.of(sky, truth, wavelength).bias()).containsOnly(Double.NaN);
  }
}
