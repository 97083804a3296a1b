package org.skymi.sky.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.frame.ToyFrame;
import org.skymi.survey.Arm;

/** What each metric means, by residuals of which it is known. */
class ResidualStatisticsTest {
  /** A fibre: its sky, its noise, and what was estimated. */
  private static final class Case {
    final ToyFrame toy;
    final double[] wavelength;
    final float[] variance;
    final float[] sky;
    final float[] ivar;
    final float[] flux;
    final Random random = new Random(3);

    Case(Arm arm) {
      toy = new ToyFrame(arm, 1);
      int n = (int) ((toy.high - toy.low) / toy.step);
      wavelength = new double[n];
      variance = new float[n];
      sky = new float[n];
      ivar = new float[n];
      flux = new float[n];
      Arrays.fill(ivar, 1e9f);
      for (int p = 0; p < n; p++) {
        wavelength[p] = toy.low + p * toy.step;
        sky[p] = (float) toy.sky(wavelength[p]);
        variance[p] = sky[p] + 192;
        flux[p] = sky[p];
      }
    }

    void addNoise() {
      for (int p = 0; p < flux.length; p++) {
        flux[p] += (float) (Math.sqrt(variance[p]) * random.nextGaussian());
      }
    }

    double value(Metric metric) {
      return ResidualStatistics.of(flux, variance, new Sky(sky, ivar), wavelength, toy.grid, true)
          .value(metric);
    }
  }

  private static Case noisy(Arm arm) {
    Case c = new Case(arm);
    c.addNoise();
    return c;
  }

  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void unitNoiseIsIdeal(Arm arm) {
    Case c = noisy(arm);
    assertThat(c.value(Metric.CHI_MED)).isCloseTo(0, within(0.06));
    assertThat(c.value(Metric.CHI_NMAD)).isCloseTo(1, within(0.05));
    assertThat(c.value(Metric.CHI2PDF)).isCloseTo(1, within(0.08));
    assertThat(c.value(Metric.POISSON_RATIO)).isCloseTo(1, within(0.04));
    assertThat(c.value(Metric.SYS_FLOOR)).isLessThan(3);
    assertThat(c.value(Metric.COVER_68)).isCloseTo(68.3, within(2.5));
    assertThat(c.value(Metric.COVER_95)).isCloseTo(95.4, within(1.2));
    assertThat(c.value(Metric.OUT_3)).isCloseTo(0.27, within(0.27));
    assertThat(c.value(Metric.OUT_10)).isZero();
    assertThat(c.value(Metric.THRU)).isCloseTo(1, within(4 * c.value(Metric.THRU_ERR)));
    assertThat(c.value(Metric.DWAVE)).isCloseTo(0, within(4 * c.value(Metric.DWAVE_ERR)));
    assertThat(c.value(Metric.DLSF)).isCloseTo(0, within(4 * c.value(Metric.DLSF_ERR)));
    assertThat(c.value(Metric.LINE_BIAS)).isCloseTo(0, within(1.0));
  }

  @Test
  void twiceTheNoiseIsTwiceChi() {
    Case c = new Case(Arm.RED);
    c.addNoise();
    for (int p = 0; p < c.flux.length; p++) {
      c.variance[p] /= 4;
    }
    assertThat(c.value(Metric.CHI_NMAD)).isCloseTo(2, within(0.1));
    assertThat(c.value(Metric.CHI2PDF)).isCloseTo(4, within(0.3));
    assertThat(c.value(Metric.POISSON_RATIO)).isCloseTo(2, within(0.1));
    assertThat(c.value(Metric.OUT_3)).isCloseTo(13.4, within(2.0));
  }

  @Test
  void parametersAreTakenOffTheDegreesOfFreedom() {
    Case c = noisy(Arm.RED);
    double plain = c.value(Metric.CHI2PDF);
    int n = c.flux.length;
    ResidualStatistics fitted =
        ResidualStatistics.of(
            c.flux, c.variance, new Sky(c.sky, c.ivar), c.wavelength, c.toy.grid, true, n / 4);
    assertThat(fitted.value(Metric.CHI2PDF)).isCloseTo(plain * n / (n - n / 4), within(1e-9));
  }

