package org.skymi.sky.memory;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.skymi.math.NormalEquations;
import org.skymi.math.Spd;

/**
 * What one frame says of a fibre's mean, when the fibre's own coefficients scatter around it by a
 * given covariance D: the coefficients themselves integrated out.
 */
final class Visit {
  /** Information on the mean: (N⁻¹ + D)⁻¹. */
  final DMatrixRMaj information;

  /** Its right-hand side: W N⁻¹ v. */
  final double[] rhs;

  /** Covariance of the coefficients where their mean is known: (N + D⁻¹)⁻¹. */
  final DMatrixRMaj left;

  /** Precision times {@link #left}: its transpose is what is left of a change of the mean. */
  final DMatrixRMaj pull;

  private final NormalEquations equations;

  /**
   * @param equations N and v
   * @param precision D⁻¹
   */
  Visit(NormalEquations equations, DMatrixRMaj precision) {
    this.equations = equations;
    int k = equations.size();
    DMatrixRMaj n = equations.gram();
    CommonOps_DDRM.addEquals(n, precision);
    left = Spd.inverse(n);
    pull = new DMatrixRMaj(k, k);
    CommonOps_DDRM.mult(precision, left, pull);
    information = new DMatrixRMaj(k, k);
    CommonOps_DDRM.mult(-1, pull, precision, information);
    CommonOps_DDRM.addEquals(information, precision);
    Spd.symmetrise(information);
    rhs = Spd.times(pull, equations.rhs());
  }

  /** What of the fibre's coefficients is beyond a mean, as far as the frame tells. */
  double[] beyond(double[] mean) {
    double[] gradient = equations.rhs();
    for (int a = 0; a < gradient.length; a++) {
      for (int b = 0; b < gradient.length; b++) {
        gradient[a] -= equations.gram(a, b) * mean[b];
      }
    }
    return Spd.times(left, gradient);
  }

  /** The gradient of the likelihood by the mean: rhs - W mean. */
  double[] gradient(double[] mean) {
    double[] gradient = Spd.times(information, mean);
    for (int k = 0; k < gradient.length; k++) {
      gradient[k] = rhs[k] - gradient[k];
    }
    return gradient;
  }

  /**
   * How far the frame is off a mean, per degree of freedom; 1 is expected.
   *
   * @param scatter D
   */
  double misfit(double[] mean, DMatrixRMaj scatter) {
    double[] gradient = gradient(mean);
    double[] drawn = Spd.times(scatter, gradient);
    double square = 0;
    double freedom = 0;
    for (int a = 0; a < gradient.length; a++) {
      square += gradient[a] * drawn[a];
      for (int b = 0; b < gradient.length; b++) {
        freedom += information.unsafe_get(a, b) * scatter.unsafe_get(b, a);
      }
    }
    return freedom > 0 ? square / freedom : 0;
  }
}
