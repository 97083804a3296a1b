package org.skymi.report.evaluate;

import java.util.List;
import java.util.Map;
import org.skymi.report.Digits;
import org.skymi.report.evaluate.Quantity.Statistic;

/** How comparisons are named to a reader. */
final class Words {
  private static final Map<String, String> ARMS = Map.of("b", "blue arm", "r", "red arm");

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

  /** The metric and whose. */
  public static String figure(Comparison c) {
    return switch (c.population()) {
      case OBJECTS ->
          c.quantity().statistic() == Statistic.NMAD
              ? "scatter of the band-mean error, objects"
              : "error per pixel, objects";
      case SKY_FIBRES -> metric(c) + ", held-out sky";
      case RELEASED -> metric(c) + ", released";
    };
  }

  /** The arm or band. */
  public static String where(Comparison c) {
    return ARMS.getOrDefault(c.where(), c.where().equals("c") ? "" : c.where() + " Å");
  }

  /** How many fibres and plates there are in the largest of some comparisons. */
  public static String count(List<Comparison> all) {
    Comparison most =
        all.stream().max((a, b) -> Long.compare(a.fibres(), b.fibres())).orElseThrow();
    return String.format(
        "%s spectra of %d plate%s",
        Digits.count(most.fibres()), most.plates(), most.plates() == 1 ? "" : "s");
  }
}
