package org.skymi.sky.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.LineDerivatives;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.ToyFrame;
import org.skymi.survey.Arm;

class FibreCalibrationTest {
  private static final int FIBRES = 24;

  private static FibreCalibration calibrate(ToyFrame toy) {
    CleanFrame frame = toy.clean();
    double[] sky = toy.coefficients();
    FibreCalibration calibration = FibreCalibration.none(frame, toy.all());
    for (int pass = 0; pass < 3; pass++) {
      calibration = calibration.improved(frame, i -> sky, toy.all(), toy.everyone());
    }
    return calibration;
  }

  private static ToyFrame toy(Arm arm) {
    ToyFrame toy = new ToyFrame(arm, FIBRES);
    toy.level = 400;
    Random random = new Random(arm.ordinal() + 1);
    for (int i = 0; i < FIBRES; i++) {
      toy.gain[i] = 1 + 0.05 * random.nextGaussian();
      toy.shift[i] = 0.08 * random.nextGaussian();
      toy.slope[i] = 0.03 * random.nextGaussian();
      toy.width[i] = 0.1 * random.nextGaussian();
    }
    return toy;
  }

  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void shiftSlopeWidthAndGainAreRecoveredWithinTheirErrors(Arm arm) {
    ToyFrame toy = toy(arm);
    FibreCalibration found = calibrate(toy);
    double[] shift = new double[FIBRES];
    double[] slope = new double[FIBRES];
    double[] width = new double[FIBRES];
    double[] gain = new double[FIBRES];
    for (int i = 0; i < FIBRES; i++) {
      shift[i] = (found.shift(i) - toy.shift[i]) / found.shiftError(i);
      slope[i] = found.slope(i) - toy.slope[i];
      width[i] = (found.width(i, 6000) - toy.width[i]) / found.widthError(i);
      gain[i] = (found.gain[i] / toy.gain[i] - 1) / found.gainError[i];
      assertThat(found.lines(i)).isGreaterThan(arm == Arm.BLUE ? 10 : 50);
    }
    assertThat(RobustStatistics.nmad(shift)).as("shift, in errors").isBetween(0.5, 1.6);
    assertThat(RobustStatistics.median(shift)).isBetween(-1.0, 1.0);
    assertThat(RobustStatistics.nmad(slope)).as("slope, Angstrom").isLessThan(0.006);
    assertThat(RobustStatistics.nmad(width)).as("width, in errors").isBetween(0.4, 2.0);
    // The width's effect is linearised, and kurtosis takes a share of it: of all fibres the same.
    assertThat(Math.abs(RobustStatistics.median(width)) * found.widthError(3)).isLessThan(0.1);
    assertThat(RobustStatistics.nmad(gain)).as("gain, in errors").isLessThan(1.5);
    assertThat(RobustStatistics.nmad(shift) * found.shiftError(3)).isLessThan(0.01);
  }

  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void fibresFarOffAreFittedOnceMoreAndTheOthersAreSettled(Arm arm) {
    ToyFrame toy = toy(arm);
    toy.shift[5] = 0.5;
    toy.gain[7] = 0.7;
    CleanFrame frame = toy.clean();
    double[] sky = toy.coefficients();
    FibreCalibration none = FibreCalibration.none(frame, toy.all());
    FibreCalibration once = none.improved(frame, i -> sky, toy.all(), toy.everyone());
    FibreCalibration twice = once.improved(frame, i -> sky, toy.all(), toy.everyone());
    FibreCalibration settled =
        none.settled(frame, i -> sky, of -> i -> sky, toy.all(), new int[] {3}, toy.everyone());
    for (int i = 0; i < FIBRES; i++) {
      double noise = settled.shiftError(i);
      assertThat(settled.shift(i)).isCloseTo(twice.shift(i), within(2 * noise));
      assertThat(settled.gain[i]).isCloseTo(twice.gain[i], within(settled.gainError[i]));
    }
    double off = Math.abs(once.shift(5) - twice.shift(5));
    assertThat(off).as("of one fit").isGreaterThan(once.shiftError(5));
    assertThat(Math.abs(settled.shift(5) - twice.shift(5))).isLessThan(0.2 * off);
  }

  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void ofFibresThatAreNotAskedForOnlyTheCurvesAreKnown(Arm arm) {
    ToyFrame toy = toy(arm);
    CleanFrame frame = toy.clean();
    double[] sky = toy.coefficients();
    int[] asked = IntStream.range(0, FIBRES).filter(i -> i != 4).toArray();
    FibreCalibration settled =
        FibreCalibration.none(frame, toy.all())
            .settled(frame, i -> sky, of -> i -> sky, asked, new int[] {3}, toy.everyone());
    assertThat(settled.lines(4)).isZero();
    assertThat(settled.gain[4]).isEqualTo(1);
    assertThat(settled.gainError[4]).isInfinite();
    assertThat(settled.amplitudeError[4]).containsOnly(Float.POSITIVE_INFINITY);
    assertThat(settled.lines(5)).isPositive();
  }

