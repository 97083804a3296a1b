package org.skymi.report;

import java.util.List;
import java.util.stream.Collectors;

/** A line of comma-separated values, RFC 4180. */
public final class CsvLine {
  private CsvLine() {}

  /** The line without its end; null is an empty field, empty text is quoted. */
  public static String of(List<String> values) {
    return values.stream().map(CsvLine::field).collect(Collectors.joining(","));
  }

  private static String field(String value) {
    if (value == null) {
      return "";
    }
    boolean quoted = value.isEmpty() || value.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
