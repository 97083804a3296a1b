package org.skymi.report.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.report.Digits;
import org.skymi.report.evaluate.Quantity.Statistic;
import org.skymi.sky.judge.Method;
import org.skymi.survey.SkyBand;

/** Comparisons with known answers, and how they are written. */
class EvaluationTest {
  private static final Comparison.Resampling RESAMPLING = new Comparison.Resampling(500, 1);
  private static final List<Method> METHODS = List.of(Method.SUPER, Method.MEMORY);
  private static final Step MEMORY_OVER_SUPER = new Step(Method.MEMORY, Method.SUPER);

  @Test
  void aScatterHalfAsLargeIsBetter() {
    Comparison c = compare(scatter(), 0.5, 10);
    Interval ratio = c.ratio(MEMORY_OVER_SUPER).orElseThrow();
    assertThat(ratio.value()).isCloseTo(0.5, within(0.05));
    assertThat(Verdict.of(ratio)).isEqualTo(Verdict.BETTER);
    assertThat(c.size().plates()).isEqualTo(10);
    assertThat(c.size().fibres()).isEqualTo(1000);
  }

  @Test
  void aLargerOneIsWorseAndTheSameIsEqual() {
    assertThat(verdict(1.5, 10)).isEqualTo(Verdict.WORSE);
    assertThat(verdict(1, 10)).isEqualTo(Verdict.EQUAL);
    assertThat(verdict(0.5, 4)).isEqualTo(Verdict.FEW_PLATES);
  }

  @Test
  void eachMethodIsComparedWithTheOneBeforeAndTheLastWithAll() {
    assertThat(Step.of(List.of(Method.values())).stream().map(Step::key))
        .containsExactly(
            "super/survey",
            "full/super",
            "memory/full",
            "smi/memory",
            "smi/full",
            "smi/super",
            "smi/survey");
    assertThat(Step.of(List.of(Method.SUPER, Method.MEMORY)).stream().map(Step::key))
        .containsExactly("memory/super");
    assertThat(Step.of(List.of(Method.SUPER))).isEmpty();
  }

  @Test
  void aBiasIsNotComparedButJudgedByItsLimit() {
    Quantity bias = new Quantity("b", "TRUTH_BIAS", "%", Statistic.MEDIAN, false, true, band(4000));
    assertThat(compare(bias, 0.5, 10).ratios()).isEmpty();
    assertThat(bias.allowed()).hasValue(0.3);
    Quantity far = new Quantity("b", "TRUTH_BIAS", "%", Statistic.MEDIAN, false, true, band(3700));
    assertThat(far.allowed()).hasValue(0.6);
    assertThat(scatter().allowed()).isEmpty();
    assertThat(Verdict.of(interval(-0.2, 0.3), 0.3)).isEqualTo(Verdict.WITHIN);
    assertThat(Verdict.of(interval(-0.7, -0.31), 0.3)).isEqualTo(Verdict.BEYOND);
    assertThat(Verdict.of(interval(0.2, 0.31), 0.3)).isEqualTo(Verdict.OPEN);
    assertThat(Verdict.of(Interval.of(0.1), 0.3)).isEqualTo(Verdict.FEW_PLATES);
  }

  private static Interval interval(double low, double high) {
    return new Interval((low + high) / 2, low, high, low, high);
  }

  @Test
  void medianRatiosAreTheFibresOwn() {
    Quantity rms = new Quantity("r", "TRUTH_RMS", "%", Statistic.MEDIAN, true, true, band(4000));
    List<PlateSample> dark = plates(10, p -> new float[] {10, 20, 30});
    List<PlateSample> ratios = plates(10, p -> new float[] {0.7f, 0.8f, 0.9f});
    Comparison c =
        Comparison.of(
            new Comparison.Subject(Population.OBJECTS, Split.ALL, "all", "here"),
            rms,
            new Comparison.Samples(
                Map.of(Method.SUPER, dark, Method.MEMORY, dark), Map.of(MEMORY_OVER_SUPER, ratios)),
            RESAMPLING);
    assertThat(c.ratio(MEMORY_OVER_SUPER).orElseThrow().value()).isCloseTo(0.8, within(1e-6));
  }

