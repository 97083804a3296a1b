package org.skymi.sky.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.ToyFrame;
import org.skymi.survey.Arm;

class ContinuumRatioTest {
  private static ContinuumRatio ratio(ToyFrame toy, int fibre) {
    CleanFrame frame = toy.clean();
    double[] continuum = frame.grid().continuum(toy.coefficients());
    return ContinuumRatio.of(frame, FibreCalibration.none(frame, new int[0]), fibre, continuum);
  }

  @Test
  void isTheFibresLevelInEveryBin() {
    ToyFrame toy = new ToyFrame(Arm.RED, 3);
    toy.gain[1] = 0.8;
    ContinuumRatio found = ratio(toy, 1);
    for (int b = 0; b < toy.grid.bins(); b++) {
      assertThat((double) found.ratio()[b])
          .as("bin %d", b)
          .isCloseTo(0.8, within(5.0 * found.error()[b] + 0.004));
      assertThat(found.error()[b]).isBetween(1e-4f, 0.05f);
    }
    assertThat(found.mean(0, 3)).isCloseTo(0.8, within(0.01));
  }

  @Test
  void objectsStandOutAndLinesDoNotCount() {
    ToyFrame toy = new ToyFrame(Arm.RED, 3);
    toy.noise = false;
    toy.object = (i, w) -> 2 * toy.continuum(w);
    toy.gain[1] = 1;
    assertThat(ratio(toy, 1).mean(1, 3)).isCloseTo(3, within(0.05));
  }

  @Test
  void binsWithoutPixelsAreUnknown() {
    ToyFrame toy = new ToyFrame(Arm.BLUE, 3);
    toy.low = 4500;
    ContinuumRatio found = ratio(toy, 0);
    assertThat(found.error()[0]).isInfinite();
    assertThat(found.ratio()[0]).isEqualTo(1);
    assertThat(found.mean(0, 6)).isNaN();
    assertThat(found.mean(0, 1)).isCloseTo(1, within(0.01));
  }
}
