package org.skymi.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.ManifestStore;
import org.skymi.query.CampaignTables;
import org.skymi.spark.SparkSessions;
import org.skymi.table.Table;
import org.skymi.table.Tables;

/** What the newest manifest of a campaign holds. */
final class CampaignRows {
  private CampaignRows() {}

  /** The rows of each table as JSON, sorted; columns of the run's own course left out. */
  static Map<String, List<String>> of(Path out) throws IOException {
    return of(folder(out));
  }

  /** The same of a campaign on any file system. */
  static Map<String, List<String>> of(CampaignFolder folder) throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    Manifest manifest = manifest(folder);
    try (SparkSession spark = SparkSessions.open("test", 1)) {
      for (Table<?> table : Tables.ALL) {
        Column[] columns = table.reproducible().stream().map(functions::col).toArray(Column[]::new);
        rows.put(
            table.name(),
            CampaignTables.read(spark, folder, manifest, table)
                .select(columns)
                .toJSON()
                .collectAsList()
                .stream()
                .sorted()
                .toList());
      }
    }
    return rows;
  }

  /** The rows of one table as they are. */
  static List<Row> rows(CampaignFolder folder, Table<?> table) throws IOException {
    try (SparkSession spark = SparkSessions.open("test", 1)) {
      return CampaignTables.read(spark, folder, manifest(folder), table).collectAsList();
    }
  }

  static Manifest manifest(Path out) throws IOException {
    return manifest(folder(out));
  }

  static Manifest manifest(CampaignFolder folder) throws IOException {
    return manifests(folder).latest().orElseThrow();
  }

  /** All states of a campaign. */
  static ManifestStore manifests(CampaignFolder folder) throws IOException {
    return new ManifestStore(folder.fileSystem(new Configuration()), folder);
  }

  static CampaignFolder folder(Path out) {
    return CampaignFolder.of(out.toUri().toString(), "main");
  }
}
