package org.skymi.query;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;
import org.skymi.report.Printable;
import org.skymi.survey.InputException;

/** What is wrong with a question, in one line for the one who asked it. */
final class SqlErrors {
  private static final int NEAREST = 3;

  /** Letters of a name for each that may differ. */
  private static final int SIMILAR = 4;

  private final SparkSession spark;
  private final List<String> tables;
  private final String question;

  private SqlErrors(SparkSession spark, List<String> tables, String question) {
    this.spark = spark;
    this.tables = tables;
    this.question = question.toLowerCase(Locale.ROOT);
  }

  /**
   * Does something with Spark SQL.
   *
   * @param tables that there are
   * @param question whose tables' columns are the ones to suggest; empty if there is none
   * @throws InputException if Spark finds fault with the question or its files
   */
  static <T> T guard(SparkSession spark, List<String> tables, String question, Callable<T> action) {
    try {
      return action.call();
    } catch (RuntimeException e) {
      if (e instanceof SparkThrowable) {
        throw new SqlErrors(spark, tables, question).of(e);
      }
      throw e;
    } catch (Exception e) { // Spark's are checked, but not declared
      throw new SqlErrors(spark, tables, question).of(e);
    }
  }

  private InputException of(Exception e) {
    String kind = e instanceof SparkThrowable t ? String.valueOf(t.getErrorClass()) : "";
    Map<String, String> told =
        e instanceof SparkThrowable t && t.getErrorClass() != null
            ? t.getMessageParameters()
            : Map.of();
    String line =
        switch (kind) {
          case "TABLE_OR_VIEW_NOT_FOUND" -> noTable(unquoted(told.get("relationName")));
          case "UNRESOLVED_COLUMN.WITH_SUGGESTION", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION" ->
              noColumn(unquoted(told.get("objectName")));
          case "PATH_NOT_FOUND" -> "no such file: " + told.get("path");
          default -> firstLine(e);
        };
    return new InputException(Printable.of(line), e);
  }

  private String noTable(String name) {
    return String.format(
        Locale.ROOT,
        "no table '%s'; nearest: %s; there are: %s",
        name,
        nearest(name, tables).get(0),
        String.join(", ", tables));
  }

  private String noColumn(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    List<String> asked = tables.stream().filter(question::contains).toList();
    List<String> columns =
        (asked.isEmpty() ? tables : asked)
            .stream().flatMap(t -> Arrays.stream(spark.table(t).columns())).distinct().toList();
    String places =
        nearest(last, columns).stream()
            .map(c -> c + " (" + String.join(", ", tablesOf(c)) + ")")
            .collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "no column '%s' here; nearest: %s", name, places);
  }

  private List<String> tablesOf(String column) {
    return tables.stream()
        .filter(t -> Arrays.asList(spark.table(t).columns()).contains(column))
        .toList();
  }

  /** The most similar names, nearest first: at least one, and more if they are similar, too. */
  private static List<String> nearest(String name, List<String> names) {
    String asked = name.toLowerCase(Locale.ROOT);
    ToIntFunction<String> distance =
        n -> LevenshteinDistance.getDefaultInstance().apply(asked, n.toLowerCase(Locale.ROOT));
    List<String> sorted = names.stream().sorted(Comparator.comparingInt(distance)).toList();
    return sorted.stream()
        .limit(NEAREST)
        .filter(n -> n.equals(sorted.get(0)) || SIMILAR * distance.applyAsInt(n) <= asked.length())
        .toList();
  }

  private static String unquoted(String name) {
    return name.replace("`", "");
  }

  /** What failed at the bottom, without Spark's class of error and the plan that it prints. */
  private static String firstLine(Throwable e) {
    Throwable cause = e;
    while (cause instanceof SparkException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message
        .lines()
        .filter(l -> !l.isBlank())
        .findFirst()
        .orElse(cause.toString())
        .replaceFirst("^\\[[A-Z_.0-9]+\\] ", "")
        .replaceFirst("[.;]*[( ]*line (\\d+),? pos (\\d+)[);]*$", ", line $1, position $2");
  }
}
