package org.skymi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.smi.ReductionOptions;
import org.skymi.survey.ReleaseSpectrum;

class ReleaseReductionTest {
  private static final double LEFT = 0.04;

  private static final List<ReleaseSpectrum> SPECTRA = ReleasedSet.of(50, LEFT, 1);
  private static final ReleaseReduction.Result REDUCED = reduce(SPECTRA);

  private static ReleaseReduction.Result reduce(List<ReleaseSpectrum> spectra) {
    return new ReleaseReduction(ReductionOptions.defaults()).reduce(spectra, List.of());
  }

  private static float[] sky(ReleaseReduction.Result result, int i) {
    return result.fibres().get(i).skies().get(Method.MEMORY).sky();
  }

  private static double median(List<FibreResult> fibres, Metric metric, Method method) {
    return RobustStatistics.median(
        fibres.stream()
            .mapToDouble(f -> f.skies().get(method).statistics().value(metric))
            .toArray());
  }

  @Test
  void residualSkyOfOtherFibresIsTakenAway() {
    var result = REDUCED;
    double before = median(result.fibres(), Metric.POISSON_RATIO, Method.SUPER);
    assertThat(before).isGreaterThan(1.6);
    assertThat(median(result.fibres(), Metric.POISSON_RATIO, Method.MEMORY))
        .isLessThan(1 + 0.4 * (before - 1));
    assertThat(result.fibres()).noneMatch(FibreResult::fallsBack);
    assertThat(result.training().get(0).accepted()).isTrue();
    // Forty teach each fold's model, six to a component.
    assertThat(result.training()).allMatch(step -> step.iterations() == 6);
  }

  @Test
  void theStatedErrorOfTheCorrectionIsItsError() {
    List<ReleaseSpectrum> clean = ReleasedSet.of(50, 0, 1);
    List<Double> chi = new ArrayList<>();
    for (int i = 0; i < SPECTRA.size(); i++) {
      SkyEstimate estimate = REDUCED.fibres().get(i).skies().get(Method.MEMORY);
      for (int p = 0; p < estimate.sky().length; p++) {
        if (estimate.ivar()[p] > 0) {
          double truth = SPECTRA.get(i).flux()[p] - clean.get(i).flux()[p];
          chi.add((estimate.sky()[p] - truth) * Math.sqrt(estimate.ivar()[p]));
        }
      }
    }
    double[] values = chi.stream().mapToDouble(Double::doubleValue).toArray();
    assertThat(RobustStatistics.nmad(values)).isBetween(0.7, 1.6);
  }

  @Test
  void aSetWithoutResidualSkyIsLeftAloneAndSaysSo() {
    var result = reduce(ReleasedSet.of(50, 0, 1));
    assertThat(result.fibres()).allMatch(FibreResult::fallsBack);
    for (int i = 0; i < 50; i++) {
      assertThat(sky(result, i)).containsOnly(0);
      assertThat(result.fibres().get(i).skies().get(Method.MEMORY).ivar()).containsOnly(0);
    }
    assertThat(result.training()).isNotEmpty().noneMatch(step -> step.accepted());
  }

  private static DoubleUnaryOperator line(double wavelength, double depth, double radial) {
    double centre = wavelength * (1 + radial / ReleasedSet.LIGHT_SPEED);
    return x -> -depth * Math.exp(-Math.pow((x - centre) / 1.8, 2) / 2);
  }

  /** The head of a TiO band, and what follows it to the red. */
  private static DoubleUnaryOperator band(double wavelength, double depth, double radial) {
    double head = wavelength * (1 + radial / ReleasedSet.LIGHT_SPEED);
    return x -> x < head ? 0 : -depth * Math.min(1, (x - head) / 3) * Math.exp((head - x) / 60);
  }

  /** Share of injected lines that the correction swallows, %. */
  private static List<Double> leaks(List<DoubleUnaryOperator> features) {
    List<ReleaseSpectrum> injected = new ArrayList<>(SPECTRA);
    List<float[]> added = new ArrayList<>();
    for (int f = 0; f < features.size(); f++) {
      added.add(InjectedFeature.added(SPECTRA.get(f), features.get(f)));
      injected.set(f, InjectedFeature.with(SPECTRA.get(f), added.get(f)));
    }
    var with = reduce(injected);
    assertThat(with.fibres()).noneMatch(FibreResult::fallsBack);
    List<Double> leaks = new ArrayList<>();
    for (int f = 0; f < added.size(); f++) {
      double swallowed = 0;
      double whole = 0;
      for (int p = 0; p < added.get(f).length; p++) {
        double o = added.get(f)[p];
        swallowed += o * (sky(with, f)[p] - sky(REDUCED, f)[p]);
        whole += o * o;
      }
      leaks.add(100 * Math.abs(swallowed) / whole);
    }
    return leaks;
  }

  private static double percentile(List<Double> values, double p) {
    return RobustStatistics.percentile(
        values.stream().mapToDouble(Double::doubleValue).toArray(), p);
  }

