package org.skymi.report.qa;

import org.skymi.report.Digits;

/** Counts in words. */
final class Counts {
  private Counts() {}

  static String fibres(long count) {
    return of(count, "fibre");
  }

  /** The count and its noun, in the plural where it needs be. */
  static String of(long count, String noun) {
    return Digits.count(count)
        + " "
        + (count == 1 ? noun : noun.equals("spectrum") ? "spectra" : noun + "s");
  }
}
