package org.skymi.report.evaluate;

import java.util.Locale;
import java.util.function.DoubleFunction;
import org.skymi.report.Digits;

/**
 * A number with its confidence limits.
 *
 * @param value from all plates
 * @param low68 lower limit of 68 %; NaN, like the others, if there are no limits
 * @param high68 upper limit of 68 %
 * @param low95 lower limit of 95 %
 * @param high95 upper limit of 95 %
 */
public record Interval(double value, double low68, double high68, double low95, double high95) {

  /** A number without limits. */
  static Interval of(double value) {
    return new Interval(value, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  /** Whether it has limits. */
  boolean isLimited() {
    return !Double.isNaN(low95) && !Double.isNaN(high95);
  }

  /** The number with its 95 % limits, for reading; empty if there is none. */
  @Override
  public String toString() {
    return text(Digits::three);
  }

  /** The number as a ratio, which is read by its distance from 1. */
  String ratio() {
    return text(v -> String.format(Locale.ROOT, "%.3f", v));
  }

  private String text(DoubleFunction<String> number) {
    if (!Double.isFinite(value)) {
      return "";
    }
    return number.apply(value)
        + (isLimited() ? " [" + number.apply(low95) + ", " + number.apply(high95) + "]" : "");
  }
}
