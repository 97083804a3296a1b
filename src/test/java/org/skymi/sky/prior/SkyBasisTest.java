package org.skymi.sky.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.ToyFrame;
import org.skymi.sky.supersky.MasterSky;
import org.skymi.survey.Arm;

class SkyBasisTest {
  private static final ToyFrame TOY = new ToyFrame(Arm.BLUE, 20);
  private static final double SIGMA = 2;

  /** Skies of a continuum that changes level and slope, and lines that change as one. */
  private static double[] sky(Random random) {
    double[] sky = TOY.coefficients();
    double[] continuum = TOY.grid.continuum(sky);
    double level = 1 + 0.3 * random.nextGaussian();
    double slope = 0.3 * random.nextGaussian();
    double lines = Math.exp(0.4 * random.nextGaussian());
    double[] result = new double[sky.length];
    for (int k = 0; k < sky.length; k++) {
      double u = TOY.grid.u(TOY.grid.spline().centre(k));
      result[k] = continuum[k] * (level + slope * u) + lines * (sky[k] - continuum[k]);
    }
    return result;
  }

  private static SkyBasis learn(int n, boolean differ) {
    Random random = new Random(1);
    List<double[]> masters = new ArrayList<>();
    List<double[]> variances = new ArrayList<>();
    for (int s = 0; s < n; s++) {
      double[] sky = differ ? sky(random) : TOY.coefficients();
      Arrays.setAll(sky, k -> sky[k] + SIGMA * random.nextGaussian());
      double[] variance = new double[sky.length];
      Arrays.fill(variance, SIGMA * SIGMA);
      masters.add(sky);
      variances.add(variance);
    }
    return SkyBasis.learn(TOY.grid, masters, variances, 8, 0.003);
  }

  @Test
  void asManyComponentsAsSkiesDifferBy() {
    // Two of the continuum, one of the lines.
    assertThat(learn(30, true).components()).hasDimensions(3, TOY.grid.spline().size());
  }

  @Test
  void noiseAloneIsNoComponent() {
    assertThat(learn(30, false).components()).hasDimensions(2, TOY.grid.spline().size());
  }

  @Test
  void projectionKeepsTheSkyAndLosesNoise() {
    SkyBasis basis = learn(30, true);
    CleanFrame frame = TOY.clean();
    MasterSky master =
        MasterSky.fit(
            frame, FibreCalibration.none(frame, new int[0]), TOY.all(), TOY.filled(1), null);
    double[] projected = basis.project(master.normal);
    double[] rough = new double[TOY.grid.spline().size()];
    double[] found = rough.clone();
    double[] inErrors = rough.clone();
    Arrays.fill(rough, Double.NaN);
    Arrays.fill(found, Double.NaN);
    for (int k = 90; k < rough.length - 90; k++) {
      double x = TOY.grid.spline().centre(k);
      if (TOY.grid.groupAt(x) == null) {
        rough[k] = TOY.grid.spline().evaluate(master.coefficients, x) - TOY.sky(x);
        found[k] = TOY.grid.spline().evaluate(projected, x) - TOY.sky(x);
      }
    }
    assertThat(RobustStatistics.nmad(found)).isLessThan(0.4 * RobustStatistics.nmad(rough));
    assertThat(RobustStatistics.median(found)).isCloseTo(0, within(0.5));
  }

  @Test
  void aBasisIsItsComponents() {
    double[][] components = learn(10, true).components();
    assertThat(SkyBasis.of(components).components()).isEqualTo(components);
  }
}
