package org.skymi.sky.memory;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.skymi.math.NormalEquations;
import org.skymi.math.RowSums;
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

  /** Of N + D⁻¹, where N tells of all coefficients; else null. */
  private Spd.Factor factor;

  private DMatrixRMaj pull;
  private DMatrixRMaj left;
  private double freedom = Double.NaN;

  /**
   * @param equations N and v
   * @param scatter D
   */
  Visit(NormalEquations equations, DMatrixRMaj scatter) {
    this(equations, scatter, null);
  }

  /**
   * The same where the inverse of D is known.
   *
   * @param precision D⁻¹, null if it is not known
   */
  Visit(NormalEquations equations, DMatrixRMaj scatter, DMatrixRMaj precision) {
    this.equations = equations;
    this.scatter = scatter;
    int k = equations.size();
    information = new DMatrixRMaj(k, k);
    rhs = new double[k];
    // Objects' windows say nothing of many coefficients: these need no inverse.
    int[] told = IntStream.range(0, k).filter(a -> equations.gram(a, a) > 0).toArray();
    if (told.length > 0) {
      integrate(told, precision);
    }
  }

  private void integrate(int[] told, DMatrixRMaj precision) {
    int m = told.length;
    double[][] n = new double[m][m];
    DMatrixRMaj own = new DMatrixRMaj(m, m);
    double[] v = new double[m];
    for (int a = 0; a < m; a++) {
      v[a] = equations.rhs(told[a]);
      for (int b = 0; b <= a; b++) {
        n[a][b] = equations.gram(told[a], told[b]);
        n[b][a] = n[a][b];
        own.unsafe_set(a, b, scatter.unsafe_get(told[a], told[b]));
        own.unsafe_set(b, a, own.unsafe_get(a, b));
      }
    }
    // With the factor G of N + D⁻¹: W is N - (G⁻¹N)ᵀ(G⁻¹N), and W N⁻¹ v is v - (G⁻¹N)ᵀ(G⁻¹v).
    boolean isKnown = precision != null && m == equations.size();
    DMatrixRMaj both = isKnown ? precision.copy() : Spd.inverse(own);
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < m; b++) {
        both.data[a * m + b] += n[a][b];
      }
    }
    Spd.Factor known = Spd.factor(both);
    factor = m == equations.size() ? known : null;
    double[][] drawn = new double[m][];
    Arrays.setAll(drawn, a -> n[a].clone());
    known.halve(drawn);
    double[][] square = RowSums.square(drawn, m);
    double[] half = known.half(v);
    double[] taken = new double[m];
    RowSums.add(half, drawn, 0, m, taken, 0, m);
    for (int a = 0; a < m; a++) {
      rhs[told[a]] = v[a] - taken[a];
      for (int b = 0; b <= a; b++) {
        double w = n[a][b] - square[a][b];
        information.unsafe_set(told[a], told[b], w);
        information.unsafe_set(told[b], told[a], w);
      }
    }
  }

  /** What of a change of the mean the frame leaves in the coefficients, transposed: 1 - W D. */
  DMatrixRMaj pull() {
    if (pull == null) {
      pull = CommonOps_DDRM.identity(equations.size());
      CommonOps_DDRM.multAdd(-1, information, scatter, pull);
    }
    return pull;
  }

  /** Covariance of the coefficients where their mean is known: (N + D⁻¹)⁻¹. */
  DMatrixRMaj left() {
    if (left == null && factor != null) {
      left = factor.inverse();
    } else if (left == null) {
      left = new DMatrixRMaj(equations.size(), equations.size());
      CommonOps_DDRM.mult(scatter, pull(), left);
      Spd.symmetrise(left);
    }
    return left;
  }

  /** What of the fibre's coefficients is beyond a mean, as far as the frame tells. */
  double[] beyond(double[] mean) {
    return Spd.times(left(), equations.gradient(mean));
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
