package org.skymi.query;

import java.io.IOException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.skymi.survey.InputException;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The rows that answer a question. Values are null, {@link Number}, {@link Boolean}, {@link
 * String}, {@link java.time.Instant}, a {@link List} of such, or whatever else Spark gives.
 *
 * <p>All methods that read rows throw {@link InputException} if the question can't be answered
 * after all: a file is gone, a value can't be converted.
 */
public final class Answer {
  private final Dataset<Row> rows;
  private final List<String> tables;
  private final SparkSession spark;

  Answer(Dataset<Row> rows, List<String> tables, SparkSession spark) {
    this.rows = rows;
    this.tables = tables;
    this.spark = spark;
  }

  /** Names of the columns, in order. */
  public List<String> columns() {
    return List.of(rows.columns());
  }

  /** The first rows, at most so many. */
  public List<List<Object>> first(int limit) {
    return SqlErrors.guard(
        spark, tables, "", () -> rows.takeAsList(limit).stream().map(Answer::values).toList());
  }

  /** Hands over all rows, one by one; never more than a partition of them is in memory. */
  public void forEach(Consumer<List<Object>> action) {
    SqlErrors.guard(
        spark,
        tables,
        "",
        () -> {
          for (Iterator<Row> all = rows.toLocalIterator(); all.hasNext(); ) {
            action.accept(values(all.next()));
          }
          return null;
        });
  }

  /**
   * Writes all rows to one new Parquet file. On a cluster all machines must see the folder.
   *
   * @param folder for Spark's own files, which must not exist; to be removed by the caller
   * @return the file, in the folder
   * @throws IOException if it can't be written
   */
  public Path parquet(Path folder) throws IOException {
    SqlErrors.guard(
        spark,
        tables,
        "",
        () -> {
          rows.coalesce(1).write().parquet(folder.toString());
          return null;
        });
    FileSystem fs = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
    for (FileStatus file : fs.listStatus(folder)) {
      if (file.getPath().getName().endsWith(".parquet")) {
        return file.getPath();
      }
    }
    throw new IOException("Spark wrote no file to " + folder);
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(value(row.get(i)));
    }
    return values;
  }

  private static Object value(Object value) {
    if (value instanceof Timestamp time) {
      return time.toInstant();
    }
    if (value instanceof Seq<?> seq) {
      return JavaConverters.seqAsJavaList(seq).stream().map(Answer::value).toList();
    }
    return value;
  }
}
