package org.skymi.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.SingularMatrixException;
import org.junit.jupiter.api.Test;

class NormalEquationsTest {
  /** Three data on a straight line 2 + 3 x, by columns. */
  private static final double[][] LINE = {{1, 1, 1}, {-1, 0, 2}};

  private static final double[] WEIGHT = {4, 1, 0.5};
  private static final double[] DATA = {-1, 2, 8};

  @Test
  void rowsAndColumnsAreTheSameEquations() {
    NormalEquations byRow = new NormalEquations(2);
    for (int k = 0; k < DATA.length; k++) {
      byRow.add(new double[] {LINE[0][k], LINE[1][k]}, WEIGHT[k], DATA[k]);
    }
    NormalEquations byColumn = NormalEquations.of(LINE, WEIGHT, DATA);
    for (NormalEquations e : new NormalEquations[] {byRow, byColumn}) {
      assertThat(e.gram(0, 0)).isEqualTo(5.5);
      assertThat(e.gram(0, 1)).isEqualTo(-3).isEqualTo(e.gram(1, 0));
      assertThat(e.gram(1, 1)).isEqualTo(6);
      assertThat(e.rhs()).containsExactly(2, 12);
      assertThat(e.mean()).containsExactly(new double[] {2, 3}, within(1e-14));
    }
  }

  @Test
  void theCovarianceIsTheInverse() {
    NormalEquations.Solution s = NormalEquations.of(LINE, WEIGHT, DATA).solve();
    assertThat(s.mean()).containsExactly(new double[] {2, 3}, within(1e-14));
    assertThat(s.covariance()[0]).containsExactly(new double[] {6 / 24., 3 / 24.}, within(1e-15));
    assertThat(s.covariance()[1]).containsExactly(new double[] {3 / 24., 5.5 / 24}, within(1e-15));
  }

  @Test
  void aPriorIsADatumOfOneUnknown() {
    NormalEquations e = new NormalEquations(2);
    e.addPrior(0, 7, 0.25);
    e.addPrior(1, -1, 4);
    assertThat(e.mean()).containsExactly(7, -1);
    assertThat(e.gram(0, 0)).isEqualTo(4);
    e.add(new double[] {0, 2}, 1, 6);
    assertThat(e.mean()).containsExactly(new double[] {7, 11.75 / 4.25}, within(1e-14));
  }

  @Test
  void sumsOfTwoAreOfAllData() {
    NormalEquations some = new NormalEquations(2);
    some.add(new double[] {1, -1}, 4, -1);
    NormalEquations rest = new NormalEquations(2);
    rest.add(new double[] {1, 0}, 1, 2);
    rest.addGram(0, 0, 0.5);
    rest.addGram(0, 1, 1);
    rest.addGram(1, 1, 2);
    rest.addRhs(0, 4);
    rest.addRhs(1, 8);
    some.add(rest);
    NormalEquations all = NormalEquations.of(LINE, WEIGHT, DATA);
    assertThat(some.gram().getData()).containsExactly(all.gram().getData());
    assertThat(some.rhs()).containsExactly(all.rhs());
  }

  @Test
  void dataAddedTogetherAreThoseAddedOneByOne() {
    Random random = new Random(1);
    NormalEquations together = new NormalEquations(5);
    NormalEquations each = new NormalEquations(5);
    double[][] rows = new double[NormalEquations.BLOCK][5];
    double[] weights = {2, 0.5, 0, 3};
    double[] data = {1, -2, 7, 4};
    for (double[] row : rows) {
      Arrays.setAll(row, k -> k == 2 ? 0 : random.nextGaussian());
    }
    together.add(rows, weights, data);
    for (int k = 0; k < rows.length; k++) {
      each.add(rows[k], weights[k], data[k]);
    }
    assertThat(together.gram().getData()).containsExactly(each.gram().getData(), within(1e-12));
    assertThat(together.rhs()).containsExactly(each.rhs(), within(1e-12));
    together.addGram(3, new int[] {0, 2, 3}, 2, 0.5, new double[] {4, 6, 100});
    assertThat(together.gram(3, 0)).isCloseTo(each.gram(3, 0) + 2, within(1e-12));
    assertThat(together.gram(3, 2)).isCloseTo(3, within(1e-12));
    assertThat(together.gram(3, 3)).isCloseTo(each.gram(3, 3), within(1e-12));
  }

  @Test
  void aFreeUnknownIsAnError() {
    NormalEquations e = new NormalEquations(2);
    e.add(new double[] {1, 0}, 1, 5);
    assertThatThrownBy(e::mean).isInstanceOf(SingularMatrixException.class);
    assertThatThrownBy(e::solve).isInstanceOf(ArithmeticException.class);
  }
}
