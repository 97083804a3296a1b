package org.skymi.sky.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.math.EvenBins;
import org.skymi.math.NormalEquations;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

class PatternsTest {
  private static final SkyGrid GRID = SkyGrid.of(Instrument.LAMOST, Arm.RED, 2);
  private static final int SIZE = GRID.spline().size();
  private static final int BINS = Patterns.bins(SIZE);
  private static final double NOISE = 0.001;
  private static final double FRINGE_NOISE = 0.005;

  /** Two patterns of ±0.01 in every window. */
  private static double pattern(int k, int knot) {
    int window = GRID.windowOf(knot);
    return window < 0 ? 0 : 0.01 * (k == 0 ? knot % 2 * 2 - 1 : knot / 2 % 2 * 2 - 1);
  }

  private static List<Patterns.Row> rows(int count, Random random) {
    List<Patterns.Row> rows = new ArrayList<>();
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
      rows.add(new Patterns.Row(new Patterns.Part(left, variance), fringe(random)));
    }
    return rows;
  }

  /** Fringes of two phases beyond the grid's middle, of 1 %. */
  private static double fringe(int k, int bin) {
    return bin < BINS / 2 ? 0 : 0.01 * (k == 0 ? Math.cos(bin) : Math.sin(bin));
  }

  private static Patterns.Part fringe(Random random) {
    double phase = 2 * Math.PI * random.nextDouble();
    float[] left = new float[BINS];
    float[] variance = new float[BINS];
    Arrays.fill(variance, (float) (FRINGE_NOISE * FRINGE_NOISE));
    for (int bin = 0; bin < BINS; bin++) {
      double all = Math.cos(phase) * fringe(0, bin) + Math.sin(phase) * fringe(1, bin);
      left[bin] = (float) (all + FRINGE_NOISE * random.nextGaussian());
    }
    return new Patterns.Part(left, variance);
  }

  /** What the best sum of learnt patterns leaves of a known one, as a share of it. */
  private static double unexplained(Patterns patterns, int k) {
    double[] lines = new double[SIZE];
    Arrays.fill(lines, 1);
    double[] light = Patterns.light(GRID, lines);
    double[][] own = patterns.ofLines(GRID, lines);
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
    Patterns patterns = Patterns.learn(rows(80, new Random(1)));
    assertThat(unexplained(patterns, 0)).isCloseTo(0, within(0.15));
    assertThat(unexplained(patterns, 1)).isCloseTo(0, within(0.15));
    assertThat(Patterns.read(patterns.bytes(), SIZE).bytes()).isEqualTo(patterns.bytes());
  }

  @Test
  void fringesOfAnyPhaseAreTwoPatterns() {
    Patterns patterns = Patterns.learn(rows(80, new Random(1)));
    double[][] own = patterns.ofTransmission(GRID);
    for (int k = 0; k < 2; k++) {
      double[] truth = new double[SIZE];
      double[] left = new double[SIZE];
      for (int j = 0; j < SIZE; j++) {
        double place = EvenBins.place(GRID.u(GRID.spline().centre(j)), BINS);
        truth[j] = fringe(k, (int) Math.round(place));
        left[j] = truth[j];
      }
      NormalEquations equations = NormalEquations.of(own, ones(), truth);
      double[] z = equations.solve().mean();
      for (int j = 0; j < SIZE; j++) {
        left[j] -= z[0] * own[0][j] + z[1] * own[1][j];
      }
      // Steps of bins, where the patterns are straight from middle to middle, leave some of it.
      assertThat(square(left, 0, SIZE) / square(truth, 0, SIZE)).isLessThan(0.12);
    }
    // Where there are no fringes, their noise does not come in.
    for (double[] pattern : own) {
      int quiet = SIZE / 2 - SIZE / 20;
      assertThat(square(pattern, 0, quiet)).isLessThan(0.01 * square(pattern, 0, SIZE));
    }
  }

  private static double[] ones() {
    double[] ones = new double[SIZE];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double square(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).map(v -> v * v).sum();
  }

  @Test
  void noiseAloneHasNoPatterns() {
    List<Patterns.Row> rows = new ArrayList<>();
    Random random = new Random(2);
    for (int r = 0; r < 60; r++) {
      rows.add(new Patterns.Row(noise(SIZE, random), noise(BINS, random)));
    }
    assertThat(Patterns.learn(rows).bytes()).isEqualTo(Patterns.NONE.bytes());
  }

  private static Patterns.Part noise(int size, Random random) {
    float[] left = new float[size];
    float[] variance = new float[size];
    Arrays.fill(variance, 1);
    for (int k = 0; k < size; k++) {
      left[k] = (float) random.nextGaussian();
    }
    return new Patterns.Part(left, variance);
  }

  @Test
  void oneWildFibreDoesNotDecide() {
    List<Patterns.Row> rows = rows(80, new Random(1));
    float[] wild = rows.get(7).lines().left();
    for (int k = 0; k < SIZE; k += 50) {
      wild[k] = GRID.windowOf(k) < 0 ? 0 : 1e6f;
    }
    Patterns patterns = Patterns.learn(rows);
    assertThat(unexplained(patterns, 0)).isCloseTo(0, within(0.2));
    assertThat(unexplained(patterns, 1)).isCloseTo(0, within(0.2));
  }

  @Test
  void fewFibresAndOtherGridsTeachNothing() {
    List<Patterns.Row> few = rows(23, new Random(3));
    assertThat(Patterns.learn(few)).isSameAs(Patterns.NONE);
    List<Patterns.Row> mixed = rows(30, new Random(3));
    byte[] alone = Patterns.learn(mixed).bytes();
    mixed.add(new Patterns.Row(noise(10, new Random(4)), noise(2, new Random(4))));
    assertThat(Patterns.learn(mixed).bytes()).isEqualTo(alone);
    SkyGrid coarse = SkyGrid.of(Instrument.LAMOST, Arm.RED, 4);
    double[][] own = Patterns.read(alone, SIZE).ofLines(coarse, new double[coarse.spline().size()]);
    assertThat(Arrays.stream(own).flatMapToDouble(Arrays::stream)).containsOnly(0.0);
    double[][] fringes = Patterns.read(alone, SIZE).ofTransmission(coarse);
    assertThat(Arrays.stream(fringes).flatMapToDouble(Arrays::stream)).containsOnly(0.0);
    assertThatThrownBy(() -> Patterns.read(alone, SIZE + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
