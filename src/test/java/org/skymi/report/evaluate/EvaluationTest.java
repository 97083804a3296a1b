package org.skymi.report.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.report.Digits;
import org.skymi.report.evaluate.Quantity.Statistic;

/** Comparisons with known answers, and how they are written. */
class EvaluationTest {
  private static final Comparison.Resampling RESAMPLING = new Comparison.Resampling(500, 1);

  @Test
  void aScatterHalfAsLargeIsBetter() {
    Comparison c = compare(scatter(), 0.5, 10);
    assertThat(c.overSuper().orElseThrow().value()).isCloseTo(0.5, within(0.05));
    assertThat(Verdict.of(c.overSuper().orElseThrow())).isEqualTo(Verdict.BETTER);
    assertThat(c.plates()).isEqualTo(10);
    assertThat(c.fibres()).isEqualTo(1000);
  }

  @Test
  void aLargerOneIsWorseAndTheSameIsEqual() {
    assertThat(verdict(1.5, 10)).isEqualTo(Verdict.WORSE);
    assertThat(verdict(1, 10)).isEqualTo(Verdict.EQUAL);
    assertThat(verdict(0.5, 4)).isEqualTo(Verdict.FEW_PLATES);
  }

  @Test
  void aBiasIsNotCompared() {
    Quantity bias = new Quantity("b", "TRUTH_BIAS", "%", Statistic.MEDIAN, false, true, "here");
    assertThat(compare(bias, 0.5, 10).overSuper()).isEmpty();
  }

  @Test
  void medianRatiosAreTheFibresOwn() {
    Quantity rms = new Quantity("r", "TRUTH_RMS", "%", Statistic.MEDIAN, true, true, "here");
    List<PlateSample> dark = plates(10, p -> new float[] {10, 20, 30});
    List<PlateSample> ratios = plates(10, p -> new float[] {0.7f, 0.8f, 0.9f});
    Comparison c =
        Comparison.of(
            new Comparison.Subject(Population.OBJECTS, Split.ALL, "all", "here"),
            rms,
            new Comparison.Samples(dark, List.of(), dark, ratios, List.of()),
            RESAMPLING);
    assertThat(c.overSuper().orElseThrow().value()).isCloseTo(0.8, within(1e-6));
  }

  @Test
  void allFormatsHaveTheNumbers() {
    Evaluation evaluation =
        new Evaluation(
            "main", 3, "abc", "0", RESAMPLING, List.of(), List.of(compare(scatter(), 0.5, 10)));
    String ratio = evaluation.comparisons().get(0).overSuper().orElseThrow().ratio();
    assertThat(EvaluationPage.text(evaluation)).contains(ratio, "better in 1 of 1 headline");
    assertThat(EvaluationPage.markdown(evaluation))
        .startsWith("# ")
        .contains("| " + ratio + " |", "|---|---:|");
    List<String> csv = EvaluationCsv.of(evaluation).lines().toList();
    assertThat(csv).hasSize(4);
    assertThat(csv.get(1)).startsWith("objects,all,all,4000-4500,TRUTH_BIAS,nmad,%,10,1000,super,");
    assertThat(csv.get(3)).contains(",smi/super,0.");
    int commas = csv.get(0).split(",", -1).length;
    assertThat(csv).allMatch(line -> line.split(",", -1).length == commas);
  }

  @Test
  void numbersAreReadable() {
    assertThat(Digits.three(1234.5)).isEqualTo("1235");
    assertThat(Digits.three(-12.345)).isEqualTo("-12.3");
    assertThat(Digits.three(9.999)).isEqualTo("10.0");
    assertThat(Digits.three(-0.0001)).isEqualTo("0.000");
    assertThat(Digits.count(1234567)).isEqualTo("1 234 567");
  }

  private static Verdict verdict(double factor, int plates) {
    return Verdict.of(compare(scatter(), factor, plates).overSuper().orElseThrow());
  }

  private static Quantity scatter() {
    return new Quantity("t", "TRUTH_BIAS", "%", Statistic.NMAD, true, true, "4000-4500");
  }

  private static Comparison compare(Quantity quantity, double factor, int plates) {
    Random random = new Random(5);
    List<PlateSample> superSky =
        plates(
            plates,
            p -> {
              float[] values = new float[100];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
              }
              return values;
            });
    List<PlateSample> smi =
        superSky.stream()
            .map(
                s -> {
                  float[] scaled = new float[s.values().length];
                  for (int i = 0; i < scaled.length; i++) {
                    scaled[i] = (float) (factor * s.values()[i]);
                  }
                  return new PlateSample(scaled, s.weight());
                })
            .toList();
    return Comparison.of(
        new Comparison.Subject(Population.OBJECTS, Split.ALL, "all", quantity.where()),
        quantity,
        new Comparison.Samples(superSky, List.of(), smi, List.of(), List.of()),
        RESAMPLING);
  }

  private static List<PlateSample> plates(int n, java.util.function.IntFunction<float[]> values) {
    PlateSample[] plates = new PlateSample[n];
    Arrays.setAll(plates, p -> PlateSample.of(values.apply(p), 1000));
    return new ArrayList<>(List.of(plates));
  }
}
