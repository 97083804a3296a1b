package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
}
