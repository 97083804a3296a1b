package org.skymi.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.skymi.sky.judge.Metric;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.MediumSpectrum;
import org.skymi.survey.PlateId;
import org.skymi.survey.ReleaseSpectrum;

/** Residual skies of known amplitude, in stars with and without lines of their own. */
class ExposureResidualTest {
  private static final int EXPOSURES = 4;
  private static final double NOISE = 1;

  /** Oxygen's peak in an exposure, in units of the noise. */
  private static double oxygen(int exposure) {
    return 12 + 6 * exposure;
  }

  @Test
  void takesOffWhatWasLeft() {
    List<ExposureResidual> found =
        ExposureResidual.of(spectra(x -> 100, ExposureResidualTest::oxygen));
    for (int e = 0; e < EXPOSURES; e++) {
      assertThat(found.get(e).isCorrected()).isTrue();
      float[] sky = found.get(e).sky();
      assertThat((double) sky[pixel(found.get(e), 6302.01)]).isCloseTo(oxygen(e), within(2.0));
      assertThat((double) sky[pixel(found.get(e), 6365.51)])
          .isCloseTo(oxygen(e) * 72.3 / 210, within(1.0));
      assertThat(found.get(e).statistics(true).value(Metric.CHI2PDF))
          .isLessThan(found.get(e).statistics(false).value(Metric.CHI2PDF));
    }
  }

  @Test
  void leavesNoiseAlone() {
    for (ExposureResidual r : ExposureResidual.of(spectra(x -> 100, e -> 0))) {
      assertThat(r.isCorrected()).isFalse();
      assertThat(r.sky()).containsOnly(0);
    }
  }

  @Test
  void leavesStarsTheirLines() {
    for (double depth : new double[] {-60, 40}) {
      for (double line : new double[] {6302.01, 6365.51, 6500.51, 6663.41}) {
        DoubleUnaryOperator star =
            x -> 100 + depth * Math.exp(-0.5 * Math.pow((x - line) / 0.5, 2));
        for (ExposureResidual r : ExposureResidual.of(spectra(star, e -> 0))) {
          assertThat(r.isCorrected()).as("line %s of %s", depth, line).isFalse();
        }
      }
    }
  }

  private static int pixel(ExposureResidual r, double topocentric) {
    double[] x = r.spectrum().spectrum().wavelength();
    int at = 0;
    while (x[at] < topocentric) {
      at++;
    }
    return at - (x[at] - topocentric > topocentric - x[at - 1] ? 1 : 0);
  }

  private static List<MediumSpectrum> spectra(
      DoubleUnaryOperator star, IntToDoubleFunction amplitude) {
    Random random = new Random(5);
    List<MediumSpectrum> spectra = new ArrayList<>();
    for (int e = 0; e < EXPOSURES; e++) {
      int n = 4000;
      double[] x = new double[n];
      float[] flux = new float[n];
      float[] ivar = new float[n];
      for (int p = 0; p < n; p++) {
        x[p] = 6280 + 0.14 * p;
        double residual = 0;
        for (MediumLines.Window w : MediumLines.windows().get("OI")) {
          residual += amplitude.applyAsDouble(e) * w.profile(x[p]);
        }
        flux[p] = (float) (star.applyAsDouble(x[p]) + residual + NOISE * random.nextGaussian());
        ivar[p] = (float) (1 / (NOISE * NOISE));
      }
      spectra.add(new MediumSpectrum(spectrum(x, flux, ivar), 84450349 + 20 * e, Arm.RED, 1200));
    }
    return spectra;
  }

  private static ReleaseSpectrum spectrum(double[] x, float[] flux, float[] ivar) {
    return new ReleaseSpectrum(
        new PlateId("TD10N42K01", 58646),
        12,
        76,
        0,
        "",
        FibreType.OBJECT,
        "STAR",
        292,
        44,
        Double.NaN,
        Double.NaN,
        Float.NaN,
        Double.NaN,
        0,
        17,
        "",
        new float[5],
        x,
        flux,
        ivar,
        new int[x.length],
        new int[x.length]);
  }
}
