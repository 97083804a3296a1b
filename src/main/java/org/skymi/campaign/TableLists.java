package org.skymi.campaign;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.table.Column;
import org.skymi.table.FileReport;
import org.skymi.table.Table;
import org.skymi.table.Tables;

/**
 * A campaign's tables for other programs: exactly the files of one manifest, by their absolute
 * paths (URIs, if not of a local disk).
 */
public final class TableLists {
  private final Manifest manifest;
  private final Path folder;

  public TableLists(CampaignFolder campaign, Manifest manifest, FileSystem fs) {
    this.manifest = manifest;
    this.folder = fs.makeQualified(campaign.path());
  }

  /** SQL that makes a view of each table in DuckDB. */
  public String duckDb() {
    return views(
        type -> type,
        files ->
            files.stream()
                .map(f -> "\n  '" + f.replace("'", "''") + "'")
                // The column night is in the files; that of the folders is not an integer for all.
                .collect(
                    Collectors.joining(
                        ",",
                        "SELECT * FROM read_parquet([",
                        "],\n  hive_partitioning = false, union_by_name = true)")));
  }

  /** SQL that makes a view of each table in Spark, with or without a Hive catalog behind it. */
  public String spark() {
    String root = shown(folder) + "/";
    return views(
        type -> type.replaceFirst("(.+)\\[]", "ARRAY<$1>"),
        files ->
            files.stream()
                .map(f -> literal(f.substring(root.length())))
                .collect(
                    Collectors.joining(
                        ",", "SELECT * FROM parquet.`" + literal(root) + "{", "}`")));
  }

  /** A path within a pattern of Hadoop's, in Spark's quotes. */
  private static String literal(String path) {
    return path.replaceAll("([{},*?\\[\\]\\\\])", "\\\\$1").replace("`", "``");
  }

  /** For each table its rows and files, JSON. */
  public String json() {
    ObjectNode root =
        Json.MAPPER
            .createObjectNode()
            .put("campaign", shown(folder))
            .put("manifest", manifest.number())
            .put("created", manifest.created());
    ObjectNode tables = root.putObject("tables");
    for (Table<?> table : Tables.ALL) {
      ObjectNode entry = tables.putObject(table.name());
      entry.put("rows", manifest.filesOf(table.name()).stream().mapToLong(FileReport::rows).sum());
      ArrayNode files = entry.putArray("files");
      files(table).forEach(files::add);
    }
    return root.toPrettyString() + "\n";
  }

  private String views(UnaryOperator<String> type, Function<List<String>, String> query) {
    StringBuilder sql =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "-- Manifest %d of %s. A later state of the campaign needs another export.%n",
                manifest.number(),
                shown(folder).replaceAll("\\R", " ")));
    for (Table<?> table : Tables.ALL) {
      List<String> files = files(table);
      sql.append(
          String.format(
              Locale.ROOT,
              "CREATE OR REPLACE VIEW %s AS %s;%n",
              table.name(),
              files.isEmpty() ? none(table, type) : query.apply(files)));
    }
    return sql.toString();
  }

  /** A table without rows. */
  private static String none(Table<?> table, UnaryOperator<String> type) {
    return table.columns().stream()
        .map(
            c ->
                String.format(
                    Locale.ROOT, "CAST(NULL AS %s) AS %s", type.apply(sqlType(c)), c.name()))
        .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
  }

  private static String sqlType(Column<?> column) {
    return column.type().isText() ? "STRING" : column.type().label();
  }

  private List<String> files(Table<?> table) {
    return manifest.filesOf(table.name()).stream()
        .map(f -> shown(new Path(folder, f.path())))
        .toList();
  }

  private static String shown(Path path) {
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }
}
