package org.skymi.report.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;

/** The bootstrap over plates, on rows with known answers. */
class PlateBootstrapTest {
  private static final int ROWS = 400;
  private static final int TRIALS = 20;

  @Test
  void withAllPlatesOnceTheStatisticsAreTheOrdinaryOnes() {
    Random random = new Random(1);
    for (int n : new int[] {1, 2, 7, 100}) {
      double[] values = random.doubles(3L * n, -1, 3).map(v -> (float) v).toArray();
      List<PlateSample> plates = new ArrayList<>();
      for (int p = 0; p < 3; p++) {
        plates.add(PlateSample.of(floats(Arrays.copyOfRange(values, p * n, (p + 1) * n)), 1000));
      }
      PooledSample pooled = new PooledSample(plates);
      int[] once = {1, 1, 1};
      assertThat(pooled.median(once)).isCloseTo(RobustStatistics.median(values), within(1e-6));
      assertThat(pooled.nmad(once)).isCloseTo(RobustStatistics.nmad(values), within(1e-6));
    }
  }

  @Test
  void aPlateCountedTwiceIsThePlateAndItsCopy() {
    PlateSample a = PlateSample.of(new float[] {5, 1, 2}, 10);
    PlateSample b = PlateSample.of(new float[] {8, 3, Float.NaN}, 10);
    PooledSample pooled = new PooledSample(List.of(a, b));
    double[] expanded = {1, 1, 2, 2, 5, 5, 3, 8};
    assertThat(pooled.median(new int[] {2, 1})).isEqualTo(RobustStatistics.median(expanded));
    assertThat(pooled.nmad(new int[] {2, 1}))
        .isCloseTo(RobustStatistics.nmad(expanded), within(1e-9));
    assertThat(pooled.median(new int[] {0, 1})).isEqualTo(5.5);
    assertThat(pooled.median(new int[] {0, 0})).isNaN();
  }

  @Test
  void theLargestIsOfTheAbsoluteValue() {
    float[] values = floats(new Random(5).doubles(20_000, -1, 1).map(v -> v * v * v).toArray());
    PooledSample pooled = new PooledSample(List.of(PlateSample.of(values, 20_000)));
    assertThat(pooled.largest95(new int[] {1})).isCloseTo(Math.pow(0.95, 3), within(0.01));
    PlateSample few = PlateSample.of(new float[] {-9, 1, 2}, 10);
    assertThat(new PooledSample(List.of(few)).largest95(new int[] {1})).isEqualTo(9);
    assertThat(new PooledSample(List.of(few)).largest95(new int[] {0})).isNaN();
  }

  @Test
  void thinningKeepsTheDistribution() {
    float[] values = floats(new Random(2).doubles(50_000, 0, 10).toArray());
    PlateSample thinned = PlateSample.of(values, 100);
    assertThat(thinned.values()).hasSize(100);
    assertThat(thinned.fibres()).isEqualTo(50_000);
    PooledSample pooled = new PooledSample(List.of(thinned, PlateSample.of(values, 50_000)));
    assertThat(pooled.median(new int[] {1, 0}))
        .isCloseTo(pooled.median(new int[] {0, 1}), within(0.01));
    assertThat(pooled.nmad(new int[] {1, 0}))
        .isCloseTo(pooled.nmad(new int[] {0, 1}), within(0.04));
  }

  @Test
  void theIntervalOfAMedianHasTheWidthOfItsStandardError() {
    // Plates differ by 1 (standard deviation), fibres of a plate by nothing much.
    double error = 1.2533 / Math.sqrt(ROWS);
    double half68 = 0;
    double half95 = 0;
    Random random = new Random(3);
    for (int trial = 0; trial < TRIALS; trial++) {
      List<PlateSample> plates = new ArrayList<>();
      for (int p = 0; p < ROWS; p++) {
        float level = (float) random.nextGaussian();
        plates.add(PlateSample.of(new float[] {level, level + 1e-3f, level - 1e-3f}, 10));
      }
      Interval interval = interval(plates, 4);
      assertThat(interval.value()).isCloseTo(0, within(4 * error));
      half68 += (interval.high68() - interval.low68()) / 2 / TRIALS;
      half95 += (interval.high95() - interval.low95()) / 2 / TRIALS;
    }
    assertThat(half68).isCloseTo(error, within(0.2 * error));
    assertThat(half95).isCloseTo(1.96 * error, within(0.4 * error));
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    List<PlateSample> plates = new ArrayList<>();
    for (int p = 0; p < 8; p++) {
      plates.add(PlateSample.of(new float[] {p, 2 * p, p * p}, 10));
    }
    assertThat(interval(plates, 1)).isEqualTo(interval(plates, 1));
    assertThat(interval(plates, 1)).isNotEqualTo(interval(plates, 2));
  }

  @Test
  void fewPlatesHaveNoInterval() {
    PlateSample plate = PlateSample.of(new float[] {1, 2, 3}, 10);
    Interval few = interval(List.of(plate, plate, plate, plate), 1);
    assertThat(few.value()).isEqualTo(2);
    assertThat(few.isLimited()).isFalse();
    assertThat(few).hasToString("2.00");
    assertThat(interval(List.of(plate, plate, plate, plate, plate), 1).isLimited()).isTrue();
  }

  private static Interval interval(List<PlateSample> plates, long seed) {
    PlateBootstrap bootstrap = new PlateBootstrap(plates.size(), 2000, seed);
    return PlateBootstrap.interval(bootstrap.draw(new PooledSample(plates)::median));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
