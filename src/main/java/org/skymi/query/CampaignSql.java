package org.skymi.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.spark.Engine;
import org.skymi.survey.InputException;
import org.skymi.table.Table;
import org.skymi.table.Tables;

/** A campaign's tables, and more tables beside them, to be asked in SQL; nothing can be changed. */
public final class CampaignSql {
  private final SparkSession spark;
  private final Set<String> tables = new LinkedHashSet<>();

  /**
   * The tables as a manifest has them.
   *
   * @throws InputException if a file that the manifest lists is not there
   */
  public CampaignSql(Engine engine, CampaignFolder campaign, Manifest manifest) {
    this.spark = engine.session();
    // INT96, Spark's default, is what astronomy tools cannot read.
    spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    guarded(
        "",
        () -> {
          CampaignTables.register(spark, campaign, manifest);
          return null;
        });
    Tables.ALL.stream().map(Table::name).forEach(tables::add);
    tables.add(SkyFunctions.VIEW);
  }

  /**
   * Adds a table of a file: Parquet, or text with a heading line, separated by comma, bar,
   * semicolon or tab, whichever there are most of in that line. Types of text columns are found by
   * reading it.
   *
   * @param name of the table
   * @param file a path or URI ending in {@code .parquet}, or text, which may be compressed
   * @throws InputException if it can't be read
   */
  public void add(String name, String file) {
    if (tables.contains(name)) {
      throw new InputException(
          "there is a table '" + name + "' already: give " + file + " another");
    }
    boolean parquet = new Path(file).getName().endsWith(".parquet");
    guarded(
        "",
        () -> {
          (parquet
                  ? spark.read().parquet(file)
                  : spark
                      .read()
                      .option("header", true)
                      .option("inferSchema", true)
                      .option("sep", separator(file))
                      .csv(file))
              .createOrReplaceTempView(name);
          return null;
        });
    tables.add(name);
  }

  private String separator(String file) {
    String heading = spark.read().textFile(file).head();
    return List.of(",", "|", ";", "\t").stream()
        .max((a, b) -> Long.compare(count(heading, a), count(heading, b)))
        .orElseThrow();
  }

  private static long count(String text, String character) {
    return text.chars().filter(c -> c == character.charAt(0)).count();
  }

  /** Names of the tables and their columns, in order. */
  public Map<String, List<String>> tables() {
    Map<String, List<String>> all = new TreeMap<>();
    tables.forEach(t -> all.put(t, List.of(spark.table(t).columns())));
    return all;
  }

  /**
   * Asks a question. It is answered when the answer is read.
   *
   * @param statement one query, or SHOW, DESCRIBE or EXPLAIN; a semicolon may end it
   * @throws InputException if it is not SQL, asks for tables or columns that don't exist, or would
   *     change something
   */
  public Answer ask(String statement) {
    String sql = statement.strip().replaceFirst(";\\s*$", "");
    return guarded(
        sql,
        () -> {
          ReadOnly.require(spark.sessionState().sqlParser().parsePlan(sql));
          return new Answer(spark.sql(sql), new ArrayList<>(tables), spark);
        });
  }

  /** Ends what is being computed, from another thread. */
  public void cancel() {
    spark.sparkContext().cancelAllJobs();
  }

  private <T> T guarded(String question, Callable<T> action) {
    return SqlErrors.guard(spark, new ArrayList<>(tables), question, action);
  }
}
