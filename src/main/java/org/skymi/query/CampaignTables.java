package org.skymi.query;

import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.table.FileReport;
import org.skymi.table.Table;
import org.skymi.table.Tables;

/** A campaign's tables in Spark SQL: exactly the files of a manifest. */
public final class CampaignTables {
  /** Whether characters like [ in a path are patterns; Spark's own name of the option. */
  private static final String GLOB = "__globPaths__";

  private CampaignTables() {}

  /** Makes every table a temporary view of its name; see {@link SkyFunctions}, too. */
  public static void register(SparkSession spark, CampaignFolder campaign, Manifest manifest) {
    for (Table<?> table : Tables.ALL) {
      read(spark, campaign, manifest, table).createOrReplaceTempView(table.name());
    }
    SkyFunctions.register(spark);
  }

  /** One table; without rows if the manifest has no file of it. */
  public static Dataset<Row> read(
      SparkSession spark, CampaignFolder campaign, Manifest manifest, Table<?> table) {
    return read(spark, campaign, manifest, table, file -> true);
  }

  /** What some of a table's files hold. */
  static Dataset<Row> read(
      SparkSession spark,
      CampaignFolder campaign,
      Manifest manifest,
      Table<?> table,
      Predicate<FileReport> which) {
    StructType schema = (StructType) DataType.fromJson(table.sparkSchema());
    String[] files =
        manifest.filesOf(table.name()).stream()
            .filter(which)
            .map(f -> new Path(campaign.path(), f.path()).toString())
            .toArray(String[]::new);
    return files.length == 0
        ? spark.createDataFrame(List.of(), schema)
        : spark.read().option(GLOB, false).schema(schema).parquet(files);
  }
}
