package org.skymi.query;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.skymi.report.evaluate.PlateSample;
import org.skymi.report.evaluate.Step;
import org.skymi.sky.judge.Method;
import scala.collection.Seq;

/**
 * The values of one plate, part of the population and arm.
 *
 * @param plate its identity
 * @param bin part of the population
 * @param arm {@code b}, {@code r} or {@code c}
 * @param columns samples of each column
 */
record PlateRow(String plate, String bin, String arm, List<Samples> columns)
    implements Serializable {
  private static final int FIRST = 4;

  /**
   * Of fibres for which all methods have a value, so that none gains by leaving hard ones out.
   *
   * @param values by method
   * @param ratios each fibre's own ratio of two methods
   */
  record Samples(Map<Method, PlateSample> values, Map<Step, PlateSample> ratios)
      implements Serializable {
    static Samples of(List<Method> methods, List<float[]> fibres, int limit) {
      Map<Method, PlateSample> values = new EnumMap<>(Method.class);
      for (int m = 0; m < methods.size(); m++) {
        float[] own = new float[fibres.size()];
        for (int i = 0; i < own.length; i++) {
          own[i] = fibres.get(i)[m];
        }
        values.put(methods.get(m), PlateSample.of(own, limit));
      }
      Map<Step, PlateSample> ratios = new LinkedHashMap<>();
      for (Step step : Step.of(methods)) {
        int above = methods.indexOf(step.method());
        int below = methods.indexOf(step.over());
        float[] own = new float[fibres.size()];
        for (int i = 0; i < own.length; i++) {
          own[i] = ratio(fibres.get(i)[above], fibres.get(i)[below]);
        }
        ratios.put(step, PlateSample.of(own, limit));
      }
      return new Samples(values, ratios);
    }

    /** A large number, which a median can bear, where the other is perfect. */
    private static float ratio(float above, float below) {
      return below != 0 ? above / below : above == 0 ? 1 : 1e6f;
    }
  }

  /** Takes a row apart: keys, then for each column the list of its fibres' values by method. */
  static PlateRow of(Row row, List<Method> methods, int limit) {
    List<Samples> columns = new ArrayList<>();
    for (int column = FIRST; column < row.size(); column++) {
      List<float[]> fibres = new ArrayList<>();
      for (Seq<Float> values : row.<Seq<Float>>getList(column)) {
        float[] numbers = numbers(values);
        if (numbers.length > 0) {
          fibres.add(numbers);
        }
      }
      columns.add(Samples.of(methods, fibres, limit));
    }
    return new PlateRow(
        row.getString(0) + "@" + row.getInt(1), row.getString(2), row.getString(3), columns);
  }

  /** A fibre's values; empty if one is unknown. */
  private static float[] numbers(Seq<Float> values) {
    float[] numbers = new float[values.size()];
    for (int m = 0; m < numbers.length; m++) {
      Float value = values.apply(m);
      if (value == null || !Float.isFinite(value)) {
        return new float[0];
      }
      numbers[m] = value;
    }
    return numbers;
  }
}
