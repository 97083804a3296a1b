package org.skymi.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.archive.WholeFile;
import org.skymi.experiment.Benchmark;
import org.skymi.table.Column;
import org.skymi.table.ColumnType;
import org.skymi.table.Table;
import org.skymi.table.TableWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skymi bench write}: how fast spectra become tables. */
@Command(
    name = "write",
    description = "Writes made-up spectra to a table's file again and again, in one thread.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "MB are those of the numbers themselves, 4 or 8 bytes each. The file is",
      "compressed and its digest taken, as in a run.",
      "Example: skymi bench write --repeat 7"
    })
final class BenchWriteCommand implements Callable<Integer> {
  private static final int PIXELS = 4096;
  private static final int LISTS = 8;

  @Option(
      names = "--rows",
      defaultValue = "500",
      description = "Spectra of a pass (${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "target/bench-write",
      description = "Where to write, a path or URI (${DEFAULT-VALUE}); deleted afterwards.")
  private String to;

  @Mixin private BenchOptions options;

  /** A row: its number and the spectra that it takes from. */
  private record Row(int number, float[][] fluxes, double[] wavelength) {}

  @Override
  public Integer call() throws IOException {
    Path folder = new Path(to);
    FileSystem fs = WholeFile.withoutChecksums(folder.getFileSystem(new Configuration()));
    List<Row> spectra = spectra();
    int floats = (int) ((long) rows * LISTS * PIXELS * Float.BYTES / 1_000_000);
    int doubles = (int) ((long) rows * PIXELS * Double.BYTES / 1_000_000);
    try {
      return options.run(
          String.format(Locale.ROOT, "%d rows of %d pixels, %s", rows, PIXELS, folder),
          benchmark -> {
            write(benchmark, "float lists", LISTS, ColumnType.FLOATS, floats, fs, folder, spectra);
            write(benchmark, "double lists", 1, ColumnType.DOUBLES, doubles, fs, folder, spectra);
          });
    } finally {
      fs.delete(folder, true);
    }
  }

  private List<Row> spectra() {
    Random random = new Random(1);
    List<Row> spectra = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      float[][] fluxes = new float[LISTS][PIXELS];
      double[] wavelength = new double[PIXELS];
      for (int p = 0; p < PIXELS; p++) {
        wavelength[p] = 3700 + 0.55 * p + 1e-3 * i;
        double sky = 100 + 50 * Math.sin(p / 300.0);
        for (float[] flux : fluxes) {
          flux[p] = (float) (sky + Math.sqrt(sky) * random.nextGaussian());
        }
      }
      spectra.add(new Row(i, fluxes, wavelength));
    }
    return spectra;
  }

  private static void write(
      Benchmark benchmark,
      String stage,
      int lists,
      ColumnType type,
      int megabytes,
      FileSystem fs,
      Path folder,
      List<Row> spectra)
      throws IOException {
    List<Column<Row>> columns = new ArrayList<>();
    columns.add(column("number", ColumnType.INT, Column.Role.KEY, Row::number));
    for (int k = 0; k < lists; k++) {
      int list = k;
      columns.add(
          column(
              "list" + k,
              type,
              Column.Role.RESULT,
              type == ColumnType.FLOATS ? r -> r.fluxes[list] : Row::wavelength));
    }
    Table<Row> table = new Table<>("spectra", "made-up spectra", List.copyOf(columns));
    benchmark.restart();
    try (TableWriter<Row> writer =
        new TableWriter<>(table, fs, folder, UUID.randomUUID() + ".parquet", Map.of())) {
      for (Row row : spectra) {
        writer.write(row);
      }
      writer.finish();
    }
    benchmark.done(stage, "MB", megabytes);
  }

  private static Column<Row> column(
      String name, ColumnType type, Column.Role role, Function<Row, ?> value) {
    return new Column<>(name, type, "", "", name, role, value);
  }
}
