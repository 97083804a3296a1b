package org.skymi.sky.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/** LAMOST's red arm, 5700 to 9100 Angstrom in pixels of 0.84, with 50 Angstrom at each end. */
class SkyGridTest {
  private static final SkyGrid RED = SkyGrid.of(Instrument.LAMOST, Arm.RED, 0.84);

  @Test
  void coordinatesRunOverTheWholeGrid() {
    assertThat(RED.u(5650)).isEqualTo(-1);
    assertThat(RED.u(7400)).isZero();
    assertThat(RED.u(9150)).isEqualTo(1);
    assertThat(RED.wavelength(-1)).isEqualTo(5650);
    assertThat(RED.wavelength(RED.u(6300))).isCloseTo(6300, within(1e-9));
    assertThat(RED.pivot()).isEqualTo(RED.u(7900));
    assertThat(RED.instrument()).isEqualTo(Instrument.LAMOST);
    for (double inside : new double[] {5650, 7000, 9150}) {
      assertThat(RED.covers(inside)).isTrue();
    }
    assertThat(RED.covers(5649.99)).isFalse();
    assertThat(RED.covers(9150.01)).isFalse();
  }

  @Test
  void binsAreTwelfths() {
    double width = 3500 / 12.0;
    for (int b = 0; b < 12; b++) {
      assertThat(RED.bin(5650 + (b + 0.01) * width)).isEqualTo(b);
      assertThat(RED.bin(5650 + (b + 0.99) * width)).isEqualTo(b);
    }
    assertThat(RED.bin(5600)).isZero();
    assertThat(RED.bin(9150)).isEqualTo(11);
  }

  @Test
  void knotsAreAsDenseAsPixelsInSteps() {
    assertThat(size(0.5)).isEqualTo(size(0.84)).isEqualTo(size(0.94));
    assertThat(size(0.95)).isEqualTo(size(1.05)).isLessThan(size(0.94));
    assertThat(size(1.06)).isLessThan(size(1.05));
    // Steps of eighths: 0.84 and 1.05 Angstrom, and an order more coefficients than intervals.
    assertThat(size(0.84)).isCloseTo((int) (3500 / 0.84) + 3, within(1));
    assertThat(size(1.05)).isCloseTo((int) (3500 / 1.05) + 3, within(1));
    assertThat(RED.sameAs(SkyGrid.of(Instrument.LAMOST, Arm.RED, 0.9))).isTrue();
    assertThat(RED.sameAs(SkyGrid.of(Instrument.LAMOST, Arm.RED, 1.0))).isFalse();
  }

  private static int size(double pixel) {
    return SkyGrid.of(Instrument.LAMOST, Arm.RED, pixel).spline().size();
  }

  @Test
  void coarsePixelsHaveWideWindowsOnly() {
    assertThat(RED.windows()).isEqualTo(SkyLines.windows(Instrument.LAMOST.arm(Arm.RED)));
    SkyGrid coarse = SkyGrid.of(Instrument.LAMOST, Arm.RED, 2.1);
    assertThat(coarse.windows())
        .isNotEmpty()
        .isEqualTo(
            SkyLines.windows(Instrument.LAMOST.arm(Arm.RED)).stream()
                .filter(w -> w.high() - w.low() >= 10.5)
                .toList());
  }

  @Test
  void linesReachAsFarAsTheirSplinesDo() {
    // The window of [O I] 6364; none from 6335 to it, and from it to 6463.
    LineWindow window = RED.windows().get(RED.windowAt(6363));
    assertThat(window.low()).isEqualTo(6355);
    assertThat(window.high()).isEqualTo(6371);
    assertThat(window.group()).isEqualTo(LineGroup.OI6300);
    assertThat(RED.windowOf(RED.spline().nearest(6356))).isEqualTo(RED.windowAt(6363));
    for (double wing : new double[] {6353.4, 6355, 6363, 6371, 6372.6}) {
      assertThat(RED.groupAt(wing)).as("%s", wing).isEqualTo(LineGroup.OI6300);
    }
    for (double beyond : new double[] {6351, 6375, 5650, 9150}) {
      assertThat(RED.windowAt(beyond)).isEqualTo(-1);
      assertThat(RED.groupAt(beyond)).as("%s", beyond).isNull();
    }
  }

  @Test
  void theContinuumBridgesWindows() {
    double[] sky = new double[RED.spline().size()];
    Arrays.setAll(sky, k -> RED.windowOf(k) < 0 ? 7 : 100 + k);
    assertThat(RED.continuum(sky)).containsOnly(7);

    int start = RED.spline().nearest(6355);
    int end = RED.spline().nearest(6371) + 1;
    assertThat(RED.windowOf(start - 1)).isEqualTo(-1);
    assertThat(RED.windowOf(end)).isEqualTo(-1);
    Arrays.setAll(sky, k -> k < start ? 2 : k < end ? 50 : 6);
    // Four coefficients on each side are averaged, no more.
    sky[start - 1] = 6;
    sky[start - 5] = 1000;
    double[] continuum = RED.continuum(sky);
    for (int k = start; k < end; k++) {
      assertThat(continuum[k])
          .isCloseTo(3 + 3.0 * (k - start + 1) / (end - start + 1), within(1e-12));
    }
    assertThat(continuum[start - 1]).isEqualTo(6);
    assertThat(continuum[end]).isEqualTo(6);
  }
}
