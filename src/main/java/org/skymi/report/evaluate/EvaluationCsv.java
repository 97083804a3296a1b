package org.skymi.report.evaluate;

import java.util.Locale;
import java.util.Optional;

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
      line(csv, c, "super", c.quantity().unit(), Optional.of(c.superSky()));
      line(csv, c, "super_full", c.quantity().unit(), c.superFull());
      line(csv, c, "smi", c.quantity().unit(), Optional.of(c.smi()));
      line(csv, c, "smi/super", "", c.overSuper());
      line(csv, c, "smi/super_full", "", c.overFull());
    }
    return csv.toString();
  }

  private static void line(
      StringBuilder csv, Comparison c, String method, String unit, Optional<Interval> interval) {
    interval.ifPresent(
        i ->
            csv.append(
                String.join(
                        ",",
                        c.population().name().toLowerCase(Locale.ROOT),
                        c.split().name(),
                        c.bin(),
                        c.where(),
                        c.quantity().name(),
                        c.quantity().statistic().label(),
                        unit,
                        String.valueOf(c.plates()),
                        String.valueOf(c.fibres()),
                        method,
                        number(i.value()),
                        number(i.low68()),
                        number(i.high68()),
                        number(i.low95()),
                        number(i.high95()))
                    + "\n"));
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "";
  }
}
