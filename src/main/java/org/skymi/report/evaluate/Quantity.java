package org.skymi.report.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.skymi.sky.judge.Metric;
import org.skymi.survey.SkyBand;

/**
 * What is said of a population of fibres: a column of {@code fibre_sky} and a statistic of it.
 *
 * @param column name without the method's prefix
 * @param name of the column's number, as docs/method.md has it
 * @param unit empty if dimensionless
 * @param statistic over fibres
 * @param smallerIsBetter whether the ratio of two methods tells which is better
 * @param headline whether it is shown for parts of the population, too
 * @param band empty if the number is of a whole arm
 */
public record Quantity(
    String column,
    String name,
    String unit,
    Statistic statistic,
    boolean smallerIsBetter,
    boolean headline,
    Optional<SkyBand> band) {

  /** A statistic over fibres. */
  public enum Statistic {
    MEDIAN,
    /** Normalised median absolute deviation. */
    NMAD,
    /** What the absolute value stays below in 95 % of cases. */
    P95;

    ToDoubleFunction<int[]> of(PooledSample sample) {
      return switch (this) {
        case MEDIAN -> sample::median;
        case NMAD -> sample::nmad;
        case P95 -> sample::largest95;
      };
    }

    /** In lower case. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The band's name; empty if the number is of a whole arm. */
  public String where() {
    return band.map(b -> String.format(Locale.ROOT, "%.0f-%.0f", b.low(), b.high())).orElse("");
  }

  /** The largest absolute value that is well, if the number is to be judged by that: a bias, %. */
  OptionalDouble allowed() {
    return band.isPresent() && statistic == Statistic.MEDIAN && !smallerIsBetter
        ? OptionalDouble.of(band.get().high() > 4000 ? 0.3 : 0.6)
        : OptionalDouble.empty();
  }

  /** Whether methods are compared by each fibre's own ratio: medians of what is never negative. */
  public boolean isPaired() {
    return smallerIsBetter && statistic == Statistic.MEDIAN;
  }

  /** Errors against a simulation's truth, by band. */
  public static List<Quantity> ofTruth() {
    List<Quantity> all = new ArrayList<>();
    for (SkyBand band : SkyBand.all()) {
      Optional<SkyBand> where = Optional.of(band);
      String bias = "truth_bias_" + band.key();
      String rms = "truth_rms_" + band.key();
      all.add(new Quantity(bias, "TRUTH_BIAS", "%", Statistic.NMAD, true, true, where));
      all.add(new Quantity(bias, "TRUTH_BIAS", "%", Statistic.MEDIAN, false, true, where));
      all.add(new Quantity(rms, "TRUTH_RMS", "%", Statistic.MEDIAN, true, true, where));
    }
    return all;
  }

  /** The metrics of residuals. */
  public static List<Quantity> ofResiduals() {
    List<Quantity> all = new ArrayList<>();
    add(all, Statistic.MEDIAN, true, true, Metric.SYS_FLOOR, Metric.RELRES_CONT20);
    add(all, Statistic.MEDIAN, true, true, Metric.RELRES_LINE);
    add(all, Statistic.MEDIAN, true, false, Metric.RELRES_CONT);
    add(all, Statistic.MEDIAN, true, false, Metric.POISSON_RATIO, Metric.CHI2PDF);
    add(all, Statistic.MEDIAN, false, true, Metric.CHI_NMAD);
    add(all, Statistic.MEDIAN, false, false, Metric.CHI_MED, Metric.LINE_BIAS);
    add(all, Statistic.NMAD, true, false, Metric.LINE_BIAS);
    for (Metric blue : List.of(Metric.BLUE_BIAS_1, Metric.BLUE_BIAS_2, Metric.BLUE_BIAS_3)) {
      add(all, Statistic.MEDIAN, false, false, blue);
      add(all, Statistic.NMAD, true, true, blue);
    }
    add(all, Statistic.NMAD, true, false, Metric.THRU, Metric.DWAVE, Metric.DLSF);
    add(all, Statistic.MEDIAN, false, false, Metric.COVER_68, Metric.COVER_95);
    add(all, Statistic.MEDIAN, false, false, Metric.OUT_3, Metric.OUT_10);
    add(all, Statistic.MEDIAN, false, false, Metric.LEAK);
    add(all, Statistic.P95, false, false, Metric.LEAK);
    return all;
  }

  private static void add(
      List<Quantity> to,
      Statistic statistic,
      boolean smallerIsBetter,
      boolean headline,
      Metric... metrics) {
    for (Metric m : metrics) {
      to.add(
          new Quantity(
              lower(m),
              m.name(),
              m.unit(),
              statistic,
              smallerIsBetter,
              headline,
              Optional.empty()));
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
