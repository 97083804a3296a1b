package org.skymi.table;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Hands the columns of a row to Parquet. */
final class RowWriteSupport<R> extends WriteSupport<R> {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Table<R> table;
  private final Map<String, String> footer;
  private final TextLengths lengths = new TextLengths();
  private RecordConsumer consumer;

  RowWriteSupport(Table<R> table, Map<String, String> footer) {
    this.table = table;
    this.footer = footer;
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(table.schema(), footer);
  }

  @Override
  public FinalizedWriteContext finalizeWrite() {
    return lengths.footer(table);
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    this.consumer = recordConsumer;
  }

  @Override
  public void write(R row) {
    consumer.startMessage();
    List<Column<R>> columns = table.columns();
    for (int i = 0; i < columns.size(); i++) {
      Column<R> column = columns.get(i);
      Object value = column.stored(row);
      if (value != null) {
        consumer.startField(column.name(), i);
        write(column, value);
        consumer.endField(column.name(), i);
      }
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
      case INTS -> {
        int[] array = (int[]) value;
        list(array.length, k -> consumer.addInteger(array[k]));
      }
      case FLOATS -> {
        float[] array = (float[]) value;
        list(array.length, k -> consumer.addFloat(array[k]));
      }
      case DOUBLES -> {
        double[] array = (double[]) value;
        list(array.length, k -> consumer.addDouble(array[k]));
      }
    }
  }

  private void addText(Column<R> column, String text) {
    lengths.see(column, text);
    consumer.addBinary(Binary.fromString(text));
  }

  private void list(int length, IntConsumer element) {
    consumer.startGroup();
    if (length > 0) {
      consumer.startField("list", 0);
      for (int k = 0; k < length; k++) {
        consumer.startGroup();
        consumer.startField("element", 0);
        element.accept(k);
        consumer.endField("element", 0);
        consumer.endGroup();
      }
      consumer.endField("list", 0);
    }
    consumer.endGroup();
  }
}
