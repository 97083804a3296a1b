package org.skymi.sky.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.skymi.math.Binary;
import org.skymi.sky.recipe.FibreRecipe.Correction;

class FibreRecipeTest {
  private static final double[] MEAN = {1 / 3.0, -1e-3, 0, 2};

  /** Correlations of 0.29, -0.7, none; the last coefficient is certain. */
  private static final DMatrixRMaj COVARIANCE =
      new DMatrixRMaj(
          new double[][] {
            {1 / 7.0, 60, -1e-3, 0}, {60, 3e5, 0, 0}, {-1e-3, 0, 1.4e-5, 0}, {0, 0, 0, 0}
          });

  @Test
  void errorsAreFloatsAndCorrelationsHaveSteps() {
    Correction kept = Correction.of(MEAN, COVARIANCE);
    assertThat(kept.mean()).containsExactly(1 / 3f, -1e-3f, 0, 2);
    assertThat(kept.error())
        .containsExactly(
            (float) Math.sqrt(1 / 7.0), (float) Math.sqrt(3e5), (float) Math.sqrt(1.4e-5), 0);
    assertThat(kept.correlation()).containsExactly(148 / 512f, -362 / 512f, 0, 0, 0, 0);
    DMatrixRMaj covariance = kept.covariance();
    for (int k = 0; k < MEAN.length; k++) {
      for (int l = 0; l < MEAN.length; l++) {
        double most = Math.sqrt(COVARIANCE.get(k, k) * COVARIANCE.get(l, l)) / 1000;
        assertThat(covariance.get(k, l))
            .isEqualTo(covariance.get(l, k))
            .isCloseTo(COVARIANCE.get(k, l), within(most));
      }
    }
  }

  @Test
  void whatIsKeptIsRoundedOnce() {
    Correction kept = Correction.of(MEAN, COVARIANCE);
    Correction again = Correction.of(Binary.doubles(kept.mean()), kept.covariance());
    assertThat(again.mean()).isEqualTo(kept.mean());
    assertThat(again.error()).isEqualTo(kept.error());
    assertThat(again.correlation()).isEqualTo(kept.correlation());
  }
}
