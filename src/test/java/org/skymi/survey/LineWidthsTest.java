package org.skymi.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LineWidthsTest {
  private static final float[] UNKNOWN = {Float.NaN, Float.NaN, Float.NaN};
  private static final LineWidths WIDTHS =
      new LineWidths(5000, 100, new float[][] {{1, 2, 4}, {3, 4, 6}, UNKNOWN});

  @Test
  void straightBetweenWavelengthsAndConstantBeyond() {
    assertThat(WIDTHS.at(0, 5000)).isEqualTo(1);
    assertThat(WIDTHS.at(0, 5150)).isEqualTo(3);
    assertThat(WIDTHS.at(1, 5050)).isEqualTo(3.5);
    assertThat(WIDTHS.at(0, 4000)).isEqualTo(1);
    assertThat(WIDTHS.at(0, 9000)).isEqualTo(4);
    assertThat(WIDTHS.at(2, 5050)).isNaN();
    assertThat(LineWidths.NONE.at(7, 5050)).isZero();
    assertThat(LineWidths.NONE.isStated()).isFalse();
  }

  @Test
  void beyondTheMeanOfSomeFibres() {
    LineWidths beyond = WIDTHS.beyond(new int[] {0, 1, 2});
    assertThat(beyond.at(0, 5000)).isEqualTo(-1);
    assertThat(beyond.at(1, 5150)).isCloseTo(1, within(1e-6));
    assertThat(beyond.at(2, 5150)).isZero();
    assertThat(WIDTHS.beyond(new int[] {1}).at(0, 5200)).isEqualTo(-2);
    assertThat(WIDTHS.beyond(new int[] {2}).isStated()).isFalse();
    assertThat(LineWidths.NONE.beyond(new int[] {0}).isStated()).isFalse();
  }
}
