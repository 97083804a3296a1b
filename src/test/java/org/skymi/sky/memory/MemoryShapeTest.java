package org.skymi.sky.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryShapeTest {
  private static MemoryShape shape(int fibres, MemoryShape.Orders orders) {
    return new MemoryShape(fibres, new double[3], new double[3], new double[3], orders);
  }

  @Test
  void everyUnknownOfAFibreHasOneIndex() {
    MemoryShape shape = shape(10, new MemoryShape.Orders(5, 3, 2, 1));
    int[] means = IntStream.range(0, 3).toArray();
    assertThat(shape.coefficients()).isEqualTo(means.length);
    assertThat(IntStream.range(0, 6).map(i -> shape.loading(i / 3, i % 3)))
        .containsExactly(3, 4, 5, 6, 7, 8);
    assertThat(shape.place()).isEqualTo(9);
    assertThat(shape.unknowns()).isEqualTo(9 + 2);
    assertThat(shape.states()).isEqualTo(3 * 3 + 2);
  }

  @Test
  void termsOfThePlaceAreMonomials() {
    for (int order = 0; order <= 3; order++) {
      MemoryShape.Orders orders = new MemoryShape.Orders(5, 3, 0, order);
      int terms = new int[] {0, 2, 5, 9}[order];
      assertThat(orders.placeTerms()).isEqualTo(terms);
      assertThat(shape(10, orders).unknowns()).isEqualTo(3 + terms);
    }
    double x = 0.5;
    double y = -2;
    assertThat(shape(10, new MemoryShape.Orders(5, 3, 0, 3)).place(0.045 * x, 0.045 * y))
        .containsExactly(
            new double[] {x, y, x * x, x * y, y * y, x * x * x, x * x * y, x * y * y, y * y * y},
            within(1e-12));
  }

  @Test
  void functionsAlongTheSlitAreLegendres() {
    MemoryShape shape = shape(5, MemoryShape.Orders.DEFAULT);
    double[] places = {-1, -0.5, 0, 0.5, 1};
    for (int number = 1; number <= 5; number++) {
      double f = places[number - 1];
      double f2 = f * f;
      assertThat(shape.along(number, 5))
          .containsExactly(
              new double[] {
                1, f, (3 * f2 - 1) / 2, (5 * f2 - 3) * f / 2, (35 * f2 * f2 - 30 * f2 + 3) / 8
              },
              within(1e-12));
    }
    assertThat(shape(2, MemoryShape.Orders.DEFAULT).along(2, 2)).containsExactly(1, 1);
    assertThat(shape(1, MemoryShape.Orders.DEFAULT).along(1, 2)).containsExactly(1, 0);
  }

  @Test
  void coefficientsAgree() {
    for (int odd = 0; odd < 3; odd++) {
      int[] n = {3, 3, 3};
      n[odd] = 2;
      assertThatThrownBy(
              () ->
                  new MemoryShape(
                      9,
                      new double[n[0]],
                      new double[n[1]],
                      new double[n[2]],
                      MemoryShape.Orders.DEFAULT))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
