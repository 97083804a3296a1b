package org.skymi.fits;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/** A binary table to be written: columns in the order given, one value per cell. */
final class TableHduWriter {
  /** A column: its width in bytes, and what puts a row's value. */
  private record Column(
      String name, String format, String unit, int width, ObjIntConsumer<ByteBuffer> put) {}

  private final int rows;
  private final List<Column> columns = new ArrayList<>();

  TableHduWriter(int rows) {
    this.rows = rows;
  }

  TableHduWriter integers(String name, int[] values) {
    return add(name, "J", "", 4, (cell, i) -> cell.putInt(values[i]));
  }

  TableHduWriter longs(String name, long[] values) {
    return add(name, "K", "", 8, (cell, i) -> cell.putLong(values[i]));
  }

  TableHduWriter doubles(String name, String unit, double[] values) {
    return add(name, "D", unit, 8, (cell, i) -> cell.putDouble(values[i]));
  }

  TableHduWriter floats(String name, String unit, float[] values) {
    return add(name, "E", unit, 4, (cell, i) -> cell.putFloat(values[i]));
  }

  /** ASCII of a width at most; longer or other text is an IllegalArgumentException in write. */
  TableHduWriter texts(String name, int width, IntFunction<String> values) {
    return add(name, width + "A", "", width, (cell, i) -> cell.put(text(values.apply(i), width)));
  }

  private TableHduWriter add(
      String name, String format, String unit, int width, ObjIntConsumer<ByteBuffer> put) {
    columns.add(new Column(name, format, unit, width, put));
    return this;
  }

  /** Writes the HDU. */
  void write(String extension, OutputStream out) throws IOException {
    int width = columns.stream().mapToInt(Column::width).sum();
    HduWriter hdu =
        HduWriter.extension("BINTABLE")
            .shape(8, width, rows)
            .card("PCOUNT", 0, "")
            .card("GCOUNT", 1, "")
            .card("TFIELDS", columns.size(), "");
    for (int c = 1; c <= columns.size(); c++) {
      Column column = columns.get(c - 1);
      hdu.card("TTYPE" + c, column.name(), "").card("TFORM" + c, column.format(), "");
      if (!column.unit().isEmpty()) {
        hdu.card("TUNIT" + c, column.unit(), "");
      }
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(width, rows));
    for (int i = 0; i < rows; i++) {
      for (Column column : columns) {
        column.put().accept(bytes, i);
      }
    }
    hdu.card("EXTNAME", extension, "").write(bytes.array(), out);
  }

  private static byte[] text(String text, int width) {
    if (text.length() > width || !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not ASCII of at most " + width + " characters");
    }
    return String.format(Locale.ROOT, "%-" + width + "s", text).getBytes(StandardCharsets.US_ASCII);
  }
}
