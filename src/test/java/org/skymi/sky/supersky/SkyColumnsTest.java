package org.skymi.sky.supersky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skymi.math.BSpline;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.ToyFrame;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

class SkyColumnsTest {
  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void uniformCoefficientsGiveTheScaledSky(Arm arm) {
    ToyFrame toy = new ToyFrame(arm, 2);
    toy.noise = false;
    CleanFrame frame = toy.clean();
    SkyColumns columns = new SkyColumns(toy.grid, toy.coefficients());
    double[] w = frame.wavelength(0);
    float[] sky =
        columns.sky(
            SkyColumns.uniform(Instrument.LAMOST.arm(arm), 0.9),
            FibreCalibration.none(frame, new int[0]),
            0,
            w);
    for (int p = 0; p < w.length; p++) {
      assertThat((double) sky[p]).isCloseTo(0.9 * toy.sky(w[p]), within(0.02 * toy.level));
    }
  }

  @Test
  void beyondTheGridThereIsNoSky() {
    ToyFrame toy = new ToyFrame(Arm.BLUE, 2);
    toy.high = 6000;
    CleanFrame frame = toy.clean();
    SkyColumns columns = new SkyColumns(toy.grid, toy.coefficients());
    float[] sky =
        columns.sky(
            SkyColumns.uniform(Instrument.LAMOST.arm(Arm.BLUE), 1),
            FibreCalibration.none(frame, new int[0]),
            0,
            frame.wavelength(0));
    assertThat(sky[sky.length - 1]).isNaN();
    assertThat(sky[100]).isFinite();
  }

  @Test
  void eachLineBelongsToItsGroup() {
    ToyFrame toy = new ToyFrame(Arm.RED, 2);
    SkyColumns columns = new SkyColumns(toy.grid, toy.coefficients());
    double[] row = new double[SkyColumns.count(Instrument.LAMOST.arm(Arm.RED))];
    for (LineWindow window : toy.grid.windows()) {
      columns.fill(window.centre(), 0, 0, new double[BSpline.ORDER], row);
      for (int g = 0; g < SkyColumns.groups(Instrument.LAMOST.arm(Arm.RED)).size(); g++) {
        boolean own = SkyColumns.groups(Instrument.LAMOST.arm(Arm.RED)).get(g) == window.group();
        assertThat(row[SkyColumns.CONTINUUM_TERMS + g] != 0).isEqualTo(own);
      }
      double u = toy.grid.u(window.centre());
      assertThat(row[1]).isCloseTo(u * row[0], within(1e-9));
      assertThat(row[2]).isCloseTo(u * u * row[0], within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void fitFindsTheCoefficientsOfAFibre(Arm arm) {
    ToyFrame toy = new ToyFrame(arm, 2);
    toy.gain[1] = 0.85;
    CoefficientFit fit = fit(toy, 1);
    double[] z = solve(fit);
    assertThat(z[0]).isCloseTo(0.85, within(0.01));
    for (int g = 0; g < SkyColumns.groups(Instrument.LAMOST.arm(arm)).size(); g++) {
      assertThat(z[SkyColumns.CONTINUUM_TERMS + g]).isCloseTo(0.85, within(0.02));
    }
    assertThat(fit.pixels()).isEqualTo(toy.clean().flux(1).length);
    assertThat(fit.information()).isGreaterThan(1e4);
  }

  @Test
  void chiSquareIsThatOfThePixels() {
    ToyFrame toy = new ToyFrame(Arm.RED, 2);
    CleanFrame frame = toy.clean();
    CoefficientFit fit = fit(toy, 0);
    double[] z = SkyColumns.uniform(Instrument.LAMOST.arm(Arm.RED), 1.02);
    SkyColumns columns = new SkyColumns(toy.grid, toy.coefficients());
    float[] sky = columns.sky(z, FibreCalibration.none(frame, new int[0]), 0, frame.wavelength(0));
    float[] unit =
        columns.sky(
            SkyColumns.uniform(Instrument.LAMOST.arm(Arm.RED), 1),
            FibreCalibration.none(frame, new int[0]),
            0,
            frame.wavelength(0));
    double sum = 0;
    for (int p = 0; p < sky.length; p++) {
      double r = (double) frame.flux(0)[p] - sky[p];
      sum += r * r / (frame.variance(0)[p] + 0.02 * 0.02 * unit[p] * unit[p]);
    }
    assertThat(fit.chi2(z)).isCloseTo(sum, within(1e-4 * sum));
  }

  @Test
  void halfGradientIsThatOfChiSquare() {
    CoefficientFit fit = fit(new ToyFrame(Arm.RED, 2), 0);
    double[] z = SkyColumns.uniform(Instrument.LAMOST.arm(Arm.RED), 1.01);
    double[] half = new double[z.length];
    fit.halfGradient(z, half);
    for (int k = 0; k < z.length; k++) {
      double[] up = z.clone();
      double[] down = z.clone();
      up[k] += 1e-3;
      down[k] -= 1e-3;
      double numeric = (fit.chi2(up) - fit.chi2(down)) / 4e-3;
      assertThat(half[k]).isCloseTo(numeric, within(1e-4 * (1 + Math.abs(numeric))));
    }
  }

  @Test
  void leastChiSquareIsTheMinimum() {
    CoefficientFit fit = fit(new ToyFrame(Arm.BLUE, 2), 0);
    double least = fit.leastChi2();
    double[] best = solve(fit);
    assertThat(fit.chi2(best)).isCloseTo(least, within(1e-4 * least));
    Random random = new Random(1);
    for (int trial = 0; trial < 100; trial++) {
      double[] z = best.clone();
      Arrays.setAll(z, k -> z[k] + 0.01 * random.nextGaussian());
      assertThat(fit.chi2(z)).isGreaterThanOrEqualTo(least);
    }
    assertThat(least / fit.pixels()).isBetween(0.85, 1.1);
  }

  private static CoefficientFit fit(ToyFrame toy, int fibre) {
    CleanFrame frame = toy.clean();
    return new SkyColumns(toy.grid, toy.coefficients())
        .fit(frame, FibreCalibration.none(frame, new int[0]), fibre, 0.02);
  }

  private static double[] solve(CoefficientFit fit) {
    return fit.equations.mean();
  }
}
