package org.skymi.query;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.skymi.report.evaluate.PlateSample;

/**
 * The values of one plate, part of the population and arm.
 *
 * @param plate its identity
 * @param bin part of the population
 * @param arm {@code b}, {@code r} or {@code c}
 * @param series for each series the samples of its columns
 */
record PlateRow(String plate, String bin, String arm, List<List<PlateSample>> series)
    implements Serializable {
  private static final int FIRST = 4;

  /** Takes a row apart: keys, then for each series the lists of {@code width} columns. */
  static PlateRow of(Row row, int width, int limit) {
    List<List<PlateSample>> series = new ArrayList<>();
    for (int first = FIRST; first < row.size(); first += width) {
      List<PlateSample> columns = new ArrayList<>();
      for (int c = 0; c < width; c++) {
        columns.add(sample(row.getList(first + c), limit));
      }
      series.add(columns);
    }
    return new PlateRow(
        row.getString(0) + "@" + row.getInt(1), row.getString(2), row.getString(3), series);
  }

  private static PlateSample sample(List<Float> values, int limit) {
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i);
    }
    return PlateSample.of(numbers, limit);
  }
}
