package org.skymi.report;

import java.util.Locale;

/** Text from files, made fit for a terminal: it must not be able to move the cursor or worse. */
public final class Printable {
  private Printable() {}

  /**
   * The text with each control, format and separator character (line feeds, escape sequences,
   * directional overrides ...) and each lone surrogate written out as {@code \\uXXXX}.
   */
  public static String of(String text) {
    if (text.codePoints().noneMatch(Printable::isUnfit)) {
      return text;
    }
    StringBuilder fit = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isUnfit(c)) {
                for (char unit : Character.toChars(c)) {
                  fit.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
              } else {
                fit.appendCodePoint(c);
              }
            });
    return fit.toString();
  }

  private static boolean isUnfit(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
