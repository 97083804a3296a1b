package org.skymi.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;

/** The sizes of docs/method.md, section 1. */
class SimulatedSkyTest {
  private static final PlateDesign FULL = PlateDesign.ideal("TEST", 58000, 3);

  @Test
  void aMoonlessSkyHasTheKnownLevels() {
    PlateDesign typical = FULL.withFibres(20);
    double[] levels = new double[4];
    int seeds = 7;
    for (int seed = 0; seed < seeds; seed++) {
      PlateDesign design = PlateDesign.ideal("TEST", 58000, seed).withFibres(typical.fibres());
      SimulatedFrame blue = PlateSimulatorTest.first(design, Arm.BLUE);
      SimulatedFrame red = PlateSimulatorTest.first(design, Arm.RED);
      levels[0] += sky(blue, 3800, 20) / seeds;
      levels[1] += sky(blue, 5000, 20) / seeds;
      levels[2] += sky(red, 7500, 20) / seeds;
      levels[3] += peak(blue, 5578.9) / seeds;
    }
    assertThat(levels[0]).isCloseTo(8, within(2.0));
    assertThat(levels[1]).isCloseTo(80, within(12.0));
    assertThat(levels[2]).isCloseTo(200, within(40.0));
    assertThat(levels[3]).isCloseTo(4000, within(1000.0));
  }

  @Test
  void moonlightIsBluestAndBrightest() {
    PlateDesign few = FULL.withFibres(10);
    double[] dark = levels(few);
    double[] grey = levels(few.withMoon(Moon.GREY));
    double[] bright = levels(few.withMoon(Moon.BRIGHT));
    for (int k = 0; k < dark.length; k++) {
      assertThat(grey[k]).isGreaterThan(1.02 * dark[k]);
      assertThat(bright[k]).isGreaterThan(1.5 * grey[k]);
    }
    assertThat(bright[0] / dark[0]).isGreaterThan(2 * bright[1] / dark[1]);
  }

  @Test
  void exposureTimeScalesTheSky() {
    PlateDesign few = FULL.withFibres(10);
    double full = sky(PlateSimulatorTest.first(few, Arm.BLUE), 5000, 20);
    double third = sky(PlateSimulatorTest.first(few.withExposureTime(600), Arm.BLUE), 5000, 20);
    assertThat(third).isCloseTo(full / 3, within(1e-4 * full));
  }

  @Test
  void fibresDifferAsMuchAsLamosts() {
    double[] grey = new double[16 * 250];
    double[] colour = new double[16 * 250];
    double[] shift = new double[16 * 250];
    double[] width = new double[16 * 250];
    for (int s = 1; s <= 16; s++) {
      Spectrograph blue = Spectrograph.of(FULL, s, 0, Arm.BLUE);
      Spectrograph red = Spectrograph.of(FULL, s, 0, Arm.RED);
      Spectrograph later = Spectrograph.of(FULL, s, 1, Arm.BLUE);
      for (int i = 0; i < 250; i++) {
        int k = 250 * (s - 1) + i;
        grey[k] = blue.throughput()[i];
        colour[k] = blue.colour()[i];
        shift[k] = blue.shift()[i];
        width[k] = blue.width()[i] / 2.8;
        assertThat(red.colour()[i]).isEqualTo(blue.colour()[i]);
        assertThat(red.throughput()[i] / blue.throughput()[i]).isCloseTo(1, within(0.03));
        assertThat(later.throughput()[i] / blue.throughput()[i]).isCloseTo(1, within(0.02));
        assertThat(later.shift()[i]).isCloseTo(blue.shift()[i], within(0.02));
      }
    }
    assertThat(deviation(grey)).isBetween(0.035, 0.047);
    assertThat(deviation(colour)).isBetween(0.009, 0.011);
    assertThat(deviation(shift)).isBetween(0.03, 0.1);
    assertThat(deviation(width)).isBetween(0.05, 0.1);
  }

  @Test
  void linesStandAtTrueWavelengthPlusShift() {
    PlateDesign design = FULL.withFibres(12).without(Effect.NOISE);
    SimulatedFrame blue = PlateSimulatorTest.first(design, Arm.BLUE);
    double along = 2 * (5578.9 - 4800) / 2220; // of the arm, -1 to 1
    for (int i = 0; i < 12; i++) {
      double expected =
          5578.9 + blue.truth().shift()[i] + 0.5 * blue.truth().shiftSlope()[i] * along;
      assertThat(centroid(blue, i, 5578.9)).isCloseTo(expected, within(0.03));
    }
  }

  @Test
  void lineSpreadIsAsWideAsSaid() {
    double[] line = new double[FineGrid.SIZE];
    FineGrid.addLine(line, 5000.1, 1000);
    double[] edges = new double[101];
    double[] sigma = new double[101];
    Arrays.setAll(edges, e -> 4975 + 0.5 * e);
    Arrays.fill(sigma, 1.2);
    double[] light = LineSpread.record(new double[][] {line}, edges, new GaussianProfile(sigma))[0];
    double sum = 0;
    double mean = 0;
    double square = 0;
    for (int p = 0; p < 100; p++) {
      double u = 4975.25 + 0.5 * p - 5000.1;
      sum += light[p];
      mean += light[p] * u;
      square += light[p] * u * u;
    }
    assertThat(sum).isCloseTo(1000, within(0.01));
    assertThat(mean / sum).isCloseTo(0, within(1e-3));
    // The pixel adds w^2/12, the fine grid at most a quarter of its step squared.
    assertThat(square / sum).isBetween(1.44 + 0.25 / 12 - 0.001, 1.44 + 0.25 / 12 + 0.0226);
  }

  private static double[] levels(PlateDesign design) {
    return new double[] {
      sky(PlateSimulatorTest.first(design, Arm.BLUE), 4200, 20),
      sky(PlateSimulatorTest.first(design, Arm.RED), 8500, 20)
    };
  }

  /** Median of the sky of live fibres within some Angstrom of a wavelength, electron per pixel. */
  static double sky(SimulatedFrame f, double wavelength, double reach) {
    double[] values = new double[f.frame().fibreCount() * f.frame().pixelCount()];
    int n = 0;
    for (int i = 0; i < f.frame().fibreCount(); i++) {
      if (f.frame().fibres().type()[i] != FibreType.DEAD) {
        for (int p = 0; p < f.frame().pixelCount(); p++) {
          if (Math.abs(f.frame().wavelength()[i][p] - wavelength) < reach) {
            values[n++] = f.truthSky()[i][p];
          }
        }
      }
    }
    double[] used = Arrays.copyOf(values, n);
    Arrays.sort(used);
    return used[n / 2];
  }

  private static double peak(SimulatedFrame f, double wavelength) {
    double peak = 0;
    for (int p = 0; p < f.frame().pixelCount(); p++) {
      if (Math.abs(f.frame().wavelength()[0][p] - wavelength) < 5) {
        peak = Math.max(peak, f.truthSky()[0][p]);
      }
    }
    return peak;
  }

  private static double centroid(SimulatedFrame f, int fibre, double wavelength) {
    double sum = 0;
    double moment = 0;
    for (int p = 0; p < f.frame().pixelCount(); p++) {
      double w = f.frame().wavelength()[fibre][p];
      if (Math.abs(w - wavelength) < 4.5) {
        double light = f.truthSky()[fibre][p] - sky(f, wavelength + 20, 8);
        sum += light;
        moment += light * w;
      }
    }
    return moment / sum;
  }

  private static double deviation(double[] v) {
    double mean = Arrays.stream(v).average().orElseThrow();
    return Math.sqrt(Arrays.stream(v).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
  }
}
