package org.skymi.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.skymi.report.Digits;
import org.skymi.report.Page;
import org.skymi.survey.SkyBand;

/** An ablation for reading, or in long form. */
public final class AblationPage {
  private AblationPage() {}

  /** For the console. */
  public static String text(Ablation ablation) {
    return page(ablation, false);
  }

  /** For docs/. */
  public static String markdown(Ablation ablation) {
    return page(ablation, true);
  }

  private static String page(Ablation ablation, boolean markdown) {
    Page page = new Page(markdown);
    page.paragraph(
        String.format(
            Locale.ROOT,
            "%s; the classical analysis, which all variants share, took %.0f s. Object fibres"
                + " against the truth, %% of the sky, mean over frames. In brackets the ratio to"
                + " the first variant of the group (geometric mean over frames) and its standard"
                + " error from the scatter between plates; below 1 the variant is better.",
            ablation.plates(),
            ablation.analysisSeconds()));
    page.table(
        "Error per pixel (rms in the band), median over fibres",
        table(ablation, Ablation.Score::pixel));
    page.table(
        "Scatter over fibres (NMAD) of the error of the band-mean sky",
        table(ablation, Ablation.Score::mean));
    List<String[]> runs = new ArrayList<>();
    runs.add(new String[] {"variant", "seconds", "steps kept, %", "fallback, %", "settings"});
    for (Ablation.Row row : ablation.rows()) {
      String seconds = String.format(Locale.ROOT, "%.0f", row.seconds());
      runs.add(
          new String[] {
            name(row), seconds, share(row.kept()), share(row.fallback()), row.settings()
          });
    }
    page.table(
        "Seconds of training and estimates, training steps that were not rolled back, object fibres"
            + " that fell back to a humbler method",
        runs);
    return page.toString();
  }

  private static String share(double share) {
    return Double.isNaN(share) ? "" : Digits.three(share);
  }

  private static List<String[]> table(Ablation ablation, ToDoubleFunction<Ablation.Score> what) {
    List<String[]> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("variant"));
    for (SkyBand band : SkyBand.values()) {
      heading.add(String.format(Locale.ROOT, "%.0f-%.0f", band.low(), band.high()));
    }
    rows.add(heading.toArray(String[]::new));
    for (Ablation.Row row : ablation.rows()) {
      List<String> cells = new ArrayList<>(List.of(name(row)));
      for (SkyBand band : SkyBand.values()) {
        cells.add(text(ablation.figure(row, band, what)));
      }
      rows.add(cells.toArray(String[]::new));
    }
    return rows;
  }

  private static String name(Ablation.Row row) {
    return row.group() + ": " + row.name();
  }

  private static String text(Ablation.Figure figure) {
    if (!Double.isFinite(figure.value())) {
      return "";
    }
    String error =
        Double.isNaN(figure.error())
            ? ""
            : String.format(Locale.ROOT, "±%.3f", figure.ratio() * figure.error());
    return String.format(
        Locale.ROOT, "%s (%.3f%s)", Digits.three(figure.value()), figure.ratio(), error);
  }

  /** One line per variant, band and figure; no seconds, so that the same seed gives the same. */
  public static String csv(Ablation ablation) {
    StringBuilder csv =
        new StringBuilder("group,variant,settings,band,figure,unit,value,ratio,ratio_log_error\n");
    for (Ablation.Row row : ablation.rows()) {
      for (SkyBand band : SkyBand.values()) {
        line(csv, row, band.name(), "pixel", ablation.figure(row, band, Ablation.Score::pixel));
        line(csv, row, band.name(), "mean", ablation.figure(row, band, Ablation.Score::mean));
      }
      line(csv, row, "", "kept", new Ablation.Figure(row.kept(), Double.NaN, Double.NaN));
      line(csv, row, "", "fallback", new Ablation.Figure(row.fallback(), Double.NaN, Double.NaN));
    }
    return csv.toString();
  }

  private static void line(
      StringBuilder csv, Ablation.Row row, String band, String name, Ablation.Figure figure) {
    csv.append(
        String.join(
                ",",
                row.group(),
                row.name(),
                row.settings().replace(',', ';'),
                band,
                name,
                "%",
                number(figure.value()),
                number(figure.ratio()),
                number(figure.error()))
            + "\n");
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "";
  }
}
