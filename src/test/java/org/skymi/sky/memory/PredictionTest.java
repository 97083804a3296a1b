package org.skymi.sky.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class PredictionTest {
  @Test
  void whatIsKeptIsRoundedOnce() {
    double[] mean = {1 / 3.0, -1e-3, 0};
    DMatrixRMaj covariance =
        new DMatrixRMaj(new double[][] {{1 / 7.0, -1e-9, 0}, {-1e-9, 3e5, 2e-5}, {0, 2e-5, 1e-45}});
    Prediction kept = new Prediction(mean, covariance).rounded();
    assertThat(kept.mean()).containsExactly((float) mean[0], (float) mean[1], 0);
    for (int k = 0; k < 3; k++) {
      for (int l = 0; l < 3; l++) {
        double value = kept.covariance().get(k, l);
        double exact = covariance.get(k, l);
        assertThat(value)
            .isEqualTo((double) (float) value)
            .isEqualTo(kept.covariance().get(l, k))
            .isCloseTo(exact, within(Math.abs(exact) / 1024 + 1e-38));
      }
    }
    assertThat(kept.rounded().covariance().data).isEqualTo(kept.covariance().data);
  }
}
