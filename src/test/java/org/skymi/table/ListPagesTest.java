package org.skymi.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of every kind and length, read by Parquet's own reader. */
class ListPagesTest {
  private static final int ROWS = 300;

  private record Row(int number, int[] ints, float[] floats, double[] doubles) {}

  private static final Table<Row> TABLE =
      new Table<>(
          "lists",
          "lists",
          new Columns<Row>()
              .key("number", ColumnType.INT, "meta.number", "number", Row::number)
              .result("ints", ColumnType.INTS, "", "", "ints", Row::ints)
              .result("floats", ColumnType.FLOATS, "", "", "floats", Row::floats)
              .result("doubles", ColumnType.DOUBLES, "", "", "doubles", Row::doubles)
              .list());

  @TempDir Path folder;

  /** Null, empty, short, as long as a spectrum, and longer than a page. */
  private static List<Row> rows() {
    Random random = new Random(5);
    int[] lengths = {-1, 0, 1, 7, 4096, 100_000};
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int length = lengths[i % 50 == 49 ? 5 : random.nextInt(5)];
      int[] ints = length < 0 ? null : random.ints(length).toArray();
      float[] floats = length < 0 ? null : new float[length];
      double[] doubles = length < 0 ? null : new double[length];
      for (int k = 0; k < length; k++) {
        // The first 100 rows' floats are all NaN: no page knows a least one.
        floats[k] = i < 100 ? Float.NaN : k % 9 == 4 ? Float.NaN : random.nextFloat() - 0.5f;
        doubles[k] = k % 11 == 5 ? Double.NEGATIVE_INFINITY : random.nextGaussian();
      }
      rows.add(new Row(i, ints, floats, doubles));
    }
    return rows;
  }

  private org.apache.hadoop.fs.Path write(List<Row> rows) throws IOException {
    try (TableWriter<Row> writer =
        new TableWriter<>(
            TABLE,
            FileSystem.getLocal(new Configuration()).getRaw(),
            new org.apache.hadoop.fs.Path(folder.toUri()),
            "lists.parquet",
            Map.of())) {
      for (Row row : rows) {
        writer.write(row);
      }
      writer.finish();
    }
    return new org.apache.hadoop.fs.Path(folder.resolve("lists.parquet").toUri());
  }

  private static List<Group> read(org.apache.hadoop.fs.Path file, FilterCompat.Filter filter)
      throws IOException {
    List<Group> read = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withFilter(filter).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        read.add(row);
      }
    }
    return read;
  }

  @Test
  void everyListComesBackToTheBit() throws IOException {
    List<Row> rows = rows();
    List<Group> read = read(write(rows), FilterCompat.NOOP);
    assertThat(read).hasSize(ROWS);
    for (Row row : rows) {
      Group back = read.get(row.number);
      assertThat(back.getInteger("number", 0)).isEqualTo(row.number);
      assertThat(back.getFieldRepetitionCount("floats")).isEqualTo(row.floats == null ? 0 : 1);
      for (int k = 0; row.floats != null && k < row.floats.length; k++) {
        assertThat(element(back, "ints", k).getInteger(0, 0)).isEqualTo(row.ints[k]);
        assertThat(element(back, "floats", k).getFloat(0, 0)).isEqualTo((Float) row.floats[k]);
        assertThat(element(back, "doubles", k).getDouble(0, 0)).isEqualTo(row.doubles[k]);
      }
      if (row.floats != null) {
        assertThat(back.getGroup("floats", 0).getFieldRepetitionCount(0))
            .isEqualTo(row.floats.length);
      }
    }
  }

  private static Group element(Group row, String column, int k) {
    return row.getGroup(column, 0).getGroup(0, k);
  }

  @Test
  void oneRowIsFoundByThePagesIndexAlone() throws IOException {
    List<Row> rows = rows();
    org.apache.hadoop.fs.Path file = write(rows);
    List<Group> read =
        read(file, FilterCompat.get(FilterApi.eq(FilterApi.intColumn("number"), 249)));
    assertThat(read).hasSize(1);
    assertThat(element(read.get(0), "doubles", 99_999).getDouble(0, 0))
        .isEqualTo(rows.get(249).doubles[99_999]);
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, new Configuration()))) {
      for (ColumnChunkMetaData column : reader.getFooter().getBlocks().get(0).getColumns()) {
        assertThat(reader.readOffsetIndex(column).getPageCount()).isGreaterThan(3);
      }
    }
    assertThat(Files.size(Path.of(file.toUri()))).isGreaterThan(1_000_000);
  }
}
