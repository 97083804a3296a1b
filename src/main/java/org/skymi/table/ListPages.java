package org.skymi.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.DoubleStatistics;
import org.apache.parquet.column.statistics.FloatStatistics;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/**
 * The pages of a column of lists, made of whole arrays: value by value, as Parquet's own writers
 * take them, writing spectra is most of what a task does. Values are plain, since numbers of
 * spectra hardly repeat, and no other encoding of floats is read by everything that reads Parquet.
 */
final class ListPages {
  /** Bits of levels: an element begins a list or goes on; a list is null, empty, or has it. */
  private static final int REPETITION_BITS = 1;

  private static final int DEFINITION_BITS = 2;
  private static final int EMPTY = 1;
  private static final int PRESENT = 2;

  /** A page that is as long is written. What all rows of an arm share is kept once a page. */
  private static final int PAGE_BYTES = 1 << 22;

  private static final int FIRST_BYTES = 1 << 18;

  private final PageWriter writer;
  private final PrimitiveType type;
  private final int rowsOfPage;
  private final Levels repetition = new Levels(REPETITION_BITS);
  private final Levels definition = new Levels(DEFINITION_BITS);
  private ByteBuffer values = buffer(FIRST_BYTES);
  private Statistics<?> statistics;
  private int entries;
  private int rows;

  /**
   * @param type of the elements: int, float or double
   * @param rowsOfPage rows of a page at the most
   */
  ListPages(PageWriter writer, PrimitiveType type, int rowsOfPage) {
    this.writer = writer;
    this.type = type;
    this.rowsOfPage = rowsOfPage;
    this.statistics = Statistics.createStats(type);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Levels in runs: how many, and which; Parquet's RLE. */
  private static final class Levels {
    private final int bits;
    private final ByteArrayOutputStream runs = new ByteArrayOutputStream();
    private int level;
    private int count;

    Levels(int bits) {
      this.bits = bits;
    }

    void add(int next, int times) throws IOException {
      if (next != level) {
        end();
        level = next;
      }
      count += times;
    }

    private void end() throws IOException {
      if (count > 0) {
        BytesUtils.writeUnsignedVarInt(count << 1, runs);
        BytesUtils.writeIntLittleEndianPaddedOnBitWidth(runs, level, bits);
      }
      count = 0;
    }

    /** What was added, after its length. */
    BytesInput take() throws IOException {
      end();
      byte[] bytes = runs.toByteArray();
      runs.reset();
      return BytesInput.concat(BytesInput.fromInt(bytes.length), BytesInput.from(bytes));
    }
  }

  /**
   * Adds a row's list.
   *
   * @param array {@code int[]}, {@code float[]}, {@code double[]}, or null
   */
  void add(Object array) throws IOException {
    int length = array == null ? 0 : java.lang.reflect.Array.getLength(array);
    if (length == 0) {
      repetition.add(0, 1);
      definition.add(array == null ? 0 : EMPTY, 1);
      statistics.incrementNumNulls();
    } else {
      reserve(Math.multiplyExact(length, array instanceof double[] ? Double.BYTES : Float.BYTES));
      repetition.add(0, 1);
      repetition.add(1, length - 1);
      definition.add(PRESENT, length);
      put(array);
    }
    entries += Math.max(1, length);
    rows++;
    if (rows >= rowsOfPage || values.position() >= PAGE_BYTES) {
      flush();
    }
  }

  /** Makes room for a list, which is never spread over pages. */
  private void reserve(int bytes) throws IOException {
    if (bytes > PAGE_BYTES - values.position()) {
      flush();
    }
    if (bytes > values.remaining()) {
      int size = Math.max(values.position() + bytes, Math.min(2 * values.capacity(), PAGE_BYTES));
      ByteBuffer larger = buffer(size);
      larger.put(values.flip());
      values = larger;
    }
  }

  private void put(Object array) {
    int at = values.position();
    if (array instanceof float[] floats) {
      values.asFloatBuffer().put(floats);
      values.position(at + floats.length * Float.BYTES);
      see(floats);
    } else if (array instanceof double[] doubles) {
      values.asDoubleBuffer().put(doubles);
      values.position(at + doubles.length * Double.BYTES);
      see(doubles);
    } else {
      int[] ints = (int[]) array;
      values.asIntBuffer().put(ints);
      values.position(at + ints.length * Integer.BYTES);
      see(ints);
    }
  }

  /** Notes the least and the greatest; NaN is neither. */
  private void see(float[] floats) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : floats) {
      least = value < least ? value : least;
      most = value > most ? value : most;
    }
    if (least <= most) {
      FloatStatistics seen = (FloatStatistics) statistics;
      boolean isFirst = !seen.hasNonNullValue();
      seen.setMinMax(
          isFirst ? least : Math.min(least, seen.getMin()),
          isFirst ? most : Math.max(most, seen.getMax()));
    }
  }

  private void see(double[] doubles) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : doubles) {
      least = value < least ? value : least;
      most = value > most ? value : most;
    }
    if (least <= most) {
      DoubleStatistics seen = (DoubleStatistics) statistics;
      boolean isFirst = !seen.hasNonNullValue();
      seen.setMinMax(
          isFirst ? least : Math.min(least, seen.getMin()),
          isFirst ? most : Math.max(most, seen.getMax()));
    }
  }

  private void see(int[] ints) {
    IntStatistics seen = (IntStatistics) statistics;
    for (int value : ints) {
      seen.updateStats(value);
    }
  }

  /** Bytes that are waiting to be written. */
  long bufferedBytes() {
    return values.position() + writer.getMemSize();
  }

  /** Ends a page. */
  void flush() throws IOException {
    if (rows == 0) {
      return;
    }
    if (!statistics.hasNonNullValue() && values.position() > 0) {
      // All are NaN: without this they would count as nulls.
      unknown();
    }
    writer.writePage(
        BytesInput.concat(
            repetition.take(),
            definition.take(),
            BytesInput.from(values.array(), 0, values.position())),
        entries,
        rows,
        statistics,
        Encoding.RLE,
        Encoding.RLE,
        Encoding.PLAIN);
    values.clear();
    statistics = Statistics.createStats(type);
    entries = 0;
    rows = 0;
  }

  private void unknown() {
    if (statistics instanceof FloatStatistics floats) {
      floats.setMinMax(Float.NaN, Float.NaN);
    } else {
      ((DoubleStatistics) statistics).setMinMax(Double.NaN, Double.NaN);
    }
  }
}
