package org.skymi.smi;

import java.util.Arrays;
import org.skymi.math.NormalEquations;

/**
 * What normal equations {@code N z = v} say of a Gaussian prior of z with mean m and precision
 * {@code P = E R⁻¹ E}, E diagonal: the covariance of {@code N + P}, and from it the step {@code (N
 * + P)⁻¹(v - N m)} from the prior to the posterior mean. One object serves one row after another;
 * not for more than one thread.
 */
final class PriorLikelihood {
  private final int size;

  /** Lower triangles, this one and the next ones. */
  private final double[] factor;

  /** Inverse of the factor. */
  private final double[] lower;

  /** The covariance. */
  private final double[] inverse;

  private final double[] precision;
  private final double[] rest;
  private final double[] step;
  private final double[] pull;

  /** The diagonal of E. */
  private final double[] shrunk;

  private double logDeterminant;
  private double explained;

  /**
   * @param size number of unknowns
   */
  PriorLikelihood(int size) {
    this.size = size;
    factor = new double[NormalEquations.packed(size)];
    lower = new double[factor.length];
    inverse = new double[factor.length];
    precision = new double[factor.length];
    rest = new double[size];
    step = new double[size];
    pull = new double[size];
    shrunk = new double[size];
  }

  /**
   * Takes up a row.
   *
   * @param prior holds {@code [mean, log variance]} from index {@code at} on; {@code E = exp(-log
   *     variance / 2)}
   * @param equations holds {@code [N, v, R⁻¹]} from index {@code from} on, lower triangles
   */
  void of(double[] prior, int at, double[] equations, int from) {
    int rhs = from + factor.length;
    double linear = 0;
    logDeterminant = 0;
    for (int a = 0; a < size; a++) {
      double sum = 0;
      for (int b = 0; b < size; b++) {
        sum += equations[from + index(a, b)] * prior[at + b];
      }
      rest[a] = equations[rhs + a] - sum;
      linear += prior[at + a] * (equations[rhs + a] + rest[a]);
      logDeterminant += prior[at + size + a];
    }
    int k = 0;
    for (int a = 0; a < size; a++) {
      shrunk[a] = Math.exp(-prior[at + size + a] / 2);
      for (int b = 0; b <= a; b++) {
        precision[k] = shrunk[a] * shrunk[b] * equations[rhs + size + k];
        factor[k] = equations[from + k] + precision[k];
        k++;
      }
    }
    factorise();
    invert();
    double gained = 0;
    for (int a = 0; a < size; a++) {
      step[a] = 0;
      for (int b = 0; b < size; b++) {
        step[a] += inverse[index(a, b)] * rest[b];
      }
      gained += rest[a] * step[a];
    }
    for (int a = 0; a < size; a++) {
      pull[a] = 0;
      for (int b = 0; b < size; b++) {
        pull[a] += precision[index(a, b)] * step[b];
      }
    }
    explained = linear + gained;
  }

  private static int index(int a, int b) {
    return a >= b ? NormalEquations.packed(a) + b : NormalEquations.packed(b) + a;
  }

  private void factorise() {
    for (int a = 0; a < size; a++) {
      int rowA = NormalEquations.packed(a);
      for (int b = 0; b <= a; b++) {
        int rowB = NormalEquations.packed(b);
        double sum = factor[rowA + b];
        for (int k = 0; k < b; k++) {
          sum -= factor[rowA + k] * factor[rowB + k];
        }
        if (a == b) {
          // Rounding of packed numbers may leave less than nothing.
          factor[rowA + a] = Math.sqrt(Math.max(sum, 1e-6 * precision[rowA + a]));
          logDeterminant += 2 * Math.log(factor[rowA + a]);
        } else {
          factor[rowA + b] = sum / factor[rowB + b];
        }
      }
    }
  }

  /** The inverse of the factor's product; row by row, which is quick. */
  private void invert() {
    for (int a = 0; a < size; a++) {
      int rowA = NormalEquations.packed(a);
      Arrays.fill(lower, rowA, rowA + a, 0);
      for (int k = 0; k < a; k++) {
        subtract(factor[rowA + k], NormalEquations.packed(k), rowA, k + 1);
      }
      for (int c = 0; c < a; c++) {
        lower[rowA + c] /= factor[rowA + a];
      }
      lower[rowA + a] = 1 / factor[rowA + a];
    }
    Arrays.fill(inverse, 0);
    for (int k = 0; k < size; k++) {
      int row = NormalEquations.packed(k);
      for (int a = 0; a <= k; a++) {
        int rowA = NormalEquations.packed(a);
        double own = lower[row + a];
        for (int b = 0; b <= a; b++) {
          inverse[rowA + b] += own * lower[row + b];
        }
      }
    }
  }

  private void subtract(double times, int from, int to, int count) {
    for (int c = 0; c < count; c++) {
      lower[to + c] -= times * lower[from + c];
    }
  }

  /** Log determinant of {@code N + P}, less that of {@code E²}. */
  double logDeterminant() {
    return logDeterminant;
  }

  /**
   * {@code 2 m·v - m·N m + (v - N m)·(N + P)⁻¹(v - N m)}: what is left of {@code v·N⁻¹v} is the
   * squared distance of data and prior.
   */
  double explained() {
    return explained;
  }

  /** Posterior mean less prior mean. */
  double step(int k) {
    return step[k];
  }

  /** P times the step. */
  double pull(int k) {
    return pull[k];
  }

  /** The diagonal of {@code (N + P)⁻¹ N}: how far the equations, not the prior, tell z. */
  double told(int k, double[] equations, int from) {
    double sum = 0;
    for (int b = 0; b < size; b++) {
      sum += inverse[index(k, b)] * equations[from + index(k, b)];
    }
    return sum;
  }
}
