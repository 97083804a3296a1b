package org.skymi.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableWriterTest {
  private record Star(String name, int number, Double mag, Instant seen, float[] flux) {}

  private static final Table<Star> STARS =
      new Table<>(
          "stars",
          "stars",
          new Columns<Star>()
              .key("name", ColumnType.TEXT, "meta.id", "name", Star::name)
              .key("number", ColumnType.INT, "meta.number", "number", Star::number)
              .result("mag", ColumnType.DOUBLE, "mag", "phot.mag", "magnitude", Star::mag)
              .result("seen", ColumnType.TIMESTAMP, "", "time", "when", Star::seen)
              .result("flux", ColumnType.FLOATS, "Jy", "phot.flux", "flux", Star::flux)
              .list());

  private static final Instant SEEN = Instant.parse("2017-10-18T12:34:56.789012Z");

  @TempDir Path folder;

  @Test
  void reportsWhatIsInTheFile() throws Exception {
    FileReport report = write(star("a", 1), star("a", 2), star("b", 1));
    byte[] bytes = Files.readAllBytes(folder.resolve("x/stars.parquet"));
    assertThat(report.rows()).isEqualTo(3);
    assertThat(report.firstKey()).isEqualTo("a/1");
    assertThat(report.lastKey()).isEqualTo("b/1");
    assertThat(report.bytes()).isEqualTo(bytes.length);
    assertThat(report.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    assertThat(TableFiles.rows(hadoopPath(), new Configuration())).isEqualTo(3);
  }

  @Test
  void refusesARowTwiceOrOutOfOrder() {
    assertThatThrownBy(() -> write(star("a", 1), star("a", 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a/1");
    assertThatThrownBy(() -> write(star("b", 1), star("a", 2)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void neverOverwrites() throws IOException {
    write(star("a", 1));
    assertThatThrownBy(() -> writeOver(star("b", 1))).isInstanceOf(IOException.class);
    assertThat(TableFiles.rows(hadoopPath(), new Configuration())).isEqualTo(1);
  }

  @Test
  void opensInDuckDbWithNullsTimesAndArrays() throws Exception {
    write(star("a", 1), new Star("b", 2, Double.NaN, null, new float[0]));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement();
        ResultSet r =
            sql.executeQuery(
                "SELECT mag, epoch_us(CAST(seen AS TIMESTAMP)), flux[2], len(flux) FROM '"
                    + folder.resolve("x/stars.parquet")
                    + "' ORDER BY name")) {
      r.next();
      assertThat(r.getDouble(1)).isEqualTo(12.5);
      assertThat(r.getLong(2)).isEqualTo(SEEN.getEpochSecond() * 1_000_000 + 789_012);
      assertThat(r.getFloat(3)).isEqualTo(2f);
      assertThat(r.getInt(4)).isEqualTo(3);
      r.next();
      assertThat(r.getObject(1)).isNull();
      assertThat(r.getObject(2)).isNull();
      assertThat(r.getInt(4)).isZero();
    }
  }

  @Test
  void aCopyHasAFooterOfItsOwnRows() throws IOException {
    FileReport report = write(star("Rigel", 1), star("Vega", 1));
    RowCopy copy =
        new RowCopy(
            STARS,
            FileSystem.getLocal(new Configuration()).getRaw(),
            new org.apache.hadoop.fs.Path(folder.toUri()));
    copy.copy(
        List.of(new RowCopy.Stretch(report.path(), 1, 1)), "x/copy.parquet", "Vega/1", "Vega/1");
    assertThat(footer("x/copy.parquet").get(VoTable.CONTENT_KEY))
        .contains("name=\"name\" datatype=\"unicodeChar\" arraysize=\"4\"")
        .contains("arraysize=\"27\"");
  }

  @Test
  void theFooterCarriesUnitsAndDescriptions() throws IOException {
    write(star("Rigel", 1), star("Vega", 1));
    Map<String, String> values = footer("x/stars.parquet");
    assertThat(values).containsEntry("skymi.table", "stars").containsEntry("made.by", "test");
    assertThat(values).containsEntry(VoTable.VERSION_KEY, "1.0");
    assertThat(values.get(VoTable.CONTENT_KEY))
        .contains("unit=\"Jy\"", "phot.flux")
        .contains("name=\"name\" datatype=\"unicodeChar\" arraysize=\"5\"")
        .contains("name=\"seen\" datatype=\"char\" arraysize=\"27\"");
    assertThat(values.get(Footer.SPARK_SCHEMA)).contains("magnitude [mag]");
  }

  private Map<String, String> footer(String file) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.resolve(file).toUri());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
      return reader.getFileMetaData().getKeyValueMetaData();
    }
  }

  private static Star star(String name, int number) {
    return new Star(name, number, 12.5, SEEN, new float[] {1, 2, Float.NaN});
  }

  private FileReport write(Star... stars) throws IOException {
    Files.deleteIfExists(folder.resolve("x/stars.parquet"));
    return writeOver(stars);
  }

  private FileReport writeOver(Star... stars) throws IOException {
    try (TableWriter<Star> writer =
        new TableWriter<>(
            STARS,
            FileSystem.getLocal(new Configuration()).getRaw(),
            new org.apache.hadoop.fs.Path(folder.toUri()),
            "x/stars.parquet",
            Map.of("made.by", "test"))) {
      for (Star star : List.of(stars)) {
        writer.write(star);
      }
      return writer.finish();
    }
  }

  private org.apache.hadoop.fs.Path hadoopPath() {
    return new org.apache.hadoop.fs.Path(folder.resolve("x/stars.parquet").toUri());
  }
}
