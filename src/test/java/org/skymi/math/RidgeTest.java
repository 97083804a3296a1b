package org.skymi.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeTest {
  private static final int COLUMNS = 12;
  private final Random random = new Random(1);

  private double[][] rows(int count) {
    double[][] rows = new double[count][COLUMNS];
    for (double[] row : rows) {
      Arrays.setAll(row, c -> (c + 1) * (3 + random.nextGaussian()));
    }
    return rows;
  }

  /** Of scatter 1 by the second column, and noise. */
  private double[] told(double[][] rows, double noise) {
    return Arrays.stream(rows)
        .mapToDouble(row -> 7 + row[1] / 2 + noise * random.nextGaussian())
        .toArray();
  }

  @Test
  void whatIsLinearIsForetoldWhole() {
    double[][] x = rows(60);
    double[][] others = rows(30);
    assertThat(new Ridge(x, told(x, 0)).explained(others, told(others, 0))).isGreaterThan(0.999);
  }

  @Test
  void noiseIsNot() {
    double[][] x = rows(400);
    double[][] others = rows(400);
    Ridge ridge = new Ridge(x, told(x, 1));
    assertThat(ridge.explained(others, told(others, 1))).isCloseTo(0.5, within(0.1));
  }

  @Test
  void fewRowsThatTellNothingAreShrunkToTheirMean() {
    double[][] x = rows(40);
    double[][] others = rows(200);
    double[] y = Arrays.stream(x).mapToDouble(row -> random.nextGaussian()).toArray();
    double[] z = Arrays.stream(others).mapToDouble(row -> random.nextGaussian()).toArray();
    assertThat(new Ridge(x, y).explained(others, z)).isGreaterThan(-0.5);
  }
}
