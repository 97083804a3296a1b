package org.skymi.report.evaluate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skymi.report.Page;
import org.skymi.sky.judge.Method;

/** What an evaluation allows to say of its headline figures: what each method adds, and biases. */
final class Claims {
  private final Population population;
  private final List<Method> methods;
  private final List<Step> steps;
  private final List<Comparison> comparisons;

  Claims(Evaluation evaluation, Population population) {
    this.population = population;
    this.comparisons =
        evaluation.of(population, Split.ALL).stream().filter(c -> c.quantity().headline()).toList();
    // Of released spectra a method may have been asked for and have nothing to say.
    this.methods =
        population.methods(evaluation.methods()).stream()
            .filter(m -> comparisons.stream().anyMatch(c -> c.values().containsKey(m)))
            .toList();
    this.steps = Step.of(methods);
  }

  /** What can't be judged for want of plates: the fibres, if steps are compared on them. */
  Optional<String> unjudged() {
    Set<Verdict> verdicts =
        steps.stream().flatMap(s -> counts(s).keySet().stream()).collect(Collectors.toSet());
    return verdicts.equals(Set.of(Verdict.FEW_PLATES))
        ? Optional.of(population.fibres())
        : Optional.empty();
  }

  /** Writes what each step adds; nothing if there is but one method. */
  void writeSteps(Page page) {
    Map<String, List<Comparison>> byFigure =
        comparisons.stream()
            .filter(c -> steps.stream().anyMatch(s -> c.ratio(s).isPresent()))
            .collect(Collectors.groupingBy(Words::figure, LinkedHashMap::new, Collectors.toList()));
    if (byFigure.isEmpty()) {
      return;
    }
    page.section("What each step adds: " + population.fibres());
    if (unjudged().isEmpty()) {
      page.paragraph(steps.stream().map(this::sentence).collect(Collectors.joining(" ")));
    }
    byFigure.forEach(
        (figure, own) -> {
          List<String[]> rows = new ArrayList<>();
          rows.add(
              row(
                  Words.isOfBands(own) ? "band" : "arm",
                  steps.stream().map(population::title).toList()));
          own.forEach(c -> rows.add(row(Words.where(c), steps.stream().map(s -> cell(c, s)))));
          page.table(figure, rows);
        });
  }

  private String sentence(Step step) {
    Map<Verdict, Integer> counts = counts(step);
    return String.format(
        Locale.ROOT,
        "%s against %s is %s of %d headline figures.",
        population.title(step.method()),
        population.title(step.over()),
        listed(counts),
        counts.values().stream().mapToInt(Integer::intValue).sum());
  }

  private Map<Verdict, Integer> counts(Step step) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    comparisons.forEach(
        c -> c.ratio(step).ifPresent(r -> counts.merge(Verdict.of(r), 1, Integer::sum)));
    return counts;
  }

  private static String listed(Map<Verdict, Integer> counts) {
    return counts.entrySet().stream()
        .map(e -> e.getKey().text() + " in " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String cell(Comparison c, Step step) {
    return c.ratio(step).map(r -> judged(r.ratio(), Verdict.of(r))).orElse("");
  }

  /** A figure with its verdict; that there are too few plates is said once, not of each. */
  private static String judged(String figure, Verdict verdict) {
    return verdict == Verdict.FEW_PLATES ? figure : figure + " " + verdict.text();
  }

  /**
   * Writes each method's bias and whether it is within what is allowed; nothing without a truth.
   */
  void writeBias(Page page) {
    List<Comparison> biases =
        comparisons.stream().filter(c -> c.quantity().allowed().isPresent()).toList();
    if (biases.isEmpty()) {
      return;
    }
    page.section("Bias: " + population.fibres());
    page.paragraph(
        "Median over fibres of the error of the band-mean sky, % of the sky, which stacking spectra"
            + " does not average away. It is within the limit (yes) or beyond it (no) if all of the"
            + " 95 % interval is. "
            + methods.stream().map(m -> sentence(m, biases)).collect(Collectors.joining(" ")));
    List<String[]> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("limit"));
    methods.forEach(m -> heading.add(population.title(m)));
    rows.add(row("band", heading));
    for (Comparison c : biases) {
      double allowed = c.quantity().allowed().orElseThrow();
      List<String> cells = new ArrayList<>(List.of(String.format(Locale.ROOT, "±%.1f", allowed)));
      methods.forEach(
          m ->
              cells.add(
                  c.value(m).map(v -> judged(v.toString(), Verdict.of(v, allowed))).orElse("")));
      rows.add(row(Words.where(c), cells));
    }
    page.table("Median bias, and whether it is within the limit", rows);
  }

  private String sentence(Method method, List<Comparison> biases) {
    long within =
        biases.stream()
            .filter(
                c ->
                    c.value(method)
                        .map(v -> Verdict.of(v, c.quantity().allowed().orElseThrow()))
                        .filter(v -> v == Verdict.WITHIN)
                        .isPresent())
            .count();
    return String.format(
        Locale.ROOT,
        "%s is within it in %d of %d bands.",
        population.title(method),
        within,
        biases.size());
  }

  private static String[] row(String first, List<String> others) {
    return row(first, others.stream());
  }

  private static String[] row(String first, Stream<String> others) {
    return Stream.concat(Stream.of(first), others).toArray(String[]::new);
  }
}
