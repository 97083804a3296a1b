package org.skymi.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class BSplineTest {
  private static final BSpline SPLINE = new BSpline(10, 20, 0.7);

  @Test
  void basisIsAPartitionOfUnity() {
    double[] b = new double[BSpline.ORDER];
    for (double x = 10; x <= 20; x += 0.013) {
      SPLINE.values(x, SPLINE.first(x), b);
      assertThat(b[0] + b[1] + b[2] + b[3]).isCloseTo(1, within(1e-14));
      assertThat(Arrays.stream(b)).allMatch(v -> v >= 0);
    }
  }

  @Test
  void cubicsAreInTheSpace() {
    DoubleUnaryOperator cubic = x -> 2 - x + 0.3 * x * x - 0.02 * x * x * x;
    BandedNormal normal = new BandedNormal(SPLINE.size());
    double[] b = new double[BSpline.ORDER];
    for (double x = 10; x <= 20.3; x += 0.05) {
      SPLINE.values(x, SPLINE.first(x), b);
      normal.add(SPLINE.first(x), b, 1, cubic.applyAsDouble(x));
    }
    double[] c = normal.solve();
    for (double x = 10; x <= 20; x += 0.031) {
      assertThat(SPLINE.evaluate(c, x)).isCloseTo(cubic.applyAsDouble(x), within(0.02));
    }
  }

  @Test
  void derivativesAreThoseOfTheValues() {
    Random random = new Random(1);
    double[] c = random.doubles(SPLINE.size(), -1, 1).toArray();
    double[] b = new double[BSpline.ORDER];
    double h = 1e-4;
    for (int k = 0; k < 200; k++) {
      double x = 10.01 + 9.98 * random.nextDouble();
      int first = SPLINE.first(x);
      SPLINE.slopes(x, first, b);
      double slope = (SPLINE.evaluate(c, x + h) - SPLINE.evaluate(c, x - h)) / (2 * h);
      assertThat(BSpline.dot(c, first, b)).isCloseTo(slope, within(1e-3));
      SPLINE.curvatures(x, first, b);
      double[] near = new double[BSpline.ORDER];
      SPLINE.slopes(x + h, SPLINE.first(x + h), near);
      double after = BSpline.dot(c, SPLINE.first(x + h), near);
      SPLINE.slopes(x - h, SPLINE.first(x - h), near);
      double before = BSpline.dot(c, SPLINE.first(x - h), near);
      assertThat(BSpline.dot(c, first, b)).isCloseTo((after - before) / (2 * h), within(5e-3));
    }
  }

  @Test
  void coefficientsHaveMostWeightAtTheirCentres() {
    double[] b = new double[BSpline.ORDER];
    for (int k = 1; k + 2 < SPLINE.size(); k++) {
      double x = SPLINE.centre(k);
      assertThat(SPLINE.nearest(x)).isEqualTo(k);
      SPLINE.values(x, SPLINE.first(x), b);
      assertThat(b[k - SPLINE.first(x)]).isCloseTo(2.0 / 3, within(1e-9));
    }
  }

  @Test
  void beyondItsEndsASplineIsConstant() {
    double[] c = new Random(2).doubles(SPLINE.size()).toArray();
    assertThat(SPLINE.evaluate(c, -5)).isEqualTo(SPLINE.evaluate(c, 10));
    double end = 10 + 0.7 * (SPLINE.size() - 3);
    assertThat(SPLINE.evaluate(c, 99)).isCloseTo(SPLINE.evaluate(c, end), within(1e-12));
  }
}
