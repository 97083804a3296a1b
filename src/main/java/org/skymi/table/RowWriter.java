package org.skymi.table;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Hands the columns of rows to a row group. */
final class RowWriter<R> {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Table<R> table;
  private final List<ListPages> lists;
  private final RecordConsumer consumer;
  private final TextLengths lengths;

  /**
   * @param lists by column; null of scalars
   * @param consumer of the scalars, in order
   * @param lengths that texts are told to
   */
  RowWriter(Table<R> table, List<ListPages> lists, RecordConsumer consumer, TextLengths lengths) {
    this.table = table;
    this.lists = lists;
    this.consumer = consumer;
    this.lengths = lengths;
  }

  void write(R row) throws IOException {
    consumer.startMessage();
    List<Column<R>> columns = table.columns();
    for (int i = 0, scalar = 0; i < columns.size(); i++) {
      Column<R> column = columns.get(i);
      Object value = column.stored(row);
      if (lists.get(i) != null) {
        lists.get(i).add(value);
        continue;
      }
      if (value != null) {
        consumer.startField(column.name(), scalar);
        write(column, value);
        consumer.endField(column.name(), scalar);
      }
      scalar++;
    }
    consumer.endMessage();
  }

  private void write(Column<R> column, Object value) {
    switch (column.type()) {
      case INT -> consumer.addInteger((Integer) value);
      case LONG -> consumer.addLong((Long) value);
      case FLOAT -> consumer.addFloat(((Number) value).floatValue());
      case DOUBLE -> consumer.addDouble(((Number) value).doubleValue());
      case BOOLEAN -> consumer.addBoolean((Boolean) value);
      case TEXT -> addText(column, (String) value);
      case TIMESTAMP -> addText(column, UTC.format((Instant) value));
      case INTS, FLOATS, DOUBLES -> throw new IllegalStateException(column.name() + " is a list");
    }
  }

  private void addText(Column<R> column, String text) {
    lengths.see(column, text);
    consumer.addBinary(Binary.fromString(text));
  }
}
