package org.skymi.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class BandedNormalTest {
  private static final int N = 30;

  private static SimpleMatrix fill(BandedNormal banded, SimpleMatrix rhs, long seed) {
    Random random = new Random(seed);
    SimpleMatrix dense = new SimpleMatrix(N, N);
    for (int m = 0; m < 400; m++) {
      int first = random.nextInt(N - BSpline.ORDER + 1);
      double[] b = random.doubles(BSpline.ORDER, -1, 1).toArray();
      double w = 0.1 + random.nextDouble();
      double y = random.nextGaussian();
      banded.add(first, b, w, y);
      for (int i = 0; i < b.length; i++) {
        rhs.set(first + i, 0, rhs.get(first + i, 0) + w * b[i] * y);
        for (int j = 0; j < b.length; j++) {
          dense.set(first + i, first + j, dense.get(first + i, first + j) + w * b[i] * b[j]);
        }
      }
    }
    return dense;
  }

  @Test
  void solvesWhatADenseSolverSolves() {
    BandedNormal banded = new BandedNormal(N);
    SimpleMatrix rhs = new SimpleMatrix(N, 1);
    SimpleMatrix expected = fill(banded, rhs, 3).solve(rhs);
    double[] found = banded.solve();
    for (int k = 0; k < N; k++) {
      assertThat(found[k]).isCloseTo(expected.get(k, 0), within(1e-3));
      assertThat(banded.rightHandSide()[k]).isCloseTo(rhs.get(k, 0), within(1e-12));
    }
  }

  @Test
  void whatIsAddedCanBeTakenBack() {
    BandedNormal one = new BandedNormal(N);
    SimpleMatrix rhs = new SimpleMatrix(N, 1);
    SimpleMatrix dense = fill(one, rhs, 6);
    BandedNormal other = new BandedNormal(N);
    fill(other, new SimpleMatrix(N, 1), 7);
    other.add(one, 1);
    BandedNormal both = other.copy();
    both.add(one, 1);
    other.add(one, -2);
    both.add(other, -1);
    // 3 times the one is left.
    for (int k = 0; k < N; k++) {
      assertThat(both.diagonal(k)).isCloseTo(3 * dense.get(k, k), within(1e-10));
      assertThat(both.rightHandSide()[k]).isCloseTo(3 * rhs.get(k, 0), within(1e-10));
    }
    assertThat(both.solve()[4]).isCloseTo(one.solve()[4], within(1e-8));
  }

  @Test
  void multipliesAsTheDenseMatrix() {
    BandedNormal banded = new BandedNormal(N);
    SimpleMatrix dense = fill(banded, new SimpleMatrix(N, 1), 4);
    double[] x = new Random(5).doubles(N).toArray();
    SimpleMatrix expected = dense.mult(new SimpleMatrix(N, 1, true, x));
    for (int k = 0; k < N; k++) {
      assertThat(banded.times(x)[k]).isCloseTo(expected.get(k, 0), within(1e-10));
    }
  }

  @Test
  void gapsAreBridgedFromTheirEdges() {
    BSpline spline = new BSpline(0, 50, 1);
    BandedNormal normal = new BandedNormal(spline.size());
    double[] b = new double[BSpline.ORDER];
    for (double x = 0; x < 50; x += 0.2) {
      if (x < 20 || x > 32) {
        spline.values(x, spline.first(x), b);
        normal.add(spline.first(x), b, 3, x < 20 ? 10 : 20);
      }
    }
    double[] c = normal.solve();
    assertThat(Arrays.stream(c)).allMatch(v -> v > 9 && v < 21);
    double before = c[spline.nearest(21)];
    for (int k = spline.nearest(22); k <= spline.nearest(30); k++) {
      assertThat(c[k]).isGreaterThanOrEqualTo(before - 1e-6);
      before = c[k];
    }
    assertThat(spline.evaluate(c, 5)).isCloseTo(10, within(1e-3));
  }

  @Test
  void equationsWithoutDataAreSolvedByZero() {
    assertThat(new BandedNormal(N).solve()).containsOnly(0);
  }

  @Test
  void smoothingSparesParabolas() {
    BSpline spline = new BSpline(0, 20, 1);
    BandedNormal normal = new BandedNormal(spline.size());
    double[] b = new double[BSpline.ORDER];
    for (double x = 0; x < 20; x += 0.1) {
      spline.values(x, spline.first(x), b);
      normal.add(spline.first(x), b, 1, 1 + x - 0.2 * x * x);
    }
    BandedNormal smooth = normal.copy();
    double[] strength = new double[spline.size()];
    Arrays.fill(strength, 1000);
    smooth.addSmoothing(strength);
    double[] rough = normal.solve();
    double[] found = smooth.solve();
    for (int k = 0; k < found.length; k++) {
      assertThat(found[k]).isCloseTo(rough[k], within(0.3));
    }
  }

  @Test
  void smoothingTakesWigglesAway() {
    BandedNormal normal = new BandedNormal(N);
    for (int k = 0; k < N - 3; k++) {
      normal.add(k, new double[] {1, 0, 0, 0}, 1, k % 2);
    }
    double[] strength = new double[N];
    Arrays.fill(strength, 100);
    normal.addSmoothing(strength);
    double[] found = normal.solve();
    for (int k = 5; k < N - 8; k++) {
      assertThat(found[k]).isCloseTo(0.5, within(0.1));
    }
  }

  /** A prior far stronger than the data somewhere must not smooth what is seen elsewhere. */
  @Test
  void aStrongPriorIsNotTakenForGapsToBridge() {
    int n = 60;
    BandedNormal normal = new BandedNormal(n);
    double[] b = {0, 1, 0, 0};
    for (int k = 0; k + 4 <= n; k++) {
      normal.add(k, b, 1, k % 2 == 0 ? 100 : -100);
    }
    double[] prior = new double[n];
    Arrays.fill(prior, 1e-6);
    prior[0] = 1e8;
    normal.addDiagonal(prior);
    double[] found = normal.solve();
    assertThat(found[31]).isCloseTo(100, within(0.01));
    assertThat(found[32]).isCloseTo(-100, within(0.01));
  }
}
