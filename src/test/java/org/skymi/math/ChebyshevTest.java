package org.skymi.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChebyshevTest {
  private static final int POINTS = 4096;

  @Test
  void wavelengthSolutionsComeBackPixelByPixel() {
    double[] wavelength = new double[POINTS];
    for (int p = 0; p < POINTS; p++) {
      double t = 2.0 * p / (POINTS - 1) - 1;
      wavelength[p] = Math.exp(8.5 + 0.25 * t) + 0.3 * Math.pow(t, 5) - 0.1 * t * t;
    }
    double[] c = new Chebyshev(POINTS).fit(wavelength, 1e-8).orElseThrow();
    double[] back = Chebyshev.values(c, POINTS);
    for (int p = 0; p < POINTS; p++) {
      assertThat(back[p]).isCloseTo(wavelength[p], within(1e-8));
    }
  }

  @Test
  void whatIsNoPolynomialHasNone() {
    double[] rounded = new double[POINTS];
    for (int p = 0; p < POINTS; p++) {
      rounded[p] = (float) (3700 + 0.55 * p);
    }
    assertThat(new Chebyshev(POINTS).fit(rounded, 1e-7)).isEqualTo(Optional.empty());
    assertThat(Chebyshev.isFor(12)).isFalse();
  }
}
