package org.skymi.report.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.skymi.report.Digits;
import org.skymi.report.Page;
import org.skymi.report.evaluate.Quantity.Statistic;
import org.skymi.sky.judge.Method;

/** An evaluation for reading: first what each method adds and their biases, then all figures. */
public final class EvaluationPage {
  private final Evaluation evaluation;
  private final Page page;

  private EvaluationPage(Evaluation evaluation, boolean markdown) {
    this.evaluation = evaluation;
    this.page = new Page(markdown);
  }

  /** For the console. */
  public static String text(Evaluation evaluation) {
    return new EvaluationPage(evaluation, false).write();
  }

  /** For docs/. */
  public static String markdown(Evaluation evaluation) {
    return new EvaluationPage(evaluation, true).write();
  }

  private String write() {
    List<Population> populations =
        Arrays.stream(Population.values())
            .filter(p -> !evaluation.of(p, Split.ALL).isEmpty())
            .toList();
    boolean estimated = populations.stream().anyMatch(p -> p != Population.RELEASED);
    page.title(
        estimated
            ? titles(evaluation.methods(), Method::title) + " side by side"
            : "Spectra as released and corrected");
    heading();
    if (estimated) {
      page.paragraph(
          "Methods: " + titles(evaluation.methods(), m -> m.title() + " (" + m.text() + ")") + ".");
    }
    List<Claims> claims = populations.stream().map(p -> new Claims(evaluation, p)).toList();
    List<String> unjudged = claims.stream().flatMap(c -> c.unjudged().stream()).toList();
    if (!unjudged.isEmpty()) {
      page.paragraph(
          String.format(
              Locale.ROOT,
              "There are too few plates to judge %s; %d are needed.",
              String.join(" or ", unjudged),
              PlateBootstrap.LEAST_PLATES));
    }
    claims.forEach(c -> c.writeSteps(page));
    claims.forEach(c -> c.writeBias(page));
    if (populations.contains(Population.OBJECTS)) {
      truth();
    }
    populations.stream().filter(p -> p != Population.OBJECTS).forEach(this::residuals);
    return page.toString();
  }

  private static String titles(List<Method> methods, Function<Method, String> title) {
    return methods.stream().map(title).collect(Collectors.joining(", "));
  }

  private void heading() {
    Evaluation.State state = evaluation.state();
    page.paragraph(
        String.format(
            Locale.ROOT,
            "Campaign %s, manifest %d (run %s), estimated by SkyMI %s. Brackets hold the 95 %%"
                + " interval of a bootstrap over plates (%d resamples, seed %d). A ratio below 1 is"
                + " in favour of what is named first: for scatters the ratio of the two, for"
                + " medians the median of each fibre's own ratio, on the same fibres. Better or"
                + " worse means that the interval of the ratio excludes 1; equal, that it lies"
                + " within 0.98 and 1.02. Fewer than %d plates give no interval and no verdict."
                + " Every verdict stands for itself: of twenty, one may be due to chance.",
            state.campaign(),
            state.manifest(),
            state.runId(),
            state.software(),
            evaluation.resampling().resamples(),
            evaluation.resampling().seed(),
            PlateBootstrap.LEAST_PLATES));
  }

  private void truth() {
    List<Comparison> all = evaluation.of(Population.OBJECTS, Split.ALL);
    Predicate<Quantity> rms = q -> q.name().equals("TRUTH_RMS");
    Predicate<Quantity> scatter = rms.negate().and(q -> q.statistic() == Statistic.NMAD);
    Predicate<Quantity> bias = q -> q.allowed().isPresent();
    page.section(Population.OBJECTS.title() + ": " + Words.count(all));
    sources(Population.OBJECTS);
    whole("Scatter over fibres (NMAD) of the error of the band-mean sky, % of the sky", scatter);
    whole("Error per pixel (rms in the band), median over fibres, % of the sky", rms);
    for (Split split : List.of(Split.MOON, Split.SIGNAL, Split.DISTANCE)) {
      List<Comparison> parts = evaluation.of(Population.OBJECTS, split);
      String by = " by " + split.title() + ", % of the sky";
      Function<Comparison, String> band = c -> c.subject().where();
      parts("Scatter of the band-mean error" + by, "band, Å", parts, scatter, band);
      if (split.equals(Split.MOON)) {
        parts("Bias of the band mean" + by, "band, Å", parts, bias, band);
        parts("Error per pixel" + by, "band, Å", parts, rms, band);
      }
    }
  }

