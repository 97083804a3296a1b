package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClubBoundTest {
  private static final int ROWS = 64;
  private static final int SIZE = 3;

  private static float[][] gaussian(long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[ROWS][SIZE];
    for (float[] row : rows) {
      for (int k = 0; k < SIZE; k++) {
        row[k] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  private static double fitted(float[][] x, float[][] y) {
    ClubBound club = new ClubBound(1, SIZE, SIZE);
    for (int k = 0; k < 400; k++) {
      club.fit(x, y);
    }
    double sum = 0;
    for (int seed = 0; seed < 20; seed++) {
      sum += club.of(x, y, new Random(seed)).value() / 20;
    }
    return sum;
  }

  @Test
  void tellsDependentFromIndependent() {
    float[][] x = gaussian(1);
    float[][] noise = gaussian(2);
    float[][] dependent = new float[ROWS][SIZE];
    for (int i = 0; i < ROWS; i++) {
      for (int k = 0; k < SIZE; k++) {
        dependent[i][k] = x[i][k] + 0.3f * noise[i][k];
      }
    }
    assertThat(fitted(x, dependent)).isGreaterThan(2 * Math.max(0.5, fitted(x, noise)));
  }

  @Test
  void slopeAgreesWithFiniteDifferences() {
    float[][] x = gaussian(1);
    float[][] y = gaussian(2);
    ClubBound club = new ClubBound(1, SIZE, SIZE);
    for (int k = 0; k < 50; k++) {
      club.fit(x, y);
    }
    float[][] slope = club.of(x, y, new Random(7)).slope();
    float step = 1e-2f;
    for (int i = 0; i < ROWS; i += 9) {
      for (int k = 0; k < SIZE; k++) {
        float at = y[i][k];
        y[i][k] = at + step;
        double more = club.of(x, y, new Random(7)).value();
        y[i][k] = at - step;
        double less = club.of(x, y, new Random(7)).value();
        y[i][k] = at;
        // The bound is quadratic in y, so central differences are exact but for rounding.
        assertThat((double) slope[i][k]).isCloseTo((more - less) / (2 * step), within(1e-3));
      }
    }
  }
}
