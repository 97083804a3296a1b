package org.skymi.smi;

import org.skymi.math.NormalEquations;

/**
 * What normal equations {@code N z = v} say of an independent Gaussian prior of z, mean m and
 * precision P: the Cholesky factor of {@code N + P}, and from it the step {@code (N + P)⁻¹(v - N
 * m)} from the prior to the posterior mean, and the posterior variances. One object serves one row
 * after another; not for more than one thread.
 */
final class PriorLikelihood {
  private final int size;
  private final double[] factor;
  private final double[] rest;
  private final double[] step;
  private final double[] precision;
  private final double[] variance;
  private final double[] column;
  private double logDeterminant;
  private double explained;

  /**
   * @param size number of unknowns
   */
  PriorLikelihood(int size) {
    this.size = size;
    factor = new double[NormalEquations.packed(size)];
    rest = new double[size];
    step = new double[size];
    precision = new double[size];
    variance = new double[size];
    column = new double[size];
  }

  /**
   * Takes up a row.
   *
   * @param prior holds {@code [mean, log variance]} from index {@code at} on
   * @param equations holds {@code [lower triangle of N, v]} from index {@code from} on
   */
  void of(double[] prior, int at, double[] equations, int from) {
    int rhs = from + factor.length;
    double linear = 0;
    logDeterminant = 0;
    for (int a = 0; a < size; a++) {
      double sum = 0;
      for (int b = 0; b < size; b++) {
        int k = a >= b ? NormalEquations.packed(a) + b : NormalEquations.packed(b) + a;
        sum += equations[from + k] * prior[at + b];
      }
      rest[a] = equations[rhs + a] - sum;
      linear += prior[at + a] * (equations[rhs + a] + rest[a]);
      precision[a] = Math.exp(-prior[at + size + a]);
      logDeterminant += prior[at + size + a];
    }
    factorise(equations, from);
    solve();
    double gained = 0;
    for (int a = 0; a < size; a++) {
      gained += rest[a] * step[a];
    }
    explained = linear + gained;
  }

  private void factorise(double[] equations, int from) {
    for (int a = 0; a < size; a++) {
      int rowA = NormalEquations.packed(a);
      for (int b = 0; b <= a; b++) {
        int rowB = NormalEquations.packed(b);
        double sum = equations[from + rowA + b] + (a == b ? precision[a] : 0);
        for (int k = 0; k < b; k++) {
          sum -= factor[rowA + k] * factor[rowB + k];
        }
        if (a == b) {
          factor[rowA + a] = Math.sqrt(Math.max(sum, precision[a] * 1e-6));
          logDeterminant += 2 * Math.log(factor[rowA + a]);
        } else {
          factor[rowA + b] = sum / factor[rowB + b];
        }
      }
    }
  }

  private void solve() {
    for (int a = 0; a < size; a++) {
      double sum = rest[a];
      for (int k = 0; k < a; k++) {
        sum -= factor[NormalEquations.packed(a) + k] * step[k];
      }
      step[a] = sum / factor[NormalEquations.packed(a) + a];
    }
    for (int a = size - 1; a >= 0; a--) {
      step[a] /= factor[NormalEquations.packed(a) + a];
      for (int k = 0; k < a; k++) {
        step[k] -= factor[NormalEquations.packed(a) + k] * step[a];
      }
    }
    for (int c = 0; c < size; c++) {
      double sum = 0;
      for (int a = c; a < size; a++) {
        double value = a == c ? 1 : 0;
        for (int k = c; k < a; k++) {
          value -= factor[NormalEquations.packed(a) + k] * column[k];
        }
        column[a] = value / factor[NormalEquations.packed(a) + a];
        sum += column[a] * column[a];
      }
      variance[c] = sum;
    }
  }

  /** Log determinant of {@code 1 + N/P}. */
  double logDeterminant() {
    return logDeterminant;
  }

  /**
   * {@code 2 m·v - m·N m + (v - N m)·(N + P)⁻¹(v - N m)}: what the prior leaves of {@code v·N⁻¹v}
   * as squared distance is the difference.
   */
  double explained() {
    return explained;
  }

  /** Posterior mean less prior mean. */
  double step(int k) {
    return step[k];
  }

  /** Precision of the prior. */
  double precision(int k) {
    return precision[k];
  }

  /** Variance of the posterior. */
  double variance(int k) {
    return variance[k];
  }
}