  private void residuals(Population population) {
    List<Comparison> all = evaluation.of(population, Split.ALL);
    page.section(population.title() + ": " + Words.count(all));
    sources(population);
    for (String arm : all.stream().map(c -> c.subject().where()).distinct().toList()) {
      List<Comparison> here = all.stream().filter(c -> c.subject().where().equals(arm)).toList();
      String name = Words.where(here.get(0));
      figures(
          name.isEmpty() ? "All metrics" : capital(name),
          List.of("metric", "unit"),
          here,
          c -> List.of(Words.metric(c), c.quantity().unit()));
      parts(
          name.isEmpty() ? "By moon" : capital(name) + " by moon",
          "metric",
          evaluation.of(population, Split.MOON).stream()
              .filter(c -> c.subject().where().equals(arm))
              .toList(),
          q -> true,
          Words::metric);
    }
  }

  /** Whose sky the most demanding method's columns hold. */
  private void sources(Population population) {
    List<Evaluation.Sources> parts =
        evaluation.sources().stream().filter(s -> s.population() == population).toList();
    List<Method> methods = population.methods(evaluation.methods());
    List<Method> found =
        methods.stream()
            .filter(m -> parts.stream().anyMatch(s -> s.spectra().containsKey(m)))
            .toList();
    String best =
        population.title(
            methods.stream()
                .filter(m -> population != Population.RELEASED || found.contains(m))
                .reduce(Method.MEMORY, (a, b) -> b.compareTo(a) > 0 ? b : a));
    List<String[]> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("moon", "spectra"));
    found.forEach(m -> heading.add(population.title(m)));
    rows.add(heading.toArray(String[]::new));
    for (Evaluation.Sources part : parts) {
      List<String> cells = new ArrayList<>(List.of(part.bin(), Digits.count(part.all())));
      for (Method method : found) {
        long own = part.spectra().getOrDefault(method, 0L);
        cells.add(Digits.count(own) + " (" + Digits.three(100.0 * own / part.all()) + " %)");
      }
      rows.add(cells.toArray(String[]::new));
    }
    if (methods.size() > 1) {
      page.table("Whose sky the columns of '" + best + "' hold, after fallbacks", rows);
    }
  }

  private void whole(String caption, Predicate<Quantity> wanted) {
    figures(
        caption,
        List.of("band, Å"),
        evaluation.of(Population.OBJECTS, Split.ALL).stream()
            .filter(c -> wanted.test(c.quantity()))
            .toList(),
        c -> List.of(c.subject().where()));
  }

  /** Numbers of the methods with their limits. */
  private void figures(
      String caption,
      List<String> first,
      List<Comparison> comparisons,
      Function<Comparison, List<String>> names) {
    List<Method> methods = methods(comparisons);
    if (methods.isEmpty()) {
      return;
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(heading(first, comparisons, methods, List.of()));
    for (Comparison c : comparisons) {
      List<String> cells = new ArrayList<>(names.apply(c));
      methods.forEach(m -> cells.add(c.value(m).map(Interval::toString).orElse("")));
      rows.add(cells.toArray(String[]::new));
    }
    page.table(caption, rows);
  }

  /**
   * The parts of a population: numbers of the methods without limits, which CSV has, and ratios.
   */
  private void parts(
      String caption,
      String second,
      List<Comparison> comparisons,
      Predicate<Quantity> wanted,
      Function<Comparison, String> name) {
    List<Comparison> shown =
        comparisons.stream()
            .filter(c -> c.quantity().headline() && wanted.test(c.quantity()))
            .toList();
    if (shown.stream().map(c -> c.subject().bin()).distinct().count() < 2) {
      return; // one part is the whole
    }
    List<Method> methods = methods(shown);
    List<Step> steps =
        Step.of(methods).stream()
            .filter(s -> shown.stream().anyMatch(c -> c.ratio(s).isPresent()))
            .toList();
    List<String[]> rows = new ArrayList<>();
    List<String> first =
        List.of(shown.get(0).subject().split().name(), second, "spectra", "plates");
    rows.add(heading(first, shown, methods, steps));
    for (Comparison c : shown) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  c.subject().bin(),
                  name.apply(c),
                  Digits.count(c.size().fibres()),
                  String.valueOf(c.size().plates())));
      methods.forEach(m -> cells.add(c.value(m).map(i -> Digits.three(i.value())).orElse("")));
      steps.forEach(s -> cells.add(c.ratio(s).map(Interval::ratio).orElse("")));
      rows.add(cells.toArray(String[]::new));
    }
    page.table(caption, rows);
  }

  /** Those with a number in one of the comparisons at least. */
  private static List<Method> methods(List<Comparison> comparisons) {
    return Arrays.stream(Method.values())
        .filter(m -> comparisons.stream().anyMatch(c -> c.value(m).isPresent()))
        .toList();
  }

  private static String[] heading(
      List<String> first, List<Comparison> comparisons, List<Method> methods, List<Step> steps) {
    Population population = comparisons.get(0).subject().population();
    List<String> cells = new ArrayList<>(first);
    methods.forEach(m -> cells.add(population.title(m)));
    steps.forEach(s -> cells.add(population.title(s)));
    return cells.toArray(String[]::new);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
