package org.skymi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.release.ResidualComparison.Foretold;
import org.skymi.release.ResidualComparison.Way;
import org.skymi.survey.ReleaseSpectrum;

/** Memory and networks of what is left of the sky: they gain, and eat no stars. */
class ResidualComparisonTest {
  private static final int EPOCHS = 2;
  private static final List<ReleaseSpectrum> OWN = ReleasedSet.of(30, 0.04, 1);
  private static final List<ReleaseSpectrum> OTHER = ReleasedSet.of(2, 20, 0.04, 1);
  private static final Foretold AS_IS = foretell(OWN);

  private static Foretold foretell(List<ReleaseSpectrum> own) {
    return new ResidualComparison(List.of(own, OTHER), EPOCHS, 1).foretell(0, 0);
  }

  private static List<ReleaseSpectrum> with(int spectrum, float[] added) {
    List<ReleaseSpectrum> spectra = new ArrayList<>(OWN);
    spectra.set(spectrum, InjectedFeature.with(OWN.get(spectrum), added));
    return spectra;
  }

  @Test
  void everyWayLeavesLessThanWasReleased() {
    ResidualComparison.Judged judged =
        new ResidualComparison(List.of(OWN, OTHER), EPOCHS, 1).judge(0);
    assertThat(judged.alone().corrected()).isGreaterThan(10);
    assertThat(judged.alone().after()).isLessThan(judged.alone().before());
    assertThat(judged.leaks()).hasSize(3);
    for (ResidualComparison.Leak leak : judged.leaks()) {
      for (Way way : List.of(Way.COMPONENTS, Way.MEMORY, Way.NETWORKS)) {
        assertThat(leak.median()[way.ordinal()]).as(leak.kind()).isLessThan(1);
        assertThat(leak.most()[way.ordinal()]).as(leak.kind()).isLessThan(3);
      }
    }
    for (ResidualComparison.Score score : judged.scores()) {
      if (score.group().equals("OH")) {
        for (Way way : List.of(Way.COMPONENTS, Way.MEMORY, Way.NETWORKS)) {
          assertThat(score.rms()[way.ordinal()])
              .as(way.title())
              .isLessThan(0.82 * score.rms()[Way.RELEASED.ordinal()]);
          assertThat(score.better()[way.ordinal()]).isGreaterThan(80);
        }
      }
    }
  }

  /** Lines of all brightness, in windows with and without a model of stars. */
  @Test
  void linesOfStarsAreNoSky() {
    double[] lines = {3934.8, 4102.9, 4358.3, 5579, 5891.6, 6302, 7667, 7701.1, 8500.4, 8809.2};
    List<Double> leaks = new ArrayList<>();
    List<ReleaseSpectrum> spectra = new ArrayList<>(OWN);
    List<float[]> added = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      double centre = lines[i];
      DoubleUnaryOperator line = x -> -0.3 * Math.exp(-Math.pow((x - centre) / 1.8, 2) / 2);
      added.add(InjectedFeature.added(OWN.get(i), line));
      spectra.set(i, InjectedFeature.with(OWN.get(i), added.get(i)));
    }
    Foretold with = foretell(spectra);
    for (int i = 0; i < lines.length; i++) {
      GriddedSpectrum s = new GriddedSpectrum(OWN.get(i));
      for (Way way : List.of(Way.MEMORY, Way.NETWORKS)) {
        double swallowed = 0;
        double whole = 0;
        for (int k = 0; k < TopocentricGrid.SIZE; k++) {
          double o = s.knows(k) ? added.get(i)[s.pixel(k)] : 0;
          int w = way.ordinal();
          swallowed += o * (with.skies()[w][i][k] - AS_IS.skies()[w][i][k]);
          whole += o * o;
        }
        leaks.add(100 * Math.abs(swallowed) / whole);
      }
    }
    double[] all = leaks.stream().mapToDouble(Double::doubleValue).toArray();
    assertThat(RobustStatistics.median(all)).isLessThan(1);
    assertThat(RobustStatistics.percentile(all, 95)).isLessThan(3);
  }

  @Test
  void whatIsHeldOutTeachesNothing() {
    float[] added = new float[OWN.get(3).pixelCount()];
    Arrays.fill(added, 1000, 3000, 500);
    ResidualSet set = new ResidualSet(OWN, 1);
    Foretold with = foretell(with(3, added));
    int fold = 0;
    while (!set.isHeld(3, fold)) {
      fold++;
    }
    for (int i = 0; i < OWN.size(); i++) {
      for (Way way : Way.values()) {
        double[] before = AS_IS.skies()[way.ordinal()][i];
        double[] after = with.skies()[way.ordinal()][i];
        if (i != 3 && set.isHeld(i, fold)) {
          assertThat(after).as("%s %d", way, i).isEqualTo(before);
        } else if (way == Way.NETWORKS) {
          assertThat(after).as("%s %d", way, i).isNotEqualTo(before);
        }
      }
    }
  }
}
