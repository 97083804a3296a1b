package org.skymi.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.OutputFile;

/** A table's Parquet file, one row group after the other. */
final class RowFile<R> implements Closeable {
  /** Rows between two looks at how large a row group is. */
  private static final int ROWS_OF_CHECK = 64;

  private final Table<R> table;
  private final Map<String, String> footer;
  private final ParquetProperties properties;
  private final ParquetFileWriter file;
  private final CodecFactory codecs;
  private final TextLengths lengths = new TextLengths();
  private RowGroup<R> group;

  /**
   * @param footer key-values, but for those that depend on the rows
   */
  RowFile(OutputFile out, Table<R> table, Map<String, String> footer, Configuration configuration)
      throws IOException {
    this.table = table;
    this.footer = footer;
    this.properties = TableParquet.properties(table);
    this.codecs = new CodecFactory(configuration, properties.getPageSizeThreshold());
    this.file =
        new ParquetFileWriter(
            out,
            table.schema(),
            ParquetFileWriter.Mode.CREATE,
            TableParquet.ROW_GROUP_BYTES,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT);
    file.start();
    group = group();
  }

  private RowGroup<R> group() {
    return new RowGroup<>(table, codecs.getCompressor(TableParquet.CODEC), properties, lengths);
  }

  void write(R row) throws IOException {
    group.write(row);
    boolean isChecked = group.count() % ROWS_OF_CHECK == 0;
    if (isChecked && group.bytes() >= TableParquet.ROW_GROUP_BYTES) {
      group.flushTo(file);
      group = group();
    }
  }

  /** Completes the file. */
  @Override
  public void close() throws IOException {
    try {
      if (group.count() > 0) {
        group.flushTo(file);
      }
      Map<String, String> values = new LinkedHashMap<>(footer);
      values.putAll(lengths.footer(table).getExtraMetaData());
      file.end(values);
    } finally {
      codecs.release();
    }
  }
}
