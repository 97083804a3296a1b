package org.skymi.simulate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A table of facts shipped with this package: comma-separated, comments after '#' name the source.
 */
final class ResourceTable {
  private final List<String[]> rows;

  private ResourceTable(List<String[]> rows) {
    this.rows = rows;
  }

  static ResourceTable read(String name) {
    try (InputStream in = ResourceTable.class.getResourceAsStream(name);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new ResourceTable(
          reader
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> line.split(",", -1))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All rows as written. */
  List<String[]> rows() {
    return rows;
  }

  /** A column of numbers. */
  double[] numbers(int column) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row[column])).toArray();
  }

  /** A column of words. */
  String[] words(int column) {
    return rows.stream().map(row -> row[column]).toArray(String[]::new);
  }

  /** A column over column 0, which must increase, interpolated linearly to the fine grid. */
  double[] onFineGrid(int column) {
    double[] x = numbers(0);
    double[] y = numbers(column);
    double[] result = new double[FineGrid.SIZE];
    int k = 0;
    for (int i = 0; i < result.length; i++) {
      double wavelength = FineGrid.wavelength(i);
      while (k + 2 < x.length && x[k + 1] < wavelength) {
        k++;
      }
      result[i] = y[k] + (y[k + 1] - y[k]) * (wavelength - x[k]) / (x[k + 1] - x[k]);
    }
    return result;
  }
}
