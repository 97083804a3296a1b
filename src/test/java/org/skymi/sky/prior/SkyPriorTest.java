package org.skymi.sky.prior;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.math.BSpline;
import org.skymi.math.BandedNormal;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/** Skies made of two spectra, seen with noise. */
class SkyPriorTest {
  private static final SkyGrid GRID = SkyGrid.of(Instrument.LAMOST, Arm.BLUE, 6);
  private static final int SIZE = GRID.spline().size();
  private static final double NOISE = 5;
  private static final int PLATES = 12;

  private final Random random = new Random(3);
  private final SkyPrior prior = learn();

  private static double[] sky(double moon, double airglow) {
    double[] sky = new double[SIZE];
    Arrays.setAll(
        sky, k -> moon * (30 + 8 * Math.sin(k * 0.7)) + airglow * (20 + 0.1 * k + 5 * Math.cos(k)));
    return sky;
  }

  private double[] noisy(double[] sky, double noise) {
    return Arrays.stream(sky).map(s -> s + noise * random.nextGaussian()).toArray();
  }

  private SkyPrior learn() {
    List<double[]> masters = new ArrayList<>();
    List<double[]> variances = new ArrayList<>();
    int[] plates = new int[2 * PLATES];
    for (int s = 0; s < plates.length; s++) {
      plates[s] = s / 2;
      masters.add(noisy(sky(0.2 + 3 * random.nextDouble(), 1 + random.nextDouble()), NOISE));
      double[] variance = new double[SIZE];
      Arrays.fill(variance, NOISE * NOISE);
      variances.add(variance);
    }
    return SkyPrior.learn(GRID, masters, variances, plates, 12);
  }

  /** What a sky's fibres say: one measurement at every coefficient's centre. */
  private BandedNormal normal(double[] sky, double noise) {
    BandedNormal normal = new BandedNormal(SIZE);
    double[] b = new double[BSpline.ORDER];
    for (int k = 1; k + 2 < SIZE; k++) {
      for (double f : new double[] {0, 0.25, 0.5, 0.75}) {
        double x = GRID.spline().centre(k) + f * GRID.spline().step();
        int first = GRID.spline().first(x);
        GRID.spline().values(x, first, b);
        double y = BSpline.dot(sky, first, b) + noise * random.nextGaussian();
        normal.add(first, b, 1 / (noise * noise), y);
      }
    }
    return normal;
  }

  private static double rms(double[] a, double[] b) {
    double sum = 0;
    for (int k = 5; k < SIZE - 5; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return Math.sqrt(sum / (SIZE - 10));
  }

  @Test
  void takesNoiseAwayFromASkyOfTheKindItKnows() {
    double[] truth = sky(0.1, 1.3);
    BandedNormal normal = normal(truth, 2 * NOISE);
    double alone = rms(normal.solve(), truth);
    SkyBasis.Projection fit = prior.fit(GRID, normal);
    assertThat(rms(fit.coefficients(), truth)).isLessThan(0.35 * alone);
    assertThat(fit.variance()[SIZE / 2]).isBetween(0.0, NOISE * NOISE);
  }

  @Test
  void keepsWhatItNeverSawWhereTheFibresAreSureOfIt() {
    double[] truth = sky(1, 1);
    truth[SIZE / 2] += 60;
    BandedNormal normal = normal(truth, 0.02);
    double[] found = prior.fit(GRID, normal).coefficients();
    assertThat(rms(found, truth)).isLessThan(0.5);
    assertThat(found[SIZE / 2] - truth[SIZE / 2]).isBetween(-2.0, 2.0);
    double[] projected = prior.basis().project(normal);
    assertThat(Math.abs(projected[SIZE / 2] - truth[SIZE / 2])).isGreaterThan(40);
  }

  @Test
  void onePlateIsNoArchive() {
    List<double[]> one = List.of(sky(1, 1), sky(1, 1.1));
    double[] variance = new double[SIZE];
    Arrays.fill(variance, 1);
    SkyPrior weak = SkyPrior.learn(GRID, one, List.of(variance, variance), new int[] {0, 0}, 12);
    assertThat(weak.slack()).containsOnly(1);
  }
}
