package org.skymi.report.evaluate;

import java.util.List;
import java.util.Locale;
import org.skymi.report.ArmNames;
import org.skymi.report.Digits;
import org.skymi.report.evaluate.Quantity.Statistic;

/** How comparisons are named to a reader. */
final class Words {
  private Words() {}

  /** The metric, with what is taken of it. */
  public static String metric(Comparison c) {
    return c.quantity().name()
        + switch (c.quantity().statistic()) {
          case MEDIAN -> "";
          case NMAD -> " scatter";
          case P95 -> ", 95 % within ±";
        };
  }

  /** The figure. */
  public static String figure(Comparison c) {
    return switch (c.subject().population()) {
      case OBJECTS ->
          c.quantity().statistic() == Statistic.NMAD
              ? "Scatter of the band-mean error"
              : "Error per pixel";
      case SKY_FIBRES, RELEASED -> metric(c);
    };
  }

  /** Whether the numbers are of bands, not of whole arms. */
  public static boolean isOfBands(List<Comparison> all) {
    return all.stream().allMatch(c -> c.quantity().band().isPresent());
  }

  /** The arm or band. */
  public static String where(Comparison c) {
    String where = c.subject().where();
    return where.equals(ArmNames.JOINED)
        ? ""
        : ArmNames.ofFrames().contains(where) ? ArmNames.of(where) : where + " Å";
  }

  /** How many fibres and plates there are in the largest of some comparisons. */
  public static String count(List<Comparison> all) {
    Comparison most =
        all.stream()
            .max((a, b) -> Long.compare(a.size().fibres(), b.size().fibres()))
            .orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s spectra of %d plate%s",
        Digits.count(most.size().fibres()),
        most.size().plates(),
        most.size().plates() == 1 ? "" : "s");
  }
}
