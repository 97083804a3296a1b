package org.skymi.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes one Parquet file of a table, row by row in the order of the keys. */
public final class TableWriter<R> implements Closeable {
  private final Table<R> table;
  private final List<Column<R>> keys;
  private final String path;
  private final DigestingOutputFile file;
  private final RowFile<R> writer;
  private RowKey first;
  private RowKey last;
  private long rows;
  private boolean closed;

  /**
   * Begins a file.
   *
   * @param table the table
   * @param fs where to write
   * @param folder the path is relative to
   * @param path of the file, which must not exist
   * @param provenance more key-values for the footer
   * @throws IOException if the file can't be created
   */
  public TableWriter(
      Table<R> table, FileSystem fs, Path folder, String path, Map<String, String> provenance)
      throws IOException {
    this.table = table;
    this.keys = table.keys();
    this.path = path;
    this.file = new DigestingOutputFile(fs, new Path(folder, path));
    Map<String, String> footer = Footer.of(table);
    footer.putAll(provenance);
    this.writer = new RowFile<>(file, table, footer, fs.getConf());
  }

  /**
   * Adds a row.
   *
   * @throws IllegalStateException if its key does not follow the last row's: a file's rows are
   *     sorted and none comes twice
   */
  public void write(R row) throws IOException {
    RowKey key = RowKey.of(keys, row);
    if (last != null && key.compareTo(last) <= 0) {
      throw new IllegalStateException(
          table.name() + ": row " + key + " comes after " + last + ", out of order or twice");
    }
    writer.write(row);
    first = first == null ? key : first;
    last = key;
    rows++;
  }

  /** Completes the file. A file that was not closed is no file. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      writer.close();
    }
  }

  /** Completes the file and tells what is in it. Call it once. */
  public FileReport finish() throws IOException {
    close();
    return new FileReport(
        path,
        table.name(),
        rows,
        file.bytes(),
        file.sha256(),
        String.valueOf(first),
        String.valueOf(last));
  }
}
