package org.skymi.sky.memory;

import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.skymi.math.NormalEquations;
import org.skymi.math.Spd;
import org.skymi.survey.Instrument;

/**
 * What is expected of a fibre's coefficients in a frame before its own pixels are seen.
 *
 * @param mean {@code [nCoefficient]}
 * @param covariance of the coefficients around it
 */
public record Prediction(double[] mean, DMatrixRMaj covariance) implements Serializable {
  /** That a fibre's sky is the classical one. */
  public static Prediction none(Instrument.Optics arm) {
    int k = CorrectionColumns.count(arm);
    return new Prediction(new double[k], new DMatrixRMaj(k, k));
  }

  /** Whether nothing that is seen could change it. */
  public boolean isCertain() {
    for (int k = 0; k < mean.length; k++) {
      if (covariance.get(k, k) > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * What is known once the fibre's own pixels are seen: {@code (N + Λ)⁻¹(v + Λμ)}.
   *
   * @param own N and v
   */
  public Prediction posterior(NormalEquations own) {
    if (isCertain()) {
      return this;
    }
    DMatrixRMaj precision = Spd.inverse(covariance);
    double[] right = Spd.times(precision, mean);
    CommonOps_DDRM.addEquals(precision, own.gram());
    for (int k = 0; k < right.length; k++) {
      right[k] += own.rhs(k);
    }
    DMatrixRMaj left = Spd.inverse(precision);
    return new Prediction(Spd.times(left, right), left);
  }

  /**
   * Negative log likelihood of what the fibre's own pixels say, nat, but for what is the same
   * whatever is expected.
   *
   * @param own N and v
   */
  public double surprise(NormalEquations own) {
    int size = mean.length;
    DMatrixRMaj n = own.gram();
    double[] expected = Spd.times(n, mean);
    double[] off = own.rhs();
    double square = 0;
    for (int k = 0; k < size; k++) {
      square += mean[k] * (expected[k] / 2 - off[k]);
      off[k] -= expected[k];
    }
    DMatrixRMaj spread = CommonOps_DDRM.identity(size);
    CommonOps_DDRM.multAdd(n, covariance, spread);
    double volume = Math.log(CommonOps_DDRM.det(spread));
    // (N + 1/C)⁻¹ is C (1 + N C)⁻¹, which needs no inverse of C.
    CommonOps_DDRM.invert(spread);
    double[] drawn = Spd.times(spread, off);
    double[] back = Spd.times(covariance, drawn);
    for (int k = 0; k < size; k++) {
      square -= off[k] * back[k] / 2;
    }
    return square + volume / 2;
  }
}
