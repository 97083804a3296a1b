package org.skymi.sky.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundingTest {
  @Test
  void aNumberIsInStepsOfItsError() {
    // An error of 5 in at least 16 steps: 0.25.
    assertThat(Rounding.inSteps(812.37, 25, 16)).isEqualTo(812.25);
    assertThat(Rounding.inSteps(-812.38, 25, 16)).isEqualTo(-812.5);
    assertThat(Rounding.inSteps(0.1, 25, 16)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aNumberOfUnknownErrorStaysAsItIs(double variance) {
    assertThat(Rounding.inSteps(812.37, variance, 16)).isEqualTo(812.37);
  }

  @Test
  void aVarianceHasTenBinaryDigits() {
    assertThat(Rounding.variance(1000.4)).isEqualTo(1000);
    assertThat(Rounding.variance(2001)).isEqualTo(2000);
    assertThat(Rounding.variance(Rounding.variance(1 / 3.0))).isEqualTo(Rounding.variance(1 / 3.0));
    assertThat(Rounding.variance(1 / 3.0)).isEqualTo(683 / 2048f);
    assertThat(Rounding.variance(0)).isZero();
    assertThat(Rounding.variance(1e-50)).isZero();
    assertThat(Rounding.variance(Double.POSITIVE_INFINITY)).isInfinite();
    assertThat(Rounding.variance(Double.NaN)).isNaN();
  }
}
