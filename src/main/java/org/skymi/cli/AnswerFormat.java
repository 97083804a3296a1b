package org.skymi.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.skymi.query.Answer;
import org.skymi.report.CsvLine;
import org.skymi.report.Digits;
import org.skymi.report.TextTable;

/** How answers are written. */
enum AnswerFormat {
  /** For reading; the first rows only, the first values of an array only. */
  TABLE,
  /** RFC 4180 with a heading. */
  CSV,
  /** One object a line. */
  JSON,
  /** Parquet: to a file only. */
  PARQUET;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SHOWN_OF_ARRAY = 3;

  /** Takes lines, without their ends. */
  interface Lines {
    void accept(String line);
  }

  /** The format that a file's name asks for; a table if it says nothing. */
  static AnswerFormat of(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return lower.endsWith(".csv")
        ? CSV
        : lower.matches(".*\\.(json|jsonl|ndjson)")
            ? JSON
            : lower.matches(".*\\.(parquet|parq)") ? PARQUET : TABLE;
  }

  /**
   * Writes an answer in lines.
   *
   * @param limit rows of a table; other formats have all
   */
  void write(Answer answer, int limit, Lines to) {
    switch (this) {
      case TABLE -> table(answer, limit, false, to);
      case CSV -> {
        to.accept(CsvLine.of(answer.columns()));
        answer.forEach(row -> to.accept(CsvLine.of(row.stream().map(AnswerFormat::text).toList())));
      }
      case JSON -> {
        List<String> columns = answer.columns();
        answer.forEach(row -> to.accept(object(columns, row)));
      }
      case PARQUET -> throw new IllegalArgumentException("Parquet is not lines");
    }
  }

  /** Writes a table, or one line for each value if {@code tall}, and the number of rows. */
  static void table(Answer answer, int limit, boolean tall, Lines to) {
    List<List<Object>> rows = answer.first(limit + 1);
    List<List<Object>> shown = rows.subList(0, Math.min(limit, rows.size()));
    (tall ? tall(answer.columns(), shown) : wide(answer.columns(), shown))
        .lines()
        .forEach(to::accept);
    to.accept(
        rows.size() > limit
            ? "(the first " + Digits.count(limit) + " rows; there are more)"
            : "(" + Digits.count(rows.size()) + (rows.size() == 1 ? " row)" : " rows)"));
  }

  private static String wide(List<String> columns, List<List<Object>> rows) {
    TextTable table = new TextTable(columns.toArray(String[]::new));
    rows.forEach(r -> table.row(r.stream().map(AnswerFormat::cell).toArray(String[]::new)));
    return table.toString();
  }

  private static String tall(List<String> columns, List<List<Object>> rows) {
    TextTable table = new TextTable("column", "value").endingInProse();
    for (int r = 0; r < rows.size(); r++) {
      table.row("-- row " + (r + 1), "");
      for (int c = 0; c < columns.size(); c++) {
        table.row(columns.get(c), cell(rows.get(r).get(c)));
      }
    }
    return table.toString();
  }

  private static String cell(Object value) {
    if (value instanceof List<?> list && list.size() > SHOWN_OF_ARRAY) {
      return list.stream()
          .limit(SHOWN_OF_ARRAY)
          .map(AnswerFormat::cell)
          .collect(Collectors.joining(", ", "[", " ... " + list.size() + " values]"));
    }
    return value == null ? "null" : text(value);
  }

  private static String text(Object value) {
    return value instanceof List<?>
        ? json(value).toString()
        : value instanceof byte[] bytes
            ? HexFormat.of().formatHex(bytes)
            : value == null ? null : value.toString();
  }

  private static String object(List<String> columns, List<Object> row) {
    ObjectNode object = MAPPER.createObjectNode();
    for (int c = 0; c < row.size(); c++) {
      object.set(columns.get(c), json(row.get(c)));
    }
    return object.toString();
  }

  /** Numbers that JSON has no word for become null, as in the tables. */
  private static JsonNode json(Object value) {
    if (value instanceof List<?> list) {
      return MAPPER.createArrayNode().addAll(list.stream().map(AnswerFormat::json).toList());
    }
    boolean wordless = value instanceof Number n && !Double.isFinite(n.doubleValue());
    boolean plain = value instanceof Number || value instanceof Boolean;
    return MAPPER.valueToTree(
        value == null || wordless
            ? null
            : plain ? value : value instanceof Instant ? value.toString() : text(value));
  }
}
