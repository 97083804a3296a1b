package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.skymi.math.NormalEquations;
import org.skymi.sky.memory.FrameEquations;

class InputMomentsTest {
  private static final NetworkSettings.Sizes SIZES = NetworkSettings.Sizes.of(2, 1, 3);

  /** Of a fibre that is sure of its first coefficient and knows nothing of its second. */
  private static FrameEquations.Fibre fibre(int number, double z, boolean teaches) {
    NormalEquations equations = new NormalEquations(2);
    equations.addGram(0, 0, 4);
    equations.addRhs(0, 4 * z);
    return new FrameEquations.Fibre(number, teaches, 0, 0, equations);
  }

  private static FrameEquations frame(double sky, FrameEquations.Fibre... fibres) {
    return new FrameEquations(new FrameEquations.When(58000, 1), 1, 0, new double[] {sky}, fibres);
  }

  private static final FrameEquations ONE =
      frame(4, fibre(1, 1, true), fibre(2, 100, false), fibre(3, 2, true));

  private static final FrameEquations OTHER = frame(8, fibre(1, 6, true));

  private static void requireMoments(InputMoments moments) {
    // A prior of a thousandth of the data's weight draws to 0.
    assertThat(moments.mean()[0]).isCloseTo(3 / 1.001, within(1e-9));
    assertThat(moments.scale()[0]).isCloseTo(Math.sqrt(14 / 3.0) / 1.001, within(1e-9));
    assertThat(moments.mean()[1]).isZero();
    assertThat(moments.scale()[1]).isEqualTo(1);
    assertThat(moments.mean()[2]).as("of the sky, a frame counts once").isEqualTo(6);
    assertThat(moments.scale()[2]).isEqualTo(2);
  }

  @Test
  void areThoseOfTheFibresThatTeach() {
    InputMoments moments = new InputMoments(SIZES);
    moments.add(ONE);
    moments.add(OTHER);
    requireMoments(moments);
    requireMoments(new InputMoments(SIZES, moments.sums()));
  }

  @Test
  void partsAddUp() {
    InputMoments one = new InputMoments(SIZES);
    one.add(ONE);
    InputMoments other = new InputMoments(SIZES);
    other.add(OTHER);
    requireMoments(one.plus(other));
    assertThat(other.scale()[0]).as("one alone does not scatter").isEqualTo(1);
  }
}
