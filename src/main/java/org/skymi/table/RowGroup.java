package org.skymi.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A row group of a table's file while it is in memory: scalars are handed to Parquet one by one,
 * arrays as they are.
 */
final class RowGroup<R> {
  private final ColumnChunkPageWriteStore pages;
  private final ColumnWriteStore scalars;
  private final RecordConsumer consumer;

  /** By column; null of scalars. */
  private final List<ListPages> lists = new ArrayList<>();

  private final RowWriter<R> rows;
  private long count;

  RowGroup(
      Table<R> table,
      CodecFactory.BytesCompressor compressor,
      ParquetProperties properties,
      TextLengths lengths) {
    MessageType schema = table.schema();
    pages =
        new ColumnChunkPageWriteStore(
            compressor,
            schema,
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength());
    for (Column<R> column : table.columns()) {
      if (column.type().isArray()) {
        ColumnDescriptor of =
            schema.getColumnDescription(new String[] {column.name(), "list", "element"});
        lists.add(
            new ListPages(
                pages.getPageWriter(of), of.getPrimitiveType(), properties.getPageRowCountLimit()));
      } else {
        lists.add(null);
      }
    }
    List<Type> primitive = schema.getFields().stream().filter(Type::isPrimitive).toList();
    MessageType scalar = new MessageType(schema.getName(), primitive);
    scalars = properties.newColumnWriteStore(scalar, pages, pages);
    consumer = new ColumnIOFactory().getColumnIO(scalar).getRecordWriter(scalars);
    rows = new RowWriter<>(table, lists, consumer, lengths);
  }

  void write(R row) throws IOException {
    rows.write(row);
    count++;
  }

  /** Bytes of it, compressed as far as they are. */
  long bytes() {
    long sum = scalars.getBufferedSize();
    for (ListPages list : lists) {
      sum += list == null ? 0 : list.bufferedBytes();
    }
    return sum;
  }

  long count() {
    return count;
  }

  /** Writes it to the file; it takes no more rows. */
  void flushTo(ParquetFileWriter file) throws IOException {
    consumer.flush();
    for (ListPages list : lists) {
      if (list != null) {
        list.flush();
      }
    }
    file.startBlock(count);
    scalars.flush();
    pages.flushToFileWriter(file);
    file.endBlock();
    scalars.close();
  }
}
