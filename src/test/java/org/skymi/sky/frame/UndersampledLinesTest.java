package org.skymi.sky.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.PlateId;
import org.skymi.survey.Pointing;

/** Lines with one pixel in a standard deviation, as DESI's are: no cosmic rays. */
class UndersampledLinesTest {
  private static final int FIBRES = 21;
  private static final int PIXELS = 400;
  private static final double SIGMA = 0.764;

  @Test
  void aShareThatNoPixelOfALineExceeds() {
    for (Instrument instrument : new Instrument[] {Instrument.LAMOST, Instrument.BOSS}) {
      for (Instrument.Optics optics : instrument.optics()) {
        assertThat(CleanFrame.spike(optics.sampling())).isEqualTo(0.35);
      }
    }
    for (Instrument.Optics optics : Instrument.DESI.optics()) {
      assertThat(optics.sampling()).isCloseTo(0.955, within(0.001));
      assertThat(CleanFrame.spike(optics.sampling())).isBetween(0.7, 0.85);
    }
  }

  @Test
  void brightLinesStayAndCosmicRaysGo() {
    float[][] flux = new float[FIBRES][PIXELS];
    float[][] ivar = new float[FIBRES][PIXELS];
    double[][] wavelength = new double[FIBRES][PIXELS];
    for (int i = 0; i < FIBRES; i++) {
      // The line's peak is at another place of a pixel in every fibre.
      double line = 6302.05 + 0.8 * i / FIBRES;
      for (int p = 0; p < PIXELS; p++) {
        wavelength[i][p] = 6200 + 0.8 * p;
        double off = (wavelength[i][p] - line) / SIGMA;
        flux[i][p] = (float) (50 + 20000 * Math.exp(-0.5 * off * off));
      }
      flux[i][300] += 5000;
      for (int p = 0; p < PIXELS; p++) {
        ivar[i][p] = 1 / (flux[i][p] + 25);
      }
    }
    FibreMap map = FibreMap.ofSize(FIBRES);
    Arrays.fill(map.type(), FibreType.SKY);
    Arm arm = Instrument.DESI.arm('r');
    CleanFrame clean =
        CleanFrame.of(
            new Frame(
                new FrameId(new PlateId("DESI-1", 59000), 1, 1, arm),
                new Pointing("2020-05-01T05:00:00", 900, 10, 20, 1.1, 0.1, 90),
                map,
                flux,
                ivar,
                new int[FIBRES][PIXELS],
                wavelength));
    assertThat(clean.cosmicRays()).isEqualTo(FIBRES);
    for (int i = 0; i < FIBRES; i++) {
      assertThat(clean.variance(i)[300]).isInfinite();
      for (int p = 100; p < 160; p++) {
        assertThat(clean.variance(i)[p]).isFinite();
      }
    }
  }
}
