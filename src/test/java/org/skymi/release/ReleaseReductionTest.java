package org.skymi.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.SkyLines;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
import org.skymi.smi.ReductionOptions;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.PlateId;
import org.skymi.survey.ReleaseSpectrum;

class ReleaseReductionTest {
  private static final int PIXELS = 3900;
  private static final double VELOCITY = 20;

  /**
   * Spectra of a smooth object, unit noise, and residual sky lines whose strength differs from
   * fibre to fibre.
   */
  private static List<ReleaseSpectrum> spectra(int n, double residual, boolean stellarLine) {
    Random random = new Random(5);
    List<ReleaseSpectrum> spectra = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double strength = residual * random.nextGaussian();
      double level = 20 + 60 * random.nextDouble();
      double[] wavelength = new double[PIXELS];
      float[] flux = new float[PIXELS];
      float[] ivar = new float[PIXELS];
      Arrays.fill(ivar, 1);
      for (int p = 0; p < PIXELS; p++) {
        wavelength[p] = Math.pow(10, 3.5682 + 1e-4 * p);
        double sky = wavelength[p] * (1 + VELOCITY / 299792.458);
        double lines =
            SkyLines.windows(Arm.RED).stream()
                .filter(w -> w.contains(sky))
                .mapToDouble(w -> Math.exp(-Math.pow((sky - w.centre()) / 2, 2)))
                .sum();
        double star = stellarLine ? -0.3 * Math.exp(-Math.pow((sky - 7330) / 3, 2)) : 0;
        flux[p] = (float) (level * (1 + star) + 10 * strength * lines + random.nextGaussian());
      }
      spectra.add(
          new ReleaseSpectrum(
              new PlateId("P", 58000),
              1,
              i + 1,
              0,
              "",
              FibreType.OBJECT,
              "STAR",
              0,
              0,
              0,
              0,
              Float.NaN,
              Double.NaN,
              VELOCITY,
              20,
              "",
              new float[5],
              wavelength,
              flux,
              ivar,
              new int[PIXELS],
              new int[PIXELS]));
    }
    return spectra;
  }

  private static double median(List<FibreResult> fibres, Metric metric, boolean after) {
    return RobustStatistics.median(
        fibres.stream()
            .map(f -> after ? f.skies().get(Method.MEMORY) : f.skies().get(Method.SUPER))
            .mapToDouble(s -> s.statistics().value(metric))
            .toArray());
  }

  @Test
  void residualSkyOfOtherFibresIsTakenAway() {
    var result = new ReleaseReduction(ReductionOptions.defaults()).reduce(spectra(60, 1, false));
    assertThat(median(result.fibres(), Metric.POISSON_RATIO, false)).isGreaterThan(2);
    assertThat(median(result.fibres(), Metric.POISSON_RATIO, true)).isCloseTo(1, within(0.15));
    assertThat(result.fibres()).noneMatch(FibreResult::fallsBack);
  }

  @Test
  void cleanSpectraStayAsTheyAre() {
    var result = new ReleaseReduction(ReductionOptions.defaults()).reduce(spectra(60, 0, false));
    double after = median(result.fibres(), Metric.POISSON_RATIO, true);
    assertThat(after).isLessThan(1.02 * median(result.fibres(), Metric.POISSON_RATIO, false));
  }

  @Test
  void aLineThatAllStarsShareIsNoSky() {
    var result = new ReleaseReduction(ReductionOptions.defaults()).reduce(spectra(60, 0, true));
    for (FibreResult fibre : result.fibres()) {
      double deepest = 0;
      for (float v : fibre.skies().get(Method.MEMORY).sky()) {
        deepest = Math.min(deepest, v);
      }
      // The stars' line is 6 to 24 deep.
      assertThat(deepest).isGreaterThan(-4);
    }
  }

  @Test
  void tooFewSpectraAreLeftAloneAndSaySo() {
    var result = new ReleaseReduction(ReductionOptions.defaults()).reduce(spectra(5, 1, false));
    assertThat(result.fibres()).hasSize(5).allMatch(FibreResult::fallsBack);
    for (FibreResult fibre : result.fibres()) {
      assertThat(fibre.skies().get(Method.MEMORY).sky()).containsOnly(0);
    }
  }

  @Test
  void theSameInputGivesTheSameNumbers() {
    List<ReleaseSpectrum> spectra = spectra(30, 1, false);
    var a = new ReleaseReduction(ReductionOptions.defaults()).reduce(spectra);
    var b = new ReleaseReduction(ReductionOptions.defaults()).reduce(spectra);
    for (int i = 0; i < 30; i++) {
      assertThat(a.fibres().get(i).skies().get(Method.MEMORY).sky())
          .isEqualTo(b.fibres().get(i).skies().get(Method.MEMORY).sky());
    }
  }
}
