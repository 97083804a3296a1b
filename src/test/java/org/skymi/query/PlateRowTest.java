package org.skymi.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.skymi.report.evaluate.Step;
import org.skymi.sky.judge.Method;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Fibres' values by several methods, as Spark gathers them. */
class PlateRowTest {
  private static final List<Method> METHODS = List.of(Method.SUPER, Method.MEMORY, Method.SMI);

  @SafeVarargs
  private static <T> Seq<T> sequence(T... values) {
    return JavaConverters.asScalaBuffer(Arrays.asList(values));
  }

  @Test
  void fibresCountOnlyWhereAllMethodsHaveAValue() {
    Row row =
        RowFactory.create(
            "P1",
            58001,
            "all",
            "b",
            sequence(
                sequence(4f, 2f, 1f),
                sequence(4f, null, 1f),
                sequence(Float.NaN, 2f, 1f),
                sequence(0f, 3f, 0f)));
    PlateRow plate = PlateRow.of(row, METHODS, 100);
    assertThat(plate.plate()).isEqualTo("P1@58001");
    PlateRow.Samples samples = plate.columns().get(0);
    assertThat(samples.values().keySet()).containsExactlyElementsOf(METHODS);
    assertThat(samples.values().get(Method.SUPER).values()).containsExactly(0, 4);
    assertThat(samples.values().get(Method.SMI).values()).containsExactly(0, 1);
    assertThat(samples.ratios().keySet()).containsExactlyElementsOf(Step.of(METHODS));
    assertThat(ratio(samples, Method.MEMORY, Method.SUPER)).containsExactly(0.5f, 1e6f);
    assertThat(ratio(samples, Method.SMI, Method.SUPER)).containsExactly(0.25f, 1);
  }

  private static float[] ratio(PlateRow.Samples samples, Method above, Method below) {
    return samples.ratios().get(new Step(above, below)).values();
  }
}
