package org.skymi.report.evaluate;

/** What a ratio of SMI to another method allows to say. */
enum Verdict {
  BETTER("better"),
  WORSE("worse"),
  EQUAL("equal within 2 %"),
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

  /** Judges by whether the 95 % interval excludes 1, or all but 1. */
  static Verdict of(Interval ratio) {
    if (!ratio.isLimited()) {
      return FEW_PLATES;
    }
    if (ratio.low95() > 1 - EQUALITY && ratio.high95() < 1 + EQUALITY) {
      return EQUAL;
    }
    return ratio.high95() < 1 ? BETTER : ratio.low95() > 1 ? WORSE : OPEN;
  }
}
