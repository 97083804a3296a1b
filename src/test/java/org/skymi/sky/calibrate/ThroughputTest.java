package org.skymi.sky.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyLines;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

class ThroughputTest {
  private static final Instrument.Span SPAN = Instrument.LAMOST.span();
  private static final List<LineWindow> WINDOWS = windows();

  private static List<LineWindow> windows() {
    List<LineWindow> both = new ArrayList<>(SkyLines.windows(Instrument.LAMOST.arm(Arm.BLUE)));
    both.addAll(SkyLines.windows(Instrument.LAMOST.arm(Arm.RED)));
    return both;
  }

  private static Throughput.Estimate fit(float[] amplitude, float[] error) {
    return Throughput.fit(SPAN, WINDOWS, amplitude, error, 0.012);
  }

  private static float[] errors(double error) {
    float[] errors = new float[WINDOWS.size()];
    Arrays.fill(errors, (float) error);
    return errors;
  }

  private static float[] amplitudes(double grey, double colour, double error) {
    Random random = new Random(4);
    float[] amplitudes = new float[WINDOWS.size()];
    for (int w = 0; w < amplitudes.length; w++) {
      double v = (WINDOWS.get(w).centre() - 6400) / 2700;
      amplitudes[w] = (float) (grey * (1 + colour * v) + error * random.nextGaussian());
    }
    return amplitudes;
  }

  @Test
  void greyAndColourAreFoundTogether() {
    Throughput.Estimate t = fit(amplitudes(0.9, 0.015, 0), errors(0.005));
    assertThat(t.grey()).isCloseTo(0.9, within(0.002));
    assertThat(t.colour()).isCloseTo(0.015, within(0.003));
    assertThat(t.at(3700)).isCloseTo(0.9 * (1 - 0.015), within(0.004));
    assertThat(t.at(9100)).isCloseTo(0.9 * (1 + 0.015), within(0.004));
  }

  @Test
  void errorsAreHonest() {
    double[] off = new double[40];
    for (int k = 0; k < off.length; k++) {
      Random random = new Random(k);
      float[] a = amplitudes(1.05, 0, 0);
      for (int w = 0; w < a.length; w++) {
        a[w] += (float) (0.05 * random.nextGaussian());
      }
      Throughput.Estimate t = fit(a, errors(0.05));
      off[k] = (t.grey() - 1.05) / t.greyError();
    }
    assertThat(RobustStatistics.nmad(off)).isBetween(0.6, 1.5);
    assertThat(RobustStatistics.median(off)).isBetween(-0.6, 0.6);
  }

  @Test
  void outliersAndUnknownWindowsDoNotPull() {
    float[] a = amplitudes(0.95, 0.01, 0.003);
    float[] e = errors(0.005);
    a[3] = 5;
    a[40] = -3;
    a[50] = 2;
    a[60] = Float.NaN;
    e[60] = Float.POSITIVE_INFINITY;
    Throughput.Estimate t = fit(a, e);
    assertThat(t.grey()).isCloseTo(0.95, within(0.005));
  }

  @Test
  void oneGoodLineGivesTheGreyPart() {
    float[] e = errors(Double.POSITIVE_INFINITY);
    float[] a = amplitudes(1, 0, 0);
    a[18] = 0.88f;
    e[18] = 0.01f;
    Throughput.Estimate t = fit(a, e);
    assertThat(t.at(WINDOWS.get(18).centre())).isCloseTo(0.88, within(0.001));
    assertThat(t.colour()).isCloseTo(0, within(0.002));
    assertThat(t.greyError()).isBetween(0.01, 0.02);
  }

  @Test
  void aSlopeIsNoOutlier() {
    Throughput.Estimate flat = fit(amplitudes(0.9, 0, 0), errors(0.001));
    Throughput.Estimate steep = fit(amplitudes(0.9, 0.12, 0), errors(0.001));
    assertThat(steep.colour()).isCloseTo(0.12, within(0.005));
    assertThat(steep.greyError()).isCloseTo(flat.greyError(), within(0.05 * flat.greyError()));
    assertThat(steep.colourError())
        .isCloseTo(flat.colourError(), within(0.05 * flat.colourError()));
  }

  @Test
  void colourAndItsErrorAreRelativeToTheGreyPart() {
    Throughput.Estimate whole = fit(amplitudes(1, 0, 0), errors(0.001));
    Throughput.Estimate half = fit(amplitudes(0.5, 0.08, 0), errors(0.001));
    assertThat(half.colour()).isCloseTo(0.08, within(0.005));
    assertThat(half.colourError()).isCloseTo(2 * whole.colourError(), within(0.0002));
    assertThat(half.greyError()).isCloseTo(whole.greyError(), within(0.0001));
    for (double wavelength : new double[] {3700, 5050, 6400, 7750}) {
      double v = (wavelength - 6400) / 2700;
      assertThat(half.at(wavelength)).isCloseTo(0.5 * (1 + 0.08 * v), within(0.002));
    }
  }

  @Test
  void aThirdOfTheWindowsMayBeWrong() {
    float[] a = amplitudes(0.95, 0.01, 0.003);
    for (int w = 0; w < a.length; w += 3) {
      a[w] += 0.5f;
    }
    Throughput.Estimate t = fit(a, errors(0.005));
    assertThat(t.grey()).isCloseTo(0.95, within(0.005));
    assertThat(t.colour()).isCloseTo(0.01, within(0.01));
  }
}
