package org.skymi.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SkyStateTest {
  private static final int MANY = 300;

  @Test
  void speciesVaryIndependently() {
    // The matched world does not tell the moon's haze apart.
    SkySpecies[] species =
        Arrays.stream(SkySpecies.values())
            .filter(s -> s != SkySpecies.MOON_HAZE)
            .toArray(SkySpecies[]::new);
    double[][] log = new double[SkySpecies.values().length][MANY];
    for (int k = 0; k < MANY; k++) {
      // Exposures of one plate, one after the other, relative to the first.
      SkyState now = new SkyState(PlateDesign.ideal("TEST", 58000, 1).withMoon(Moon.BRIGHT), k);
      for (SkySpecies s : species) {
        log[s.ordinal()][k] = Math.log(now.strength(s));
      }
    }
    for (SkySpecies a : species) {
      assertThat(deviation(log[a.ordinal()])).isCloseTo(a.exposureScatter(), within(0.02));
      for (SkySpecies b : species) {
        if (b.ordinal() < a.ordinal()) {
          assertThat(Math.abs(correlation(log[a.ordinal()], log[b.ordinal()]))).isLessThan(0.25);
        }
      }
    }
  }

  @Test
  void nightsDiffer() {
    double[] oxygen = new double[MANY];
    for (int k = 0; k < MANY; k++) {
      SkyState state = new SkyState(PlateDesign.ideal("TEST", 58000 + k, 1), 0);
      oxygen[k] = Math.log(state.strength(SkySpecies.OI5577));
      assertThat(state.strength(SkySpecies.MOON)).isZero();
    }
    assertThat(deviation(oxygen)).isBetween(0.17, 0.25);
  }

  @Test
  void mapsHaveTheKnownSizes() {
    for (int k = 0; k < MANY; k++) {
      SkyState state = new SkyState(PlateDesign.ideal("P" + k, 58000, 1).withMoon(Moon.BRIGHT), 0);
      double moon = range(state, SkyFamily.MOON);
      assertThat(moon).isBetween(0.001, 0.13);
      assertThat(range(state, SkyFamily.AIRGLOW_CONTINUUM) / 5).isBetween(0.0099, 0.0201);
      assertThat(range(state, SkyFamily.HYDROXYL) / 5).isBetween(0.008, 0.03);
      assertThat(state.map(SkyFamily.HYDROXYL, 0, 0)).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void withoutGradientsTheFieldIsFlat() {
    PlateDesign flat = PlateDesign.ideal("TEST", 58000, 1).without(Effect.GRADIENTS);
    SkyState state = new SkyState(flat, 0);
    for (SkyFamily family : SkyFamily.values()) {
      assertThat(state.map(family, 2, -1)).isEqualTo(1);
    }
  }

  @Test
  void theMoonFollowsItsPhase() {
    // SkyCalc: half moon 0.07, day 10 of 14 about 0.2 of a full moon at 45 deg.
    assertThat(new MoonLight(1, 45, 0, 45).brightness()).isCloseTo(1, within(1e-9));
    assertThat(new MoonLight(0.5, 45, 0, 45).brightness()).isBetween(0.05, 0.12);
    assertThat(new MoonLight(0.8, 45, 0, 45).brightness()).isBetween(0.15, 0.35);
    assertThat(new MoonLight(1, 45, 0, -5).brightness()).isZero();
  }

  /** Greatest minus least of a map around the field's edge, relative. */
  private static double range(SkyState state, SkyFamily family) {
    double[] values = new double[72];
    Arrays.setAll(
        values,
        k -> state.map(family, 2.5 * Math.cos(Math.PI * k / 36), 2.5 * Math.sin(Math.PI * k / 36)));
    return Arrays.stream(values).max().orElseThrow() - Arrays.stream(values).min().orElseThrow();
  }

  private static double deviation(double[] v) {
    double mean = Arrays.stream(v).average().orElseThrow();
    return Math.sqrt(Arrays.stream(v).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - meanA) * (b[k] - meanB);
    }
    return sum / a.length / deviation(a) / deviation(b);
  }
}