  @Test
  void aKnownScatterIsTheFloor() {
    Case c = noisy(Arm.RED);
    // Five percent of the mean sky, on top of noise.
    double mean = 0;
    for (float s : c.sky) {
      mean += s / c.sky.length;
    }
    for (int p = 0; p < c.flux.length; p++) {
      c.flux[p] += (float) (0.2 * mean * c.random.nextGaussian());
    }
    assertThat(c.value(Metric.SYS_FLOOR)).isCloseTo(20, within(1.5));
  }

  @Test
  void outliersHaveMetricsOfTheirOwn() {
    Case c = noisy(Arm.RED);
    int n = c.flux.length;
    for (int p = 0; p < n; p += 100) {
      c.flux[p] = c.sky[p] + (float) (20 * Math.sqrt(c.variance[p]));
    }
    assertThat(c.value(Metric.OUT_10)).isCloseTo(1, within(0.05));
    assertThat(c.value(Metric.POISSON_RATIO)).isCloseTo(1, within(0.05));
    assertThat(c.value(Metric.CHI_NMAD)).isCloseTo(1, within(0.07));
  }

  @Test
  void aKnownOffsetIsTheBlueBias() {
    Case c = new Case(Arm.BLUE);
    for (int p = 0; p < c.flux.length; p++) {
      double percent = c.wavelength[p] < 4000 ? 5 : c.wavelength[p] < 4500 ? -3 : 1;
      c.flux[p] = (float) (c.sky[p] * (1 + percent / 100));
    }
    assertThat(c.value(Metric.BLUE_BIAS_1)).isCloseTo(5, within(0.3));
    assertThat(c.value(Metric.BLUE_BIAS_2)).isCloseTo(-3, within(0.1));
    assertThat(c.value(Metric.BLUE_BIAS_3)).isCloseTo(1, within(0.05));
    assertThat(noisy(Arm.RED).value(Metric.BLUE_BIAS_1)).isNaN();
  }

  @Test
  void continuumScatterIsPerPixelAndPerBin() {
    Case c = new Case(Arm.RED);
    for (int p = 0; p < c.flux.length; p++) {
      c.flux[p] += (float) (10 * c.random.nextGaussian());
    }
    double level = 0;
    int n = 0;
    for (int p = 0; p < c.sky.length; p++) {
      if (c.toy.grid.windowAt(c.wavelength[p]) < 0) {
        level += c.sky[p];
        n++;
      }
    }
    double expected = 1000 / (level / n);
    assertThat(c.value(Metric.RELRES_CONT)).isCloseTo(expected, within(0.1 * expected));
    assertThat(c.value(Metric.RELRES_CONT20))
        .isCloseTo(expected / Math.sqrt(20), within(0.08 * expected));
  }

  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void aKnownScaleOfTheLines(Arm arm) {
    Case c = new Case(arm);
    for (int p = 0; p < c.flux.length; p++) {
      c.flux[p] += (float) (0.04 * c.toy.lines(c.wavelength[p], 0));
    }
    assertThat(c.value(Metric.THRU)).isCloseTo(1.04, within(0.001));
    assertThat(c.value(Metric.LINE_BIAS)).isCloseTo(4, within(0.05));
    assertThat(c.value(Metric.RELRES_LINE)).isCloseTo(4, within(0.05));
    assertThat(c.value(Metric.DWAVE)).isCloseTo(0, within(0.002));
  }

  /**
   * Lines that are recorded 0.03 Angstrom too far to the red: DWAVE = 0.03 = -d of D = S(λ + d).
   */
  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void aKnownShift(Arm arm) {
    Case c = new Case(arm);
    for (int p = 0; p < c.flux.length; p++) {
      c.flux[p] = (float) c.toy.sky(c.wavelength[p] - 0.03);
    }
    assertThat(c.value(Metric.DWAVE)).isCloseTo(0.03, within(0.003));
    assertThat(c.value(Metric.THRU)).isCloseTo(1, within(0.003));
  }

  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void aKnownWidth(Arm arm) {
    Case c = new Case(arm);
    for (int p = 0; p < c.flux.length; p++) {
      double w = c.wavelength[p];
      c.flux[p] = (float) (c.toy.continuum(w) + c.toy.lines(w, 0.1));
    }
    assertThat(c.value(Metric.DLSF)).isCloseTo(0.1, within(0.025));
    assertThat(c.value(Metric.DWAVE)).isCloseTo(0, within(0.003));
  }