  /** Lines whose widths change along the arm. */
  @Test
  void statedWidthsHoldAlongTheArm() {
    ToyFrame toy = toy(Arm.RED);
    Random random = new Random(5);
    for (int i = 0; i < FIBRES; i++) {
      toy.width[i] -= RobustStatistics.median(toy.width);
      toy.widthSlope[i] = 0.2 * random.nextGaussian();
    }
    double fitted = worstWidth(toy, calibrate(toy));
    toy.stateWidths();
    FibreCalibration stated = calibrate(toy);
    assertThat(worstWidth(toy, stated)).isLessThan(0.02).isLessThan(0.6 * fitted);
    double[] gain = new double[FIBRES];
    for (int i = 0; i < FIBRES; i++) {
      gain[i] = (stated.gain[i] / toy.gain[i] - 1) / stated.gainError[i];
    }
    assertThat(RobustStatistics.nmad(gain)).as("gain, in errors").isLessThan(1.5);
  }

  /** Every other fibre's lines have a sharper core and wider wings, the same light and width. */
  @Test
  void linesOfAnotherShapeAreNoBrighterOnes() {
    ToyFrame toy = new ToyFrame(Arm.RED, FIBRES);
    toy.level = 400;
    double m = 0.9;
    toy.object =
        (i, w) -> i % 2 == 0 ? (toy.lines(w, m) + toy.lines(w, -m)) / 2 - toy.lines(w, 0) : 0;
    FibreCalibration found = calibrate(toy);
    double[] gain = new double[2];
    double[] kurtosis = new double[2];
    for (int i = 0; i < FIBRES; i++) {
      gain[i % 2] += found.gain[i] / (FIBRES / 2.0);
      kurtosis[i % 2] += found.kurtosis(i) / (FIBRES / 2.0);
    }
    assertThat(kurtosis[0] - kurtosis[1]).isGreaterThan(0.03);
    assertThat(gain[0] / gain[1]).isCloseTo(1, within(0.003));
  }

  /** Scatter over fibres of the width's error, Angstrom^2, in the worse end of the arm. */
  private static double worstWidth(ToyFrame toy, FibreCalibration found) {
    double worst = 0;
    for (double w : new double[] {6200, 8900}) {
      double[] off = new double[FIBRES];
      Arrays.setAll(off, i -> found.width(i, w) - toy.moment(i, w));
      worst = Math.max(worst, RobustStatistics.nmad(off));
    }
    return worst;
  }

  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void aStarsContinuumPullsNothing(Arm arm) {
    ToyFrame toy = toy(arm);
    toy.noise = false;
    FibreCalibration bare = calibrate(toy);
    // Thirty times the sky, rising and bent.
    toy.object = (i, w) -> 30 * toy.level * (1 + 0.5 * toy.grid.u(w) + 0.1 * Math.cos(w / 100));
    FibreCalibration starry = calibrate(toy);
    for (int i = 0; i < FIBRES; i++) {
      assertThat(starry.shift(i)).isCloseTo(bare.shift(i), within(starry.shiftError(i)));
      // What kurtosis takes of a width depends on the noise, by some hundredths of the second
      // moment.
      assertThat(starry.width(i, 6000)).isCloseTo(bare.width(i, 6000), within(0.15));
      assertThat(starry.gain[i]).isCloseTo(bare.gain[i], within(0.025));
      assertThat(starry.gainError[i]).isGreaterThan(bare.gainError[i]);
    }
  }

  @Test
  void windowsWithStellarLinesCountLittle() {
    ToyFrame toy = toy(Arm.RED);
    FibreCalibration bare = calibrate(toy);
    LineWindow spoilt = toy.grid.windows().get(20);
    toy.object =
        (i, w) -> {
          double off = (w - spoilt.centre() - 2) / 3;
          return 4000 * Math.exp(-0.5 * off * off);
        };
    FibreCalibration starry = calibrate(toy);
    for (int i = 0; i < FIBRES; i++) {
      boolean leftOut = Float.isInfinite(starry.amplitudeError[i][20]);
      assertThat(leftOut || starry.amplitudeError[i][20] > 3 * bare.amplitudeError[i][20]).isTrue();
      assertThat(starry.shift(i)).isCloseTo(bare.shift(i), within(0.01));
      assertThat(starry.gain[i]).isCloseTo(bare.gain[i], within(0.005));
    }
  }

