package org.skymi.report.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.skymi.report.Digits;
import org.skymi.report.Page;
import org.skymi.report.evaluate.Quantity.Statistic;

/** An evaluation for reading: tables of both methods side by side, and what may be claimed. */
public final class EvaluationPage {
  private final Evaluation evaluation;
  private final Page page;
  private final boolean full;

  private EvaluationPage(Evaluation evaluation, boolean markdown) {
    this.evaluation = evaluation;
    this.page = new Page(markdown);
    this.full = evaluation.hasFullBaseline();
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
    page.title("Super Sky and SMI side by side");
    page.paragraph(
        String.format(
            "Campaign %s, manifest %d (run %s), estimated by SkyMI %s. Brackets hold the 95 %%"
                + " interval of a bootstrap over plates (%d resamples, seed %d). A ratio below 1 is"
                + " in favour of SMI: for scatters the ratio of the two, for medians the median of"
                + " each fibre's own ratio. All methods are judged on the same fibres.%s",
            evaluation.campaign(),
            evaluation.manifest(),
            evaluation.runId(),
            evaluation.software(),
            evaluation.resampling().resamples(),
            evaluation.resampling().seed(),
            full ? " 'Full' is Super Sky with every classical correction." : ""));
    truth();
    residuals(Population.SKY_FIBRES);
    residuals(Population.RELEASED);
    new Claims(evaluation).write(page);
    return page.toString();
  }

  private void truth() {
    List<Comparison> all = evaluation.of(Population.OBJECTS, Split.ALL);
    if (all.isEmpty()) {
      return;
    }
    Predicate<Quantity> rms = q -> q.name().equals("TRUTH_RMS");
    Predicate<Quantity> scatter = rms.negate().and(q -> q.statistic() == Statistic.NMAD);
    Predicate<Quantity> bias = rms.negate().and(q -> q.statistic() == Statistic.MEDIAN);
    page.section(Population.OBJECTS.title() + ": " + Words.count(all));
    fallbacks(Population.OBJECTS);
    whole("Scatter over fibres (NMAD) of the error of the band-mean sky, % of the sky", scatter);
    whole("Bias: median over fibres of the error of the band-mean sky, % of the sky", bias);
    whole("Error per pixel (rms in the band), median over fibres, % of the sky", rms);
    for (Split split : List.of(Split.MOON, Split.SIGNAL, Split.DISTANCE)) {
      List<Comparison> parts = evaluation.of(Population.OBJECTS, split);
      String by = " by " + split.title() + ", % of the sky";
      parts("Scatter of the band-mean error" + by, "band, Å", parts, scatter, Comparison::where);
      if (split.equals(Split.MOON)) {
        parts("Error per pixel" + by, "band, Å", parts, rms, Comparison::where);
      }
    }
  }

  private void residuals(Population population) {
    List<Comparison> all = evaluation.of(population, Split.ALL);
    if (all.isEmpty()) {
      return;
    }
    page.section(population.title() + ": " + Words.count(all));
    fallbacks(population);
    if (population == Population.RELEASED) {
      page.paragraph(
          "Before and after: Super Sky stands for the sky that the survey's pipeline left, SMI for"
              + " what is left of that after SMI.");
    }
    for (String arm : all.stream().map(Comparison::where).distinct().toList()) {
      Predicate<Comparison> here = c -> c.where().equals(arm);
      List<String[]> rows = new ArrayList<>();
      rows.add(heading("metric", "unit"));
      all.stream()
          .filter(here)
          .forEach(c -> rows.add(row(c, Interval::toString, Words.metric(c), c.quantity().unit())));
      String name = Words.where(all.stream().filter(here).findFirst().orElseThrow());
      page.table(name.isEmpty() ? "All metrics" : capital(name), rows);
      parts(
          name.isEmpty() ? "By moon" : capital(name) + " by moon",
          "metric",
          evaluation.of(population, Split.MOON).stream().filter(here).toList(),
          q -> true,
          Words::metric);
    }
  }

  private void fallbacks(Population population) {
    List<String> parts =
        evaluation.fallbacks().stream()
            .filter(f -> f.population() == population && f.fibres() > 0)
            .map(f -> Digits.three(100.0 * f.fallen() / f.fibres()) + " % (moon " + f.bin() + ")")
            .toList();
    if (evaluation.fallbacks().stream().anyMatch(f -> f.fallen() > 0)) {
      page.paragraph(
          "SMI was no better on its validation fibres and fell back to Super Sky in "
              + String.join(", ", parts)
              + " of these spectra.");
    }
  }

  private void whole(String caption, Predicate<Quantity> wanted) {
    List<String[]> rows = new ArrayList<>();
    rows.add(heading("band, Å"));
    evaluation.of(Population.OBJECTS, Split.ALL).stream()
        .filter(c -> wanted.test(c.quantity()))
        .forEach(c -> rows.add(row(c, Interval::toString, c.where())));
    page.table(caption, rows);
  }

  /** The parts of a population: numbers of the methods without limits, which CSV has. */
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
    if (shown.stream().map(Comparison::bin).distinct().count() < 2) {
      return; // one part is the whole
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(heading(shown.get(0).split().name(), second, "spectra", "plates"));
    for (Comparison c : shown) {
      rows.add(
          row(
              c,
              i -> Double.isFinite(i.value()) ? Digits.three(i.value()) : "",
              c.bin(),
              name.apply(c),
              Digits.count(c.fibres()),
              String.valueOf(c.plates())));
    }
    page.table(caption, rows);
  }

  private String[] heading(String... first) {
    List<String> cells = new ArrayList<>(List.of(first));
    cells.addAll(
        full
            ? List.of("Super Sky", "full", "SMI", "SMI / Super Sky", "SMI / full")
            : List.of("Super Sky", "SMI", "SMI / Super Sky"));
    return cells.toArray(String[]::new);
  }

  private String[] row(Comparison c, Function<Interval, String> number, String... first) {
    List<String> cells = new ArrayList<>(List.of(first));
    cells.add(number.apply(c.superSky()));
    if (full) {
      cells.add(c.superFull().map(number).orElse(""));
    }
    cells.add(number.apply(c.smi()));
    for (Optional<Interval> ratio :
        full ? List.of(c.overSuper(), c.overFull()) : List.of(c.overSuper())) {
      cells.add(ratio.map(Interval::ratio).orElse(""));
    }
    return cells.toArray(String[]::new);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
