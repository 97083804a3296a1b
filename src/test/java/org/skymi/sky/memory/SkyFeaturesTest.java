package org.skymi.sky.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.LineDerivatives;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.frame.ToyFrame;
import org.skymi.survey.Arm;

class SkyFeaturesTest {
  private static double[] features(SkyGrid grid, double[] sky) {
    double[] continuum = grid.continuum(sky);
    return SkyFeatures.of(grid, continuum, FibreCalibration.minus(sky, continuum));
  }

  private static double[] off(double[] features, double[] other) {
    double[] off = features.clone();
    Arrays.setAll(off, k -> other[k] - off[k]);
    return off;
  }

  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void aBrighterSkyIsNoSharper(Arm arm) {
    ToyFrame toy = new ToyFrame(arm, 2);
    double[] sky = toy.coefficients();
    double[] features = features(toy.grid, sky);
    double[] bright = features(toy.grid, Arrays.stream(sky).map(s -> Math.E * s).toArray());
    double[] off = off(features, bright);
    assertThat(features).hasSize(SkyFeatures.count(toy.grid.optics()));
    for (int k = 0; k < off.length; k++) {
      boolean isSharpness = k >= SkyFeatures.LEVELS && (k - SkyFeatures.LEVELS) % 2 == 1;
      assertThat(off[k]).as("feature " + k).isCloseTo(isSharpness ? 0 : 1, within(0.01));
    }
  }

  @ParameterizedTest
  @MethodSource("org.skymi.sky.frame.ToyFrame#arms")
  void widerLinesAreLessSharpAndTheContinuumStays(Arm arm) {
    ToyFrame toy = new ToyFrame(arm, 2);
    SkyGrid grid = toy.grid;
    double[] sky = toy.coefficients();
    double[] lines = FibreCalibration.minus(sky, grid.continuum(sky));
    double[] wider = LineDerivatives.of(grid, lines, 2);
    Arrays.setAll(wider, k -> sky[k] + 0.1 * wider[k]);
    double[] off = off(features(grid, sky), features(grid, wider));
    for (int k = 0; k < off.length; k++) {
      if (k < SkyFeatures.LEVELS) {
        assertThat(off[k]).isCloseTo(0, within(0.02));
      } else if ((k - SkyFeatures.LEVELS) % 2 == 1) {
        assertThat(off[k]).as("sharpness " + k).isLessThan(-0.02);
      }
    }
  }
}
