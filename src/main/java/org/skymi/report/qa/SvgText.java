package org.skymi.report.qa;

import java.util.Locale;

/** SVG as the vector library writes it, made fit for a browser. */
final class SvgText {
  private SvgText() {}

  /** Sizes in CSS pixels instead of millimetres, and fonts by the names that CSS has for them. */
  static String portable(String svg, int width, int height) {
    return svg.replaceFirst(
            "width=\"[^\"]*mm\" height=\"[^\"]*mm\"",
            String.format(Locale.ROOT, "width=\"%d\" height=\"%d\"", width, height))
        .replaceAll("(?i)(font-family:\\s*)[^;\"]*", "$1Arial,Helvetica,sans-serif");
  }
}