  @Test
  void windowsBeyondTheDetectorAreUnknown() {
    ToyFrame toy = toy(Arm.RED);
    toy.high = toy.grid.windows().get(60).centre();
    FibreCalibration found = calibrate(toy);
    for (int i = 0; i < FIBRES; i++) {
      for (int w = 0; w < toy.grid.windows().size(); w++) {
        boolean beyond = toy.grid.windows().get(w).high() > toy.high + 1;
        if (beyond) {
          assertThat(found.amplitudeError[i][w]).isInfinite();
          assertThat(found.amplitude[i][w]).isEqualTo(1);
        }
      }
      assertThat(found.gain[i]).isCloseTo(toy.gain[i], within(0.02));
    }
  }

  @Test
  void fibresWithoutLinesTakeTheirNeighboursShift() {
    ToyFrame toy = toy(Arm.BLUE);
    for (int i = 0; i < FIBRES; i++) {
      toy.shift[i] = 0.1 + 0.002 * i;
      toy.width[i] = 0;
    }
    org.skymi.survey.Frame frame = toy.frame();
    // A fibre that is alive, but sees nothing of the lines.
    for (int p = 0; p < frame.pixelCount(); p++) {
      if (toy.grid.groupAt(frame.wavelength()[12][p]) != null) {
        frame.ivar()[12][p] = 0;
      }
    }
    CleanFrame clean = CleanFrame.of(frame);
    FibreCalibration found = FibreCalibration.none(clean, new int[0]);
    for (int pass = 0; pass < 3; pass++) {
      found = found.improved(clean, i -> toy.coefficients(), toy.all(), toy.everyone());
    }
    assertThat(found.lines(12)).isZero();
    assertThat(found.shift(12)).isCloseTo(toy.shift[12], within(0.01));
    assertThat(found.gain[12]).isEqualTo(1);
    assertThat(found.gainError[12]).isInfinite();
  }

  @Test
  void alignedWavelengthsAreTheSkys() {
    ToyFrame toy = toy(Arm.RED);
    FibreCalibration found = calibrate(toy);
    double pivot = toy.grid.wavelength(toy.grid.pivot());
    assertThat(found.aligned(toy.grid, 4, pivot)).isCloseTo(pivot + toy.shift[4], within(0.01));
    double end = toy.grid.wavelength(1);
    assertThat(found.aligned(toy.grid, 4, end) - end)
        .isCloseTo(found.shift(4) + found.slope(4) * (1 - toy.grid.pivot()), within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void aFibreLookedAtAnewComesOutTheSameAndMovesNoOther(Arm arm) {
    ToyFrame toy = toy(arm);
    CleanFrame frame = toy.clean();
    FibreCalibration before = calibrate(toy);
    float[] flat = new float[frame.flux(5).length];
    Arrays.fill(flat, 100);
    FibreCalibration same = before.with(frame, toy.coefficients(), 5);
    FibreCalibration lit = before.with(frame.with(5, flat), toy.coefficients(), 5);
    assertThat(same.shift(5)).isCloseTo(before.shift(5), within(0.05 * before.shiftError(5)));
    assertThat(same.gain[5]).isCloseTo(before.gain[5], within(0.05 * before.gainError[5]));
    assertThat(lit.gain[5]).isCloseTo(before.gain[5], within(before.gainError[5]));
    assertThat(lit.gainError[5]).isGreaterThan(before.gainError[5]);
    for (int i = 0; i < FIBRES; i++) {
      if (i != 5) {
        assertThat(numbers(lit, i)).isEqualTo(numbers(before, i));
      }
    }
  }

  /** All that is known of a fibre. */
  private static List<Object> numbers(FibreCalibration c, int i) {
    return List.of(
        List.of(
            c.shift(i), c.slope(i), c.width(i, 6000), c.shiftError(i), c.widthError(i), c.lines(i)),
        List.of(c.gain[i], c.gainError[i], c.plainGain[i]),
        list(c.amplitude[i]),
        list(c.amplitudeError[i]));
  }

  private static List<Float> list(float[] values) {
    return IntStream.range(0, values.length).mapToObj(k -> values[k]).toList();
  }

  /** A window that its own shift explains is no odd one. */
  @Test
  void aShiftIsNoMisfit() {
    ToyFrame toy = new ToyFrame(Arm.RED, 2);
    toy.level = 400;
    toy.shift[1] = 0.4;
    CleanFrame frame = toy.clean();
    double[] sky = toy.coefficients();
    double[] lines = FibreCalibration.minus(sky, toy.grid.continuum(sky));
    double[] error = new double[2];
    for (int i = 0; i < 2; i++) {
      double[] shape = LineDerivatives.of(toy.grid, lines, 4);
      LineFit fit = new LineFit(toy.grid, lines, shape, new double[toy.grid.windows().size()]);
      fit.fit(frame.flux(i), frame.variance(i), frame.wavelength(i), 0, 0, 1);
      error[i] =
          RobustStatistics.median(
              IntStream.range(0, fit.windows()).mapToDouble(fit::error).toArray());
    }
    assertThat(error[1] / error[0]).isBetween(0.8, 1.25);
  }
}
