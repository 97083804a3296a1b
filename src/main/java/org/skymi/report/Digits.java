package org.skymi.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and lists for reading. */
public final class Digits {
  private Digits() {}

  /** Three digits without an exponent, but no more than three decimals: 0.012, 1.23, 12.3, 1234. */
  public static String three(double value) {
    double size = Math.abs(value);
    int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.equals("-0.000") ? "0.000" : text;
  }

  /** Four decimals at the most: 0, 0.25; what is smaller than 0.00095 with an exponent: 5E-4. */
  public static String plain(double value) {
    double size = Math.abs(value);
    String pattern = size > 0 && size < 0.00095 ? "0.#E0" : "0.####";
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value + 0.0);
  }

  /** A count with thousands apart: 12 345. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', ' ');
  }

  /** The first of some names, and whether there are more: a, b, ... */
  public static String some(Collection<?> names, int most) {
    return names.stream().limit(most).map(String::valueOf).collect(Collectors.joining(", "))
        + (names.size() > most ? ", ..." : "");
  }
}