  @Test
  void allFormatsHaveTheNumbers() {
    Quantity bias = new Quantity("b", "TRUTH_BIAS", "%", Statistic.MEDIAN, false, true, band(4000));
    Evaluation evaluation =
        evaluation(
            METHODS,
            List.of(compare(scatter(), 0.5, 10), compare(bias, 0.1, 10)),
            Population.OBJECTS);
    String ratio = evaluation.comparisons().get(0).ratio(MEMORY_OVER_SUPER).orElseThrow().ratio();
    String text = EvaluationPage.text(evaluation);
    assertThat(text)
        .contains(
            ratio + " better",
            "Memory against Super Sky is better in 1 of 1 headline figures.",
            "BIAS: OBJECT FIBRES",
            "±0.3");
    assertThat(text.indexOf("WHAT EACH STEP ADDS")).isLessThan(text.indexOf("BIAS"));
    assertThat(text).doesNotContain("SMI", "Full");
    assertThat(EvaluationPage.markdown(evaluation))
        .startsWith("# Super Sky, Memory side by side")
        .contains(
            "| " + ratio + " better |", "|---|---:|", "| dark | 40 | 10 (25.0 %) | 30 (75.0 %) |");
    List<String> csv = EvaluationCsv.of(evaluation).lines().toList();
    assertThat(csv).hasSize(6);
    assertThat(csv.get(1)).startsWith("objects,all,all,4000-4500,TRUTH_BIAS,nmad,%,10,1000,super,");
    assertThat(csv.get(3)).contains(",memory/super,0.");
    int commas = csv.get(0).split(",", -1).length;
    assertThat(csv).allMatch(line -> line.split(",", -1).length == commas);
  }

  @Test
  void releasedSpectraAreAsReleasedAndCorrected() {
    Quantity lines =
        new Quantity("r", "RELRES_LINE", "%", Statistic.NMAD, true, true, Optional.empty());
    Comparison c = compare(Population.RELEASED, lines, 0.5, 10);
    String text =
        EvaluationPage.text(evaluation(List.of(Method.values()), List.of(c), Population.RELEASED));
    assertThat(text).contains("as released", "corrected / as released", "corrected against");
    assertThat(text).doesNotContain("Super Sky", "SMI is", "Memory", "Full");
  }

  private static Evaluation evaluation(
      List<Method> methods, List<Comparison> comparisons, Population population) {
    Evaluation.Sources sources =
        new Evaluation.Sources(population, "dark", Map.of(Method.SUPER, 10L, Method.MEMORY, 30L));
    return new Evaluation(
        new Evaluation.State("main", 3, "abc", "0"),
        RESAMPLING,
        methods,
        List.of(sources),
        comparisons);
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
    return Verdict.of(compare(scatter(), factor, plates).ratio(MEMORY_OVER_SUPER).orElseThrow());
  }

  private static Quantity scatter() {
    return new Quantity("t", "TRUTH_BIAS", "%", Statistic.NMAD, true, true, band(4000));
  }

  private static Optional<SkyBand> band(double low) {
    return SkyBand.all().stream().filter(b -> b.low() == low).findFirst();
  }

  private static Comparison compare(Quantity quantity, double factor, int plates) {
    return compare(Population.OBJECTS, quantity, factor, plates);
  }

  private static Comparison compare(
      Population population, Quantity quantity, double factor, int plates) {
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
    List<PlateSample> memory =
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
    String where = quantity.where().isEmpty() ? "c" : quantity.where();
    return Comparison.of(
        new Comparison.Subject(population, Split.ALL, "all", where),
        quantity,
        new Comparison.Samples(
            Map.of(Method.SUPER, superSky, Method.MEMORY, memory),
            Map.of(MEMORY_OVER_SUPER, List.of())),
        RESAMPLING);
  }

  private static List<PlateSample> plates(int n, java.util.function.IntFunction<float[]> values) {
    PlateSample[] plates = new PlateSample[n];
    Arrays.setAll(plates, p -> PlateSample.of(values.apply(p), 1000));
    return new ArrayList<>(List.of(plates));
  }
}
