package org.skymi.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against EJML's, of sizes that are and are no multiples of the blocks of rows. */
class SpdTest {
  private static final Offset<Double> CLOSE = within(1e-9);

  private final Random random = new Random(2);

  private SimpleMatrix positive(int size) {
    SimpleMatrix any = SimpleMatrix.random_DDRM(size, size, -1, 1, random);
    return any.mult(any.transpose()).plus(SimpleMatrix.identity(size));
  }

  private static void assertClose(SimpleMatrix found, SimpleMatrix expected) {
    assertThat(found.minus(expected).elementMaxAbs()).isLessThan(1e-9);
  }

  private static double[][] rows(SimpleMatrix matrix) {
    return matrix.toArray2();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 8, 37})
  void inversesSolutionsAndDeterminants(int size) {
    SimpleMatrix matrix = positive(size);
    DMatrixRMaj before = matrix.copy().getDDRM();
    SimpleMatrix right = SimpleMatrix.random_DDRM(size, 1, -1, 1, random);
    SimpleMatrix inverse = SimpleMatrix.wrap(Spd.inverse(matrix.getDDRM()));
    assertClose(inverse, matrix.invert());
    assertThat(inverse.getDDRM().data).isEqualTo(inverse.transpose().getDDRM().data);
    double[] solution = Spd.solve(matrix.getDDRM(), right.getDDRM().data);
    assertClose(new SimpleMatrix(size, 1, true, solution), matrix.solve(right));
    assertThat(Spd.factor(matrix.getDDRM()).logDeterminant())
        .isCloseTo(Math.log(matrix.determinant()), CLOSE);
    assertThat(matrix.getDDRM().data).isEqualTo(before.data);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12})
  void halvesSquareToTheWhole(int size) {
    SimpleMatrix matrix = positive(size);
    SimpleMatrix sides = SimpleMatrix.random_DDRM(size, size + 3, -1, 1, random);
    double[][] halves = rows(sides);
    Spd.Factor factor = Spd.factor(matrix.getDDRM());
    factor.halve(halves);
    SimpleMatrix expected = sides.transpose().mult(matrix.solve(sides));
    double[][] square = RowSums.square(halves, size + 3);
    double[] first = factor.half(sides.getColumn(0).getDDRM().data);
    for (int a = 0; a < size + 3; a++) {
      for (int b = 0; b <= a; b++) {
        assertThat(square[a][b]).isCloseTo(expected.get(a, b), CLOSE);
      }
    }
    for (int k = 0; k < size; k++) {
      assertThat(first[k]).isCloseTo(halves[k][0], CLOSE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 6, 9})
  void rowsAreSummedFromAndUntil(int size) {
    SimpleMatrix any = SimpleMatrix.random_DDRM(size + 1, size + 2, -1, 1, random);
    double[] factors = random.doubles(size + 1).toArray();
    double[] to = new double[size + 2];
    RowSums.add(factors, rows(any), 1, size + 1, to, 1, size + 1);
    for (int j = 0; j < to.length; j++) {
      double sum = 0;
      for (int k = 1; k <= size; k++) {
        sum += j >= 1 && j <= size ? factors[k] * any.get(k, j) : 0;
      }
      assertThat(to[j]).isCloseTo(sum, CLOSE);
    }
    SimpleMatrix column = any.getColumn(0);
    assertThat(RowSums.dot(factors, column.getDDRM().data))
        .isCloseTo(new SimpleMatrix(1, size + 1, true, factors).mult(column).get(0), CLOSE);
  }

  @Test
  void whatIsNotDefiniteIsToldFromWhatIs() {
    SimpleMatrix matrix = positive(6);
    assertThat(Spd.isDefinite(matrix.getDDRM())).isTrue();
    matrix.set(4, 4, -1);
    assertThat(Spd.isDefinite(matrix.getDDRM())).isFalse();
    assertThat(Spd.inverseIfDefinite(matrix.getDDRM())).isEmpty();
    assertThatThrownBy(() -> Spd.inverse(matrix.getDDRM())).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void pivotsAreWhatTheyHaveToBeAtLeast() {
    double[][] rows = {{4, 2}, {2, 1}};
    Spd.Factor factor = Spd.factor(rows, new double[] {1, 0.25});
    assertThat(factor.logDeterminant()).isCloseTo(Math.log(4 * 0.25), CLOSE);
    assertThatThrownBy(() -> Spd.factor(new double[][] {{-1}}, new double[1]))
        .isInstanceOf(ArithmeticException.class);
  }

  /** Networks that have run away are found by their loss, not by an exception. */
  @Test
  void whatIsNotANumberStaysSo() {
    double[][] rows = {{1, Double.NaN}, {0, 1}};
    assertThat(Spd.factor(rows, new double[] {1, 1}).logDeterminant()).isNaN();
  }
}
