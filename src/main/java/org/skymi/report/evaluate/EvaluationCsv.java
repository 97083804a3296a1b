package org.skymi.report.evaluate;

import java.util.Locale;

/** An evaluation in long form: one line per number with its limits. */
public final class EvaluationCsv {
  private static final String HEADING =
      "population,split,bin,where,metric,statistic,unit,plates,fibres,method,"
          + "value,low68,high68,low95,high95\n";

  private EvaluationCsv() {}

  /** The whole evaluation; a number that is not defined is an empty cell. */
  public static String of(Evaluation evaluation) {
    StringBuilder csv = new StringBuilder(HEADING);
    for (Comparison c : evaluation.comparisons()) {
      c.values().forEach((method, i) -> line(csv, c, method.key(), c.quantity().unit(), i));
      c.ratios().forEach((step, i) -> line(csv, c, step.key(), "", i));
    }
    return csv.toString();
  }

  private static void line(
      StringBuilder csv, Comparison c, String method, String unit, Interval i) {
    csv.append(
        String.join(
                ",",
                c.subject().population().name().toLowerCase(Locale.ROOT),
                c.subject().split().name(),
                c.subject().bin(),
                c.subject().where(),
                c.quantity().name(),
                c.quantity().statistic().label(),
                unit,
                String.valueOf(c.size().plates()),
                String.valueOf(c.size().fibres()),
                method,
                number(i.value()),
                number(i.low68()),
                number(i.high68()),
                number(i.low95()),
                number(i.high95()))
            + "\n");
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "";
  }
}