  @Test
  void ofFibresWithObjectsOnlyLinesAreMeasured() {
    Case c = new Case(Arm.RED);
    for (int p = 0; p < c.flux.length; p++) {
      c.flux[p] += 5000;
    }
    ResidualStatistics found =
        ResidualStatistics.of(
            c.flux, c.variance, new Sky(c.sky, c.ivar), c.wavelength, c.toy.grid, false);
    for (Metric metric : Metric.values()) {
      assertThat(Double.isNaN(found.value(metric))).as("%s", metric).isEqualTo(!metric.isOfLines());
    }
    assertThat(found.value(Metric.THRU)).isCloseTo(1, within(1e-3));
  }

  @Test
  void coverageKnowsTheSkysOwnError() {
    Case c = noisy(Arm.RED);
    for (int p = 0; p < c.flux.length; p++) {
      c.flux[p] += (float) (40 * c.random.nextGaussian());
    }
    assertThat(c.value(Metric.COVER_68)).isLessThan(55);
    Arrays.fill(c.ivar, 1 / 1600f);
    assertThat(c.value(Metric.COVER_68)).isCloseTo(68.3, within(2.5));
    assertThat(c.value(Metric.COVER_95)).isCloseTo(95.4, within(1.5));
  }

  @Test
  void unusablePixelsDoNotCount() {
    Case c = noisy(Arm.RED);
    double before = c.value(Metric.CHI2PDF);
    for (int p = 1000; p < 1010; p++) {
      c.flux[p] = 1e9f;
      c.variance[p] = Float.POSITIVE_INFINITY;
    }
    c.sky[2000] = Float.NaN;
    assertThat(c.value(Metric.CHI2PDF)).isCloseTo(before, within(0.02));
  }

  @Test
  void halfOfThePixelsTellTheSame() {
    Case c = noisy(Arm.RED);
    for (int p = 0; p < c.flux.length; p += 2) {
      c.variance[p] = Float.POSITIVE_INFINITY;
    }
    assertThat(c.value(Metric.CHI_NMAD)).isCloseTo(1, within(0.07));
    assertThat(c.value(Metric.OUT_3)).isCloseTo(0.27, within(0.27));
  }

  @Test
  void pixelsOfASkyWithoutErrorAreNotCovered() {
    Case c = noisy(Arm.RED);
    Arrays.fill(c.ivar, 0, c.ivar.length / 2, 0);
    assertThat(c.value(Metric.COVER_68)).isCloseTo(68.3, within(3.0));
    Arrays.fill(c.ivar, 0);
    assertThat(c.value(Metric.COVER_68)).isNaN();
  }

  @Test
  void anOffsetIsNoFloor() {
    Case c = new Case(Arm.RED);
    double mean = 0;
    for (float s : c.sky) {
      mean += s / c.sky.length;
    }
    for (int p = 0; p < c.flux.length; p++) {
      c.variance[p] = (float) (mean * mean);
      c.flux[p] += (float) (mean * (0.3 + 1.25 * c.random.nextGaussian()));
    }
    // 0.75 of the mean sky is left of 1.25 when noise of 1 is taken off.
    assertThat(c.value(Metric.SYS_FLOOR)).isCloseTo(75, within(5.0));
  }

  /** Errors are the scatter of what is measured. */
  @ParameterizedTest
  @CsvSource({"THRU, THRU_ERR", "DWAVE, DWAVE_ERR", "DLSF, DLSF_ERR"})
  void errorsAreTheScatterOverNoise(Metric metric, Metric error) {
    Case c = new Case(Arm.RED);
    float[] flux = c.flux.clone();
    int draws = 60;
    double square = 0;
    for (int k = 0; k < draws; k++) {
      System.arraycopy(flux, 0, c.flux, 0, flux.length);
      c.addNoise();
      double off = c.value(metric) - metric.ideal();
      square += off * off / draws;
    }
    assertThat(c.value(error)).isCloseTo(Math.sqrt(square), within(0.3 * Math.sqrt(square)));
  }

  @Test
  void withoutPixelsNothingIsKnown() {
    Case c = new Case(Arm.RED);
    Arrays.fill(c.variance, Float.POSITIVE_INFINITY);
    for (Metric metric : Metric.values()) {
      assertThat(c.value(metric)).isNaN();
    }
  }
}
