package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.skymi.math.NormalEquations;
import org.skymi.sky.memory.FrameEquations;

class CoefficientMomentsTest {
  /** Of a fibre that is sure of its first coefficient and knows nothing of its second. */
  private static FrameEquations.Fibre fibre(int number, double z, boolean teaches) {
    NormalEquations equations = new NormalEquations(2);
    equations.addGram(0, 0, 4);
    equations.addRhs(0, 4 * z);
    return new FrameEquations.Fibre(number, teaches, 0, 0, equations);
  }

  private static FrameEquations frame(FrameEquations.Fibre... fibres) {
    return new FrameEquations(new FrameEquations.When(58000, 1), 1, 0, fibres);
  }

  private static final FrameEquations ONE =
      frame(fibre(1, 1, true), fibre(2, 100, false), fibre(3, 2, true));

  private static final FrameEquations OTHER = frame(fibre(1, 6, true));

  private static void requireMoments(CoefficientMoments moments) {
    // A prior of a thousandth of the data's weight draws to 0.
    assertThat(moments.mean()[0]).isCloseTo(3 / 1.001, within(1e-9));
    assertThat(moments.scale()[0]).isCloseTo(Math.sqrt(14 / 3.0) / 1.001, within(1e-9));
    assertThat(moments.mean()[1]).isZero();
    assertThat(moments.scale()[1]).isEqualTo(1);
  }

  @Test
  void areThoseOfTheFibresThatTeach() {
    CoefficientMoments moments = new CoefficientMoments(2);
    moments.add(ONE);
    moments.add(OTHER);
    requireMoments(moments);
    requireMoments(new CoefficientMoments(moments.sums()));
  }

  @Test
  void partsAddUp() {
    CoefficientMoments one = new CoefficientMoments(2);
    one.add(ONE);
    CoefficientMoments other = new CoefficientMoments(2);
    other.add(OTHER);
    requireMoments(one.plus(other));
    assertThat(other.scale()[0]).as("one alone does not scatter").isEqualTo(1);
  }
}