  @Test
  void linesOfStarsAreNoSky() {
    // K I, Na I, Mg I, Ca II, H alpha to delta
    double[] rest = {
      7667.0, 7701.1, 5891.6, 5897.6, 8185.5, 8197.1, 8809.2, 8500.4, 8544.4, 8664.5, 3934.8,
      3969.6, 6564.6, 4862.7, 4341.7, 4102.9
    };
    Random random = new Random(3);
    List<Double> all = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      List<DoubleUnaryOperator> features = new ArrayList<>();
      for (double wavelength : rest) {
        features.add(line(wavelength, 0.3, 600 * random.nextDouble() - 300));
      }
      all.addAll(leaks(features));
    }
    assertThat(percentile(all, 50)).isLessThan(1);
    assertThat(percentile(all, 95)).isLessThan(3);
  }

  @Test
  void bandsAndEmissionLinesOfObjectsAreNoSky() {
    Random random = new Random(4);
    List<DoubleUnaryOperator> features = new ArrayList<>();
    for (double head : new double[] {6159, 6651, 7056, 7591, 8434, 8862}) {
      features.add(band(head, 0.3, 600 * random.nextDouble() - 300));
    }
    for (double redshift = 0; redshift <= 0.36; redshift += 0.06) {
      features.add(line(6564.6 * (1 + redshift), -2, 0)); // H alpha
      features.add(line(3728.5 * (1.6 + redshift), -2, 0)); // [OII]
    }
    List<Double> leaks = leaks(features);
    assertThat(percentile(leaks, 50)).isLessThan(1);
    assertThat(percentile(leaks, 95)).isLessThan(3);
  }

  @Test
  void aLineThatAllStarsShareIsNoSky() {
    DoubleUnaryOperator line = line(7701.1, 0.3, 0);
    var with =
        reduce(
            SPECTRA.stream()
                .map(s -> InjectedFeature.with(s, InjectedFeature.added(s, line)))
                .toList());
    List<Double> leaks = new ArrayList<>();
    for (int i = 0; i < SPECTRA.size(); i++) {
      float[] o = InjectedFeature.added(SPECTRA.get(i), line);
      double swallowed = 0;
      double whole = 0;
      for (int p = 0; p < o.length; p++) {
        swallowed += o[p] * (sky(with, i)[p] - sky(REDUCED, i)[p]);
        whole += o[p] * o[p];
      }
      leaks.add(100 * Math.abs(swallowed) / whole);
    }
    assertThat(percentile(leaks, 50)).isLessThan(1);
    assertThat(percentile(leaks, 95)).isLessThan(5);
  }

  @Test
  void tooFewSpectraAreLeftAloneAndSaySo() {
    var result = reduce(ReleasedSet.of(5, LEFT, 1));
    assertThat(result.fibres()).hasSize(5).allMatch(FibreResult::fallsBack);
    for (int i = 0; i < 5; i++) {
      assertThat(sky(result, i)).containsOnly(0);
    }
  }

  @Test
  void fewSpectraAreCorrectedByOtherSpectrographsWithALargerError() {
    List<ReleaseSpectrum> few = SPECTRA.subList(0, 6);
    List<ReleaseSpectrum> base = SPECTRA.subList(6, 50);
    var result = new ReleaseReduction(ReductionOptions.defaults()).reduce(few, base);
    assertThat(result.fibres()).hasSize(6).noneMatch(FibreResult::fallsBack);
    assertThat(median(result.fibres(), Metric.POISSON_RATIO, Method.MEMORY))
        .isLessThan(0.8 * median(result.fibres(), Metric.POISSON_RATIO, Method.SUPER));
    for (int i = 0; i < 6; i++) {
      SkyEstimate own = REDUCED.fibres().get(i).skies().get(Method.MEMORY);
      SkyEstimate others = result.fibres().get(i).skies().get(Method.MEMORY);
      for (int p = 0; p < own.sky().length; p++) {
        if (others.ivar()[p] > 0) {
          double share = Math.abs(others.sky()[p]) * Math.sqrt(others.ivar()[p]);
          assertThat(share).as("sky over its error").isLessThan(5.01);
        }
      }
      assertThat(own.sky()).isNotEqualTo(others.sky());
    }
  }

  @Test
  void fewSpectraOfACleanSpectrographAreLeftAlone() {
    List<ReleaseSpectrum> few = ReleasedSet.of(6, 0, 1);
    var result =
        new ReleaseReduction(ReductionOptions.defaults()).reduce(few, SPECTRA.subList(6, 50));
    assertThat(result.fibres()).allMatch(FibreResult::fallsBack);
  }

  @Test
  void theSameInputGivesTheSameNumbers() {
    var again = reduce(SPECTRA);
    for (int i = 0; i < SPECTRA.size(); i++) {
      assertThat(sky(again, i)).isEqualTo(sky(REDUCED, i));
    }
  }
}
