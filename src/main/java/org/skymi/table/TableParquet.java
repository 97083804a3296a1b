package org.skymi.table;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/** How the Parquet files of tables are written. */
final class TableParquet {
  /** Small enough for a slot's share of memory when rows hold spectra. */
  static final long ROW_GROUP_BYTES = 32L << 20;

  static final CompressionCodecName CODEC = CompressionCodecName.ZSTD;

  /** Of a table with lists: a reader of one fibre reads a page of each column. */
  private static final int ROWS_OF_PAGE = 32;

  private TableParquet() {}

  private static int rowsOfPage(Table<?> table) {
    return table.columns().stream().anyMatch(c -> c.type().isArray())
        ? ROWS_OF_PAGE
        : ParquetProperties.DEFAULT_PAGE_ROW_COUNT_LIMIT;
  }

  /** How a table's scalars are encoded. */
  static ParquetProperties properties(Table<?> table) {
    return ParquetProperties.builder().withPageRowCountLimit(rowsOfPage(table)).build();
  }

  /** A writer of a new file of a table. */
  static <R> ParquetWriter<R> writer(
      OutputFile file, Table<?> table, WriteSupport<R> support, Configuration configuration)
      throws IOException {
    Builder<R> builder =
        new Builder<>(file, support)
            .withConf(configuration)
            .withWriteMode(ParquetFileWriter.Mode.CREATE)
            .withCompressionCodec(CODEC)
            .withPageRowCountLimit(rowsOfPage(table))
            .withRowGroupSize(ROW_GROUP_BYTES);
    for (Column<?> column : table.columns()) {
      if (column.type().isArray()) {
        // A spectrum's values seldom come twice, and looking them up is a third of all writing.
        builder.withDictionaryEncoding(column.name() + ".list.element", false);
      }
    }
    return builder.build();
  }

  private static final class Builder<R> extends ParquetWriter.Builder<R, Builder<R>> {
    private final WriteSupport<R> support;

    Builder(OutputFile file, WriteSupport<R> support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder<R> self() {
      return this;
    }

    @Override
    protected WriteSupport<R> getWriteSupport(Configuration conf) {
      return support;
    }
  }
}
