package org.skymi.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes names of tables, of their columns, and SQL's words. */
final class SqlCompleter implements Completer {
  private static final List<String> WORDS =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP BY",
          "ORDER BY",
          "HAVING",
          "LIMIT",
          "JOIN",
          "LEFT JOIN",
          "USING",
          "ON",
          "AS",
          "AND",
          "OR",
          "NOT",
          "NULL",
          "IS",
          "IN",
          "LIKE",
          "BETWEEN",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "WITH",
          "DISTINCT",
          "DESC",
          "count",
          "avg",
          "median",
          "min",
          "max",
          "sum",
          "stddev",
          "count_if",
          "round",
          "abs");

  private final Map<String, List<String>> tables;

  /**
   * @param tables and their columns
   */
  SqlCompleter(Map<String, List<String>> tables) {
    this.tables = tables;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String whole = line.line();
    add(candidates, tables.keySet(), "tables");
    if (whole.strip().startsWith("\\")) {
      return;
    }
    List<String> named = tables.keySet().stream().filter(whole::contains).toList();
    for (String table : named.isEmpty() ? tables.keySet() : named) {
      add(candidates, tables.get(table), "columns");
    }
    String word = line.word();
    boolean small = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
    add(
        candidates,
        small ? WORDS.stream().map(w -> w.toLowerCase(Locale.ROOT)).toList() : WORDS,
        "words");
  }

  private static void add(List<Candidate> candidates, Iterable<String> names, String group) {
    names.forEach(n -> candidates.add(new Candidate(n, n, group, null, null, null, true)));
  }
}
