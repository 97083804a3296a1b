package org.skymi.fits;

import java.util.List;
import java.util.regex.Pattern;

/** Magnitudes as headers and catalogues have them. */
final class Magnitudes {
  /** Magnitudes from here on stand for unknown ones, like 99. */
  private static final double FAINTEST = 40;

  /** A run of one-letter filters, one for each of MAG1.., of a model's magnitudes or not. */
  private static final Pattern LETTERS = Pattern.compile("(?:MOD)?([ugrizyjhkJHKUBVRI]{1,7})");

  private Magnitudes() {}

  /** A magnitude that can be one; NaN for what stands for none. */
  static double known(double magnitude) {
    return magnitude > 0 && magnitude < FAINTEST ? magnitude : Double.NaN;
  }

  /**
   * The filters that a card MAGTYPE names, in their order: letters without anything between them,
   * or whole names with something between; a name of several letters is one filter.
   */
  static List<String> filters(String magnitudeType) {
    String text = magnitudeType.strip();
    var letters = LETTERS.matcher(text);
    return letters.matches()
        ? List.of(letters.group(1).split(""))
        : List.of(text.split("[\\s,;/|_]+"));
  }
}
