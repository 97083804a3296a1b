package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  private static final double[] LENGTHS = {0.2, 1};
  private static final double[][] PLACE = {{0, 0}, {0.1, 0}, {0.3, 0.2}, {0.5, 0.1}, {3, 3}};

  @Test
  void aFibresWeightsAreThoseOfAFieldWithoutIt() {
    float[] all = {1, 0.5f, 2, 1, 1};
    float[][] weights = Neighbours.weights(PLACE, all, LENGTHS);
    for (int i = 0; i < all.length; i++) {
      float[] others = all.clone();
      others[i] = 0;
      float[] expected = Neighbours.weights(PLACE, others, LENGTHS)[i];
      assertThat(weights[i]).containsExactly(expected, within(1e-6f));
      assertThat(weights[i][i]).isZero();
    }
  }

  @Test
  void aLoneNeighbourCountsByDistanceAndShare() {
    double[][] place = {{0, 0}, {0.3, 0.4}};
    double near = 0.12 * (Math.exp(-0.25 / 2 / 0.04) + Math.exp(-0.25 / 2));
    for (double share : new double[] {0.5, 1, 4}) {
      float expected = (float) (near / (2 * 0.12 + 1 / share));
      for (float own : new float[] {0, 1}) {
        float[] shares = {own, (float) share};
        assertThat(Neighbours.weights(place, shares, LENGTHS)[0][1])
            .isCloseTo(expected, within(1e-6f));
      }
    }
  }

  @Test
  void nearFibresCountMore() {
    float[] weights = Neighbours.weights(PLACE, new float[] {0, 1, 1, 1, 1}, LENGTHS)[0];
    assertThat(weights[1]).isGreaterThan(weights[2]);
    assertThat(weights[2]).isGreaterThan(weights[4]);
    assertThat(weights[4]).isCloseTo(0, within(0.01f));
  }

  @Test
  void nobodyTellsNothing() {
    assertThat(Neighbours.weights(PLACE, new float[5], LENGTHS)[2]).containsOnly(0f);
  }

  /** Places along a whole slit, where kernels have far fewer dimensions than fibres. */
  @Test
  void manyFibresWeightsAreThoseOfTheWholeMatrix() {
    int n = 120;
    double[][] place = new double[n][1];
    float[] share = new float[n];
    for (int i = 0; i < n; i++) {
      place[i][0] = 2.0 * i / (n - 1) - 1;
      share[i] = i % 7 == 0 ? 0 : 0.2f + (i * 37 % 11) / 5f;
    }
    float[][] weights = Neighbours.weights(place, share, LENGTHS);
    for (int i : new int[] {0, 1, 49, 60, n - 1}) {
      float[] expected = direct(place, share, i);
      for (int b = 0; b < n; b++) {
        assertThat(weights[i][b]).as("%d of %d", b, i).isCloseTo(expected[b], within(1e-6f));
      }
    }
  }

  /** Weights of the others for one fibre, from the inverse of all that tell but it. */
  private static float[] direct(double[][] place, float[] share, int fibre) {
    int[] tell = IntStream.range(0, share.length).filter(b -> b != fibre && share[b] > 0).toArray();
    SimpleMatrix all = new SimpleMatrix(tell.length, tell.length);
    SimpleMatrix near = new SimpleMatrix(tell.length, 1);
    for (int a = 0; a < tell.length; a++) {
      for (int b = 0; b < tell.length; b++) {
        double noise = a == b ? 1 / share[tell[a]] : 0;
        all.set(a, b, kernel(place[tell[a]][0] - place[tell[b]][0]) + noise);
      }
      near.set(a, 0, kernel(place[tell[a]][0] - place[fibre][0]));
    }
    SimpleMatrix solved = all.solve(near);
    float[] weights = new float[share.length];
    for (int a = 0; a < tell.length; a++) {
      weights[tell[a]] = (float) solved.get(a, 0);
    }
    return weights;
  }

  private static double kernel(double distance) {
    return DoubleStream.of(LENGTHS)
        .map(length -> 0.12 * Math.exp(-distance * distance / 2 / (length * length)))
        .sum();
  }
}
