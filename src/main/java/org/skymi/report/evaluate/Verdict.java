package org.skymi.report.evaluate;

/** What a ratio of two methods, or a bias, allows to say. */
enum Verdict {
  BETTER("better"),
  WORSE("worse"),
  EQUAL("equal"),
  WITHIN("yes"),
  BEYOND("no"),
  OPEN("undecided"),
  FEW_PLATES("too few plates");

  /** A difference that no analysis of spectra would notice. */
  private static final double EQUALITY = 0.02;

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** For the reader. */
  String text() {
    return text;
  }

  /** Judges a ratio by whether its 95 % interval excludes 1, or all but 1. */
  static Verdict of(Interval ratio) {
    if (!ratio.isLimited()) {
      return FEW_PLATES;
    }
    if (ratio.low95() > 1 - EQUALITY && ratio.high95() < 1 + EQUALITY) {
      return EQUAL;
    }
    return ratio.high95() < 1 ? BETTER : ratio.low95() > 1 ? WORSE : OPEN;
  }

  /**
   * Judges a bias by whether its 95 % interval lies within what is allowed, or all beyond.
   *
   * @param allowed largest absolute value
   */
  static Verdict of(Interval bias, double allowed) {
    if (!bias.isLimited()) {
      return FEW_PLATES;
    }
    if (bias.low95() >= -allowed && bias.high95() <= allowed) {
      return WITHIN;
    }
    return bias.low95() > allowed || bias.high95() < -allowed ? BEYOND : OPEN;
  }
}
