package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WavelengthsTest {
  private static final double NONE = 0;

  private static double[][] completed(double[][] wavelength, float[][] ivar) throws FitsRejection {
    double[][] copy = Arrays.stream(wavelength).map(double[]::clone).toArray(double[][]::new);
    Wavelengths.complete(null, copy, ivar);
    return copy;
  }

  @Test
  void paddingGoesOnAsItsRow() throws FitsRejection {
    double[] row = {NONE, Double.NaN, 5000, 5001, NONE, NONE, 5007, 5010, NONE, -1};
    float[] ivar = {0, 0, 1, 1, 0, 0, 0, 1, 0, 0};
    assertThat(completed(new double[][] {row}, new float[][] {ivar})[0])
        .containsExactly(
            new double[] {4998, 4999, 5000, 5001, 5003, 5005, 5007, 5010, 5013, 5016},
            within(1e-9));
  }

  @Test
  void aRowOfNoneTakesTheNearestRows() throws FitsRejection {
    double[][] rows = new double[8][3];
    float[][] ivar = new float[8][3];
    for (int i : new int[] {2, 6}) {
      rows[i] = new double[] {5000 + i, 5001 + i, 5002 + i};
      Arrays.fill(ivar[i], 1);
    }
    assertThat(List.of(completed(rows, ivar)))
        .extracting(row -> row[0] - 5000)
        .containsExactly(2.0, 2.0, 2.0, 2.0, 2.0, 6.0, 6.0, 6.0);
  }

  @Test
  void aDeadRowKeepsWavelengthsThatIncrease() throws FitsRejection {
    double[][] rows = {{5000, 5001, 5002}, {6000, 6001, 6002}, {6002, 6001, 6000}};
    float[][] ivar = {{1, 1, 1}, new float[3], new float[3]};
    assertThat(completed(rows, ivar))
        .isDeepEqualTo(new double[][] {{5000, 5001, 5002}, {6000, 6001, 6002}, {6000, 6001, 6002}});
  }
}
