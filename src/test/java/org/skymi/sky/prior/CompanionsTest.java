package org.skymi.sky.prior;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.math.BSpline;
import org.skymi.math.BandedNormal;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/** Four spectrographs see one sky, each a little differently, that no basis holds. */
class CompanionsTest {
  private static final SkyGrid GRID = SkyGrid.of(Instrument.LAMOST, Arm.BLUE, 6);
  private static final int SIZE = GRID.spline().size();
  private static final double NOISE = 6;
  private static final int PLATES = 10;
  private static final int SPECTROGRAPHS = 4;

  private final Random random = new Random(8);
  private final SkyPrior prior = learn();

  /** A sky: of two spectra, and 5 % of its own from coefficient to coefficient. */
  private double[] sky() {
    double moon = 0.2 + random.nextDouble();
    double[] sky = new double[SIZE];
    Arrays.setAll(
        sky,
        k ->
            (moon * (30 + 8 * Math.sin(k * 0.7)) + 50 + 0.1 * k)
                * (1 + 0.05 * random.nextGaussian()));
    return sky;
  }

  /** The same as a spectrograph sees it: another brightness, bluer or redder. */
  private double[] seen(double[] sky) {
    double bright = 0.8 + 0.4 * random.nextDouble();
    double colour = 0.02 * random.nextGaussian();
    double[] seen = new double[SIZE];
    Arrays.setAll(seen, k -> sky[k] * bright * (1 + colour * (2.0 * k / SIZE - 1)));
    return seen;
  }

  private SkyPrior learn() {
    List<double[]> masters = new ArrayList<>();
    List<double[]> variances = new ArrayList<>();
    int[] plates = new int[PLATES * SPECTROGRAPHS];
    for (int s = 0; s < plates.length; s++) {
      plates[s] = s / SPECTROGRAPHS;
    }
    for (int p = 0; p < PLATES; p++) {
      double[] sky = sky();
      for (int s = 0; s < SPECTROGRAPHS; s++) {
        double[] seen = seen(sky);
        Arrays.setAll(seen, k -> seen[k] + NOISE * random.nextGaussian());
        masters.add(seen);
        double[] variance = new double[SIZE];
        // Of values, which are means of coefficients.
        Arrays.fill(variance, NOISE * NOISE / 2);
        variances.add(variance);
      }
    }
    SkyPrior learnt = SkyPrior.learn(GRID, masters, variances, plates, 12);
    return learnt.with(Likeness.learn(learnt, GRID, masters, variances, plates));
  }

  private BandedNormal normal(double[] sky, double noise) {
    BandedNormal normal = new BandedNormal(SIZE);
    double[] b = new double[BSpline.ORDER];
    for (int k = 1; k + 2 < SIZE; k++) {
      double x = GRID.spline().centre(k);
      int first = GRID.spline().first(x);
      GRID.spline().values(x, first, b);
      normal.add(
          first,
          b,
          1 / (noise * noise),
          BSpline.dot(sky, first, b) + noise * random.nextGaussian());
    }
    return normal;
  }

  private List<BandedNormal> others(double[] sky, double noise) {
    List<BandedNormal> others = new ArrayList<>();
    for (int s = 1; s < SPECTROGRAPHS; s++) {
      others.add(normal(seen(sky), noise));
    }
    return others;
  }

  /** Of values, which noise is stated of. */
  private static double rms(double[] a, double[] b) {
    double[] off = new double[SIZE];
    Arrays.setAll(off, k -> a[k] - b[k]);
    double sum = 0;
    for (int k = 5; k < SIZE - 5; k++) {
      sum += Math.pow(BSpline.atCentre(off, k), 2);
    }
    return Math.sqrt(sum / (SIZE - 10));
  }

  @Test
  void anArchiveShowsHowAlikeTheyAre() {
    Likeness likeness = prior.likeness().orElseThrow();
    assertThat(likeness.slack()[SIZE / 2]).isLessThan(0.5 * prior.slack()[SIZE / 2]);
    assertThat(Arrays.stream(likeness.spread())).allMatch(s -> s >= 0 && s < 0.5);
  }

  @Test
  void othersTakeNoiseAwayFromWhatNoBasisHolds() {
    double alone = 0;
    double together = 0;
    for (int trial = 0; trial < 8; trial++) {
      double[] sky = sky();
      double[] own = seen(sky);
      BandedNormal normal = normal(own, NOISE);
      SkyBasis.Projection before = prior.fit(GRID, normal);
      SkyBasis.Projection after =
          Companions.of(prior, GRID, others(sky, NOISE))
              .orElseThrow()
              .fit(normal, before)
              .orElseThrow();
      alone += Math.pow(rms(before.coefficients(), own), 2);
      together += Math.pow(rms(after.coefficients(), own), 2);
      double stated = Arrays.stream(after.variance(), 5, SIZE - 5).average().orElseThrow();
      assertThat(Math.sqrt(stated))
          .isBetween(0.4 * rms(after.coefficients(), own), 2.5 * rms(after.coefficients(), own));
    }
    assertThat(Math.sqrt(together / alone)).isLessThan(0.8);
  }

  @Test
  void othersThatOwnFibresContradictAreNotBelieved() {
    double[] own = seen(sky());
    BandedNormal normal = normal(own, 0.1 * NOISE);
    double[] strange = own.clone();
    Arrays.setAll(strange, k -> own[k] * (1 + 0.5 * random.nextGaussian()));
    SkyBasis.Projection alone = prior.fit(GRID, normal);
    assertThat(
            Companions.of(prior, GRID, others(strange, 0.1 * NOISE))
                .orElseThrow()
                .fit(normal, alone))
        .isEmpty();
  }

  @Test
  void withoutOthersOrAnArchiveThatShowsThemNobodySaysAnything() {
    assertThat(Companions.of(prior, GRID, List.of())).isEmpty();
    assertThat(Companions.of(prior, GRID, List.of(new BandedNormal(SIZE)))).isEmpty();
    SkyPrior alone = prior.with(Optional.empty());
    assertThat(Companions.of(alone, GRID, others(sky(), NOISE))).isEmpty();
    int[] one = {0, 1};
    double[] variance = new double[SIZE];
    Arrays.fill(variance, 1);
    assertThat(Likeness.learn(prior, GRID, List.of(sky(), sky()), List.of(variance, variance), one))
        .isEmpty();
  }
}
