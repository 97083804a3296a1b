package org.skymi.sky.memory;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.skymi.math.NormalEquations;
import org.skymi.math.Spd;

/**
 * What one frame says of a fibre's mean, when the fibre's own coefficients scatter around it by a
 * given covariance D: the coefficients themselves integrated out.
 */
final class Visit {
  /** Information W on the mean: (N⁻¹ + D)⁻¹. */
  final DMatrixRMaj information;

  /** Its right-hand side: W N⁻¹ v. */
  final double[] rhs;

  private final NormalEquations equations;
  private final DMatrixRMaj scatter;
  private DMatrixRMaj left;
  private double freedom = Double.NaN;

  /**
   * @param equations N and v
   * @param scatter D
   */
  Visit(NormalEquations equations, DMatrixRMaj scatter) {
    this.equations = equations;
    this.scatter = scatter;
    int k = equations.size();
    information = new DMatrixRMaj(k, k);
    rhs = new double[k];
    // Objects' windows say nothing of many coefficients: these need no inverse.
    int[] told = IntStream.range(0, k).filter(a -> equations.gram(a, a) > 0).toArray();
    if (told.length > 0) {
      integrate(told);
    }
  }

  private void integrate(int[] told) {
    int m = told.length;
    DMatrixRMaj own = new DMatrixRMaj(m, m);
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < m; b++) {
        own.unsafe_set(a, b, scatter.unsafe_get(told[a], told[b]));
      }
    }
    DMatrixRMaj precision = Spd.inverse(own);
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < m; b++) {
        own.unsafe_set(a, b, precision.unsafe_get(a, b) + equations.gram(told[a], told[b]));
      }
    }
    DMatrixRMaj drawn = new DMatrixRMaj(m, m);
    CommonOps_DDRM.mult(precision, Spd.inverse(own), drawn);
    CommonOps_DDRM.mult(-1, drawn, precision, own);
    CommonOps_DDRM.addEquals(own, precision);
    Spd.symmetrise(own);
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < m; b++) {
        information.unsafe_set(told[a], told[b], own.unsafe_get(a, b));
        rhs[told[a]] += drawn.unsafe_get(a, b) * equations.rhs(told[b]);
      }
    }
  }

  /** What of a change of the mean the frame leaves in the coefficients, transposed: 1 - W D. */
  DMatrixRMaj pull() {
    DMatrixRMaj pull = CommonOps_DDRM.identity(equations.size());
    CommonOps_DDRM.multAdd(-1, information, scatter, pull);
    return pull;
  }

  /** Covariance of the coefficients where their mean is known: (N + D⁻¹)⁻¹. */
  DMatrixRMaj left() {
    if (left == null) {
      left = new DMatrixRMaj(equations.size(), equations.size());
      CommonOps_DDRM.mult(scatter, pull(), left);
      Spd.symmetrise(left);
    }
    return left;
  }

  /** What of the fibre's coefficients is beyond a mean, as far as the frame tells. */
  double[] beyond(double[] mean) {
    double[] gradient = equations.rhs();
    for (int a = 0; a < gradient.length; a++) {
      for (int b = 0; b < gradient.length; b++) {
        gradient[a] -= equations.gram(a, b) * mean[b];
      }
    }
    return Spd.times(left(), gradient);
  }

  /** The gradient of the likelihood by the mean: rhs - W mean. */
  double[] gradient(double[] mean) {
    double[] gradient = Spd.times(information, mean);
    for (int k = 0; k < gradient.length; k++) {
      gradient[k] = rhs[k] - gradient[k];
    }
    return gradient;
  }

  /** How far the frame is off a mean, per degree of freedom; 1 is expected. */
  double misfit(double[] mean) {
    double[] gradient = gradient(mean);
    double[] drawn = Spd.times(scatter, gradient);
    double square = 0;
    for (int a = 0; a < gradient.length; a++) {
      square += gradient[a] * drawn[a];
    }
    return freedom() > 0 ? square / freedom() : 0;
  }

  /** How many coefficients the frame tells of, the trace of WD. */
  private double freedom() {
    if (Double.isNaN(freedom)) {
      freedom = 0;
      for (int k = 0; k < information.data.length; k++) {
        freedom += information.data[k] * scatter.data[k];
      }
    }
    return freedom;
  }
}
