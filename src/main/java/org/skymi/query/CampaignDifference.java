package org.skymi.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.report.Digits;
import org.skymi.report.TextTable;
import org.skymi.spark.Engine;
import org.skymi.table.Column;
import org.skymi.table.ColumnType;
import org.skymi.table.FileReport;
import org.skymi.table.Table;
import org.skymi.table.Tables;

/** What the rows of two campaigns, or of two states of one, differ in, by table and column. */
public final class CampaignDifference {
  private final SparkSession spark;
  private final State before;
  private final State after;

  /** A campaign at one time. */
  public record State(CampaignFolder folder, Manifest manifest) {}

  public CampaignDifference(Engine engine, State before, State after) {
    this.spark = engine.session();
    this.before = before;
    this.after = after;
  }

  /**
   * For each table that has numbers, the rows that are added, removed and changed, and for each
   * column that has changed in rows of both, in how many, with its median in all rows before and
   * after.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Table<?> table : Tables.ALL) {
      List<String> columns = numbers(table);
      if (!columns.isEmpty()) {
        text.append(of(table, columns));
      }
    }
    return text.toString();
  }

  /** Columns that the same input, settings and model make the same, and that have medians. */
  private static List<String> numbers(Table<?> table) {
    return table.columns().stream()
        .filter(c -> c.role() == Column.Role.RESULT)
        .filter(c -> c.type() == ColumnType.FLOAT || c.type() == ColumnType.DOUBLE)
        .map(Column::name)
        .toList();
  }

  private String of(Table<?> table, List<String> columns) {
    CampaignTables.read(spark, before.folder(), before.manifest(), table)
        .createOrReplaceTempView("a");
    CampaignTables.read(spark, after.folder(), after.manifest(), table)
        .createOrReplaceTempView("b");
    String same =
        table.keys().stream()
            .map(k -> "a." + k.name() + " = b." + k.name())
            .collect(Collectors.joining(" AND "));
    // Arrays, because an expression for each of a hundred columns takes the compiler a minute.
    spark
        .sql(
            String.format(
                Locale.ROOT,
                "SELECT zip_with(%s, %s, (x, y) -> NOT (x <=> y)) AS changed FROM a JOIN b ON %s",
                array("a", columns),
                array("b", columns),
                same))
        .createOrReplaceTempView("pairs");
    Row rows =
        spark.sql("SELECT count(*), count_if(array_contains(changed, true)) FROM pairs").first();
    long[] counts = new long[columns.size()];
    spark
        .sql(
            "SELECT k, count(*) FROM pairs LATERAL VIEW posexplode(changed) AS k, is_changed"
                + " WHERE is_changed GROUP BY k")
        .collectAsList()
        .forEach(r -> counts[r.getInt(0)] = r.getLong(1));
    long inBoth = rows.getLong(0);
    String heading =
        String.format(
            Locale.ROOT,
            "%s: %s rows added, %s removed, %s changed%n",
            table.name(),
            Digits.count(rows(after, table) - inBoth),
            Digits.count(rows(before, table) - inBoth),
            Digits.count(rows.getLong(1)));
    List<String> which = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      if (counts[c] > 0) {
        which.add(columns.get(c));
      }
    }
    if (which.isEmpty()) {
      return heading;
    }
    Row old = medians("a", which);
    Row now = medians("b", which);
    TextTable changed = new TextTable("column", "rows changed", "median before", "after");
    for (int c = 0; c < which.size(); c++) {
      long count = counts[columns.indexOf(which.get(c))];
      changed.row(which.get(c), Digits.count(count), number(old, c), number(now, c));
    }
    return heading + changed;
  }

  private static long rows(State state, Table<?> table) {
    return state.manifest().filesOf(table.name()).stream().mapToLong(FileReport::rows).sum();
  }

  private static String array(String view, List<String> columns) {
    return columns.stream()
        .map(c -> "CAST(" + view + "." + c + " AS DOUBLE)")
        .collect(Collectors.joining(", ", "array(", ")"));
  }

  private Row medians(String view, List<String> columns) {
    return spark
        .sql(
            columns.stream()
                .map(c -> "percentile_approx(" + c + ", 0.5)")
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + view)))
        .first();
  }

  private static String number(Row r, int column) {
    return r.isNullAt(column) ? "-" : Digits.three(((Number) r.get(column)).doubleValue());
  }
}
