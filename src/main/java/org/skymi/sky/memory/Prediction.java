package org.skymi.sky.memory;

import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.skymi.math.NormalEquations;
import org.skymi.math.Spd;
import org.skymi.survey.Arm;

/**
 * What is expected of a fibre's coefficients in a frame before its own pixels are seen.
 *
 * @param mean {@code [nCoefficient]}
 * @param covariance of the coefficients around it
 */
public record Prediction(double[] mean, DMatrixRMaj covariance) implements Serializable {
  /** That a fibre's sky is the classical one. */
  public static Prediction none(Arm arm) {
    int k = CorrectionColumns.count(arm);
    return new Prediction(new double[k], new DMatrixRMaj(k, k));
  }

  /**
   * What is known once the fibre's own pixels are seen: {@code (N + Λ)⁻¹(v + Λμ)}.
   *
   * @param own N and v
   */
  public Prediction posterior(NormalEquations own) {
    DMatrixRMaj precision = Spd.inverse(covariance);
    double[] right = Spd.times(precision, mean);
    CommonOps_DDRM.addEquals(precision, own.gram());
    for (int k = 0; k < right.length; k++) {
      right[k] += own.rhs(k);
    }
    DMatrixRMaj left = Spd.inverse(precision);
    return new Prediction(Spd.times(left, right), left);
  }
}
