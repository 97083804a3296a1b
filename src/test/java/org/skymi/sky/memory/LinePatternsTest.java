package org.skymi.sky.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

class LinePatternsTest {
  private static final SkyGrid GRID = SkyGrid.of(Instrument.LAMOST, Arm.RED, 2);
  private static final int SIZE = GRID.spline().size();
  private static final double NOISE = 0.001;

  /** Two patterns of ±0.01 in every window. */
  private static double pattern(int k, int knot) {
    int window = GRID.windowOf(knot);
    return window < 0 ? 0 : 0.01 * (k == 0 ? knot % 2 * 2 - 1 : knot / 2 % 2 * 2 - 1);
  }

  private static List<LinePatterns.Row> rows(int count, Random random) {
    List<LinePatterns.Row> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      double[] z = {random.nextGaussian(), 0.5 * random.nextGaussian()};
      float[] left = new float[SIZE];
      float[] variance = new float[SIZE];
      for (int k = 0; k < SIZE; k++) {
        boolean isLine = GRID.windowOf(k) >= 0;
        double noise = NOISE * random.nextGaussian();
        left[k] = isLine ? (float) (z[0] * pattern(0, k) + z[1] * pattern(1, k) + noise) : 0;
        variance[k] = isLine ? (float) (NOISE * NOISE) : Float.POSITIVE_INFINITY;
      }
      rows.add(new LinePatterns.Row(left, variance));
    }
    return rows;
  }

  /** What the best sum of learnt patterns leaves of a known one, as a share of it. */
  private static double unexplained(LinePatterns patterns, int k) {
    double[] lines = new double[SIZE];
    Arrays.fill(lines, 1);
    double[] light = LinePatterns.light(GRID, lines);
    double[][] own = patterns.of(GRID, lines);
    double all = 0;
    for (int j = 0; j < SIZE; j++) {
      double truth = GRID.windowOf(j) < 0 ? 0 : pattern(k, j) * light[GRID.windowOf(j)];
      all += truth * truth;
    }
    double left = all;
    for (double[] p : own) {
      double dot = 0;
      double square = 0;
      for (int j = 0; j < SIZE; j++) {
        double truth = GRID.windowOf(j) < 0 ? 0 : pattern(k, j) * light[GRID.windowOf(j)];
        dot += p[j] * truth;
        square += p[j] * p[j];
      }
      left -= square > 0 ? dot * dot / square : 0;
    }
    return left / all;
  }

  @Test
  void whatFibresHaveInCommonIsFound() {
    LinePatterns patterns = LinePatterns.learn(rows(80, new Random(1)));
    assertThat(unexplained(patterns, 0)).isCloseTo(0, within(0.15));
    assertThat(unexplained(patterns, 1)).isCloseTo(0, within(0.15));
    assertThat(LinePatterns.read(patterns.bytes(), SIZE).bytes()).isEqualTo(patterns.bytes());
  }

  @Test
  void noiseAloneHasNoPatterns() {
    List<LinePatterns.Row> rows = new ArrayList<>();
    Random random = new Random(2);
    for (int r = 0; r < 60; r++) {
      float[] left = new float[SIZE];
      float[] variance = new float[SIZE];
      Arrays.fill(variance, 1);
      for (int k = 0; k < SIZE; k++) {
        left[k] = (float) random.nextGaussian();
      }
      rows.add(new LinePatterns.Row(left, variance));
    }
    assertThat(LinePatterns.learn(rows).bytes()).isEmpty();
  }

  @Test
  void oneWildFibreDoesNotDecide() {
    List<LinePatterns.Row> rows = rows(80, new Random(1));
    float[] wild = rows.get(7).left();
    for (int k = 0; k < SIZE; k += 50) {
      wild[k] = GRID.windowOf(k) < 0 ? 0 : 1e6f;
    }
    LinePatterns patterns = LinePatterns.learn(rows);
    assertThat(unexplained(patterns, 0)).isCloseTo(0, within(0.2));
    assertThat(unexplained(patterns, 1)).isCloseTo(0, within(0.2));
  }

  @Test
  void fewFibresAndOtherGridsTeachNothing() {
    List<LinePatterns.Row> few = rows(23, new Random(3));
    assertThat(LinePatterns.learn(few).bytes()).isEmpty();
    List<LinePatterns.Row> mixed = rows(30, new Random(3));
    byte[] alone = LinePatterns.learn(mixed).bytes();
    mixed.add(new LinePatterns.Row(new float[10], new float[10]));
    assertThat(LinePatterns.learn(mixed).bytes()).isEqualTo(alone);
    SkyGrid coarse = SkyGrid.of(Instrument.LAMOST, Arm.RED, 4);
    double[][] own = LinePatterns.read(alone, SIZE).of(coarse, new double[coarse.spline().size()]);
    assertThat(Arrays.stream(own).flatMapToDouble(Arrays::stream)).containsOnly(0.0);
    assertThatThrownBy(() -> LinePatterns.read(alone, SIZE + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
