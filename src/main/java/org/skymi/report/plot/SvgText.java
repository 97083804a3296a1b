package org.skymi.report.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes SVG small. The chart library draws a curve as one line after the other, and the vector
 * library writes each with its style and all digits.
 */
final class SvgText {
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*<line style=\"([^\"]*)\" x1=\"([^\"]*)\" x2=\"([^\"]*)\" y1=\"([^\"]*)\""
              + " y2=\"([^\"]*)\"/>\\s*");
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{3,}(E-?\\d+)?");

  private SvgText() {}

  /** The same picture: lines that follow each other as one, coordinates in hundredths. */
  static String compact(String svg) {
    List<String> lines = new ArrayList<>();
    List<String> points = new ArrayList<>();
    String style = "";
    for (String line : (Iterable<String>) svg.lines()::iterator) {
      Matcher m = LINE.matcher(line);
      if (!m.matches()) {
        flush(lines, points, style);
        lines.add(rounded(line));
        continue;
      }
      String from = rounded(m.group(2) + "," + m.group(4));
      boolean follows =
          m.group(1).equals(style)
              && !points.isEmpty()
              && points.get(points.size() - 1).equals(from);
      if (!follows) {
        flush(lines, points, style);
        style = m.group(1);
        points.add(from);
      }
      points.add(rounded(m.group(3) + "," + m.group(5)));
    }
    flush(lines, points, style);
    return String.join("\n", lines) + "\n";
  }

  private static void flush(List<String> lines, List<String> points, String style) {
    if (!points.isEmpty()) {
      lines.add("<polyline style=\"" + style + "\" points=\"" + String.join(" ", points) + "\"/>");
      points.clear();
    }
  }

  private static String rounded(String text) {
    return LONG_NUMBER
        .matcher(text)
        .replaceAll(
            m ->
                new BigDecimal(m.group())
                    .setScale(2, RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString());
  }
}
