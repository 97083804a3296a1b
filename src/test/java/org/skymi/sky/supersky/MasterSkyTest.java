package org.skymi.sky.supersky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.ToyFrame;
import org.skymi.survey.Arm;
import org.skymi.survey.Frame;

class MasterSkyTest {
  private static final int FIBRES = 20;

  private static double[] errors(ToyFrame toy, CleanFrame frame, double[] gain, double[] previous) {
    MasterSky master =
        MasterSky.fit(frame, FibreCalibration.none(frame, new int[0]), toy.all(), gain, previous);
    double[] variance = master.variance();
    double[] off = new double[toy.grid.spline().size()];
    Arrays.fill(off, Double.NaN);
    for (int k = 0; k < off.length; k++) {
      double x = toy.grid.spline().centre(k);
      if (x > toy.low + 5 && x < toy.high - 5) {
        double found = toy.grid.spline().evaluate(master.coefficients, x);
        off[k] = (found - toy.sky(x)) / Math.sqrt(variance[k]);
      }
    }
    return off;
  }

  @Test
  void isTheSkyOfAllFibresWithinItsVariance() {
    ToyFrame toy = new ToyFrame(Arm.RED, FIBRES);
    double[] off = errors(toy, toy.clean(), toy.filled(1), null);
    assertThat(RobustStatistics.nmad(off)).isBetween(0.7, 1.2);
    assertThat(RobustStatistics.median(off)).isCloseTo(0, within(0.1));
  }

  @Test
  void gainsAreTakenOut() {
    ToyFrame toy = new ToyFrame(Arm.RED, FIBRES);
    for (int i = 0; i < FIBRES; i++) {
      toy.gain[i] = 0.8 + 0.02 * i;
    }
    double[] off = errors(toy, toy.clean(), toy.gain, null);
    assertThat(RobustStatistics.nmad(off)).isBetween(0.7, 1.2);
    assertThat(RobustStatistics.median(off)).isCloseTo(0, within(0.1));
  }

  @Test
  void gainIsFoundFromAllPixels() {
    ToyFrame toy = new ToyFrame(Arm.BLUE, FIBRES);
    toy.gain[7] = 0.9;
    CleanFrame frame = toy.clean();
    double gain =
        MasterSky.gainOf(frame, FibreCalibration.none(frame, new int[0]), 7, toy.coefficients());
    assertThat(gain).isCloseTo(0.9, within(0.005));
  }

  @Test
  void wildPixelsAreRejectedAgainstThePreviousMaster() {
    ToyFrame toy = new ToyFrame(Arm.RED, FIBRES);
    Frame frame = toy.frame();
    for (int p = 1000; p < 1030; p++) {
      frame.flux()[3][p] += 1000;
    }
    CleanFrame clean = CleanFrame.of(frame);
    MasterSky first =
        MasterSky.fit(
            clean, FibreCalibration.none(clean, new int[0]), toy.all(), toy.filled(1), null);
    MasterSky second =
        MasterSky.fit(
            clean,
            FibreCalibration.none(clean, new int[0]),
            toy.all(),
            toy.filled(1),
            toy.coefficients());
    double x = clean.wavelength(3)[1015];
    assertThat(toy.grid.spline().evaluate(first.coefficients, x) - toy.sky(x)).isGreaterThan(5);
    assertThat(toy.grid.spline().evaluate(second.coefficients, x))
        .isCloseTo(toy.sky(x), within(15.0));
  }

  /** A weight that follows each pixel's own noise would cost 1/7 electron here. */
  @Test
  void faintSkiesAreNotPulledDown() {
    ToyFrame toy = new ToyFrame(Arm.BLUE, FIBRES);
    toy.level = 8;
    toy.peak = 0;
    double sum = 0;
    int n = 0;
    for (toy.seed = 1; toy.seed <= 4; toy.seed++) {
      CleanFrame frame = toy.clean();
      MasterSky master =
          MasterSky.fit(
              frame, FibreCalibration.none(frame, new int[0]), toy.all(), toy.filled(1), null);
      for (int k = 90; k < toy.grid.spline().size() - 100; k++) {
        double x = toy.grid.spline().centre(k);
        if (toy.grid.windowAt(x) < 0) {
          sum += toy.grid.spline().evaluate(master.coefficients, x) - toy.sky(x);
          n++;
        }
      }
    }
    assertThat(sum / n).isCloseTo(0, within(0.08));
  }

  /** The stated error follows, so that what skies differ by beyond noise can be told. */
  @Test
  void noiseIsSmoothedOnlyWhereItRules() {
    ToyFrame toy = new ToyFrame(Arm.BLUE, FIBRES);
    toy.level = 8;
    CleanFrame faint = toy.clean();
    assertThat(RobustStatistics.nmad(errors(toy, faint, toy.filled(1), null)))
        .isCloseTo(1, within(0.1));
    assertThat(stated(toy, faint)).isCloseTo(1.6 / Math.PI, within(0.02));
    toy.level = 8000;
    assertThat(stated(toy, toy.clean())).isEqualTo(1);
  }

  /** Stated variance over that of a spline without smoothing, typical. */
  private static double stated(ToyFrame toy, CleanFrame frame) {
    FibreCalibration none = FibreCalibration.none(frame, new int[0]);
    MasterSky master = MasterSky.fit(frame, none, toy.all(), toy.filled(1), null);
    double[] variance = master.variance();
    return RobustStatistics.median(
        IntStream.range(90, variance.length - 100)
            .filter(k -> toy.grid.windowOf(k) < 0)
            .mapToDouble(k -> variance[k] * 2 * master.normal.diagonal(k))
            .toArray());
  }

  @Test
  void takingAFibreOutIsNeverHavingHadIt() {
    ToyFrame toy = new ToyFrame(Arm.RED, FIBRES);
    CleanFrame frame = toy.clean();
    FibreCalibration none = FibreCalibration.none(frame, new int[0]);
    double[] previous = toy.coefficients();
    int[] others = Arrays.stream(toy.all()).filter(i -> i != 2).toArray();
    MasterSky.Fit all = new MasterSky.Fit(frame, none, toy.all(), toy.filled(1), previous);
    MasterSky without = all.without(2);
    MasterSky never = MasterSky.fit(frame, none, others, toy.filled(1), previous);
    double most = 0;
    for (int k = 90; k < previous.length - 100; k++) {
      double off = Math.abs(without.coefficients[k] - never.coefficients[k]);
      most = Math.max(most, off / Math.max(1, previous[k]));
    }
    assertThat(most).isLessThan(1e-3);
    assertThat(without.coefficients).isNotEqualTo(all.master.coefficients);
  }

  @Test
  void withoutDataTheVarianceIsInfinite() {
    ToyFrame toy = new ToyFrame(Arm.BLUE, 8);
    toy.low = 5000;
    CleanFrame frame = toy.clean();
    MasterSky master =
        MasterSky.fit(
            frame, FibreCalibration.none(frame, new int[0]), toy.all(), toy.filled(1), null);
    int k = toy.grid.spline().nearest(4000);
    assertThat(master.variance()[k]).isInfinite();
    assertThat(master.coefficients[k]).isFinite();
  }
}
