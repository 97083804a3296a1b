package org.skymi.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IncreasingTest {
  private static final double[] VALUES = {1, 2.5, 4, 8};

  @Test
  void findsTheFirstValueThatIsNotBelowALimit() {
    assertThat(Increasing.firstFrom(VALUES, 0, 2.4)).isEqualTo(1);
    assertThat(Increasing.firstFrom(VALUES, 0, 2.5)).isEqualTo(1);
    assertThat(Increasing.firstFrom(VALUES, 0, 2.6)).isEqualTo(2);
  }

  @Test
  void isTheFirstIndexOrTheOneAfterTheLastBeyondTheEnds() {
    assertThat(Increasing.firstFrom(VALUES, 0, -3)).isZero();
    assertThat(Increasing.firstFrom(VALUES, 0, 9)).isEqualTo(4);
    assertThat(Increasing.firstFrom(VALUES, 4, 0)).isEqualTo(4);
  }

  @Test
  void doesNotLookBeforeWhereItBegins() {
    assertThat(Increasing.firstFrom(VALUES, 2, 1)).isEqualTo(2);
  }
}
