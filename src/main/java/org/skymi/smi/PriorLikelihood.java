package org.skymi.smi;

import org.skymi.math.NormalEquations;
import org.skymi.math.Spd;

/**
 * What normal equations {@code N z = v} say of a Gaussian prior of z with mean m and precision
 * {@code P = E R⁻¹ E}, E diagonal: the covariance of {@code N + P}, and from it the step {@code (N
 * + P)⁻¹(v - N m)} from the prior to the posterior mean. One object serves one row after another;
 * not for more than one thread.
 */
final class PriorLikelihood {
  /** Rounding of packed numbers may leave less than nothing; this share of the prior is left. */
  private static final double LEAST = 1e-6;

  private final int size;

  /** Rows of N + P, then its factor's. */
  private final double[][] upper;

  /** Lower triangle. */
  private final double[] precision;

  private final double[] rest;
  private final double[] least;

  /** The diagonal of E. */
  private final double[] shrunk;

  private Spd.Factor factor;
  private double[] step;
  private double logDeterminant;
  private double explained;

  /**
   * @param size number of unknowns
   */
  PriorLikelihood(int size) {
    this.size = size;
    upper = new double[size][size];
    precision = new double[NormalEquations.packed(size)];
    rest = new double[size];
    least = new double[size];
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
    int rhs = from + precision.length;
    System.arraycopy(equations, rhs, rest, 0, size);
    double logVariance = 0;
    int k = 0;
    for (int a = 0; a < size; a++) {
      shrunk[a] = Math.exp(-prior[at + size + a] / 2);
      logVariance += prior[at + size + a];
      for (int b = 0; b <= a; b++) {
        double gram = equations[from + k];
        precision[k] = shrunk[a] * shrunk[b] * equations[rhs + size + k];
        upper[b][a] = gram + precision[k];
        rest[a] -= gram * prior[at + b];
        rest[b] -= b < a ? gram * prior[at + a] : 0;
        k++;
      }
      least[a] = LEAST * precision[k - 1];
    }
    factor = Spd.factor(upper, least);
    step = factor.solve(rest);
    logDeterminant = logVariance + factor.logDeterminant();
    explained = 0;
    for (int a = 0; a < size; a++) {
      explained += prior[at + a] * (equations[rhs + a] + rest[a]) + rest[a] * step[a];
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
  double[] step() {
    return step;
  }

  /** P times the step. */
  double[] pull() {
    double[] pull = new double[size];
    int k = 0;
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < a; b++) {
        pull[a] += precision[k] * step[b];
        pull[b] += precision[k++] * step[a];
      }
      pull[a] += precision[k++] * step[a];
    }
    return pull;
  }

  /** The diagonal of {@code (N + P)⁻¹ N}: how far the equations, not the prior, tell z. */
  double[] told(double[] equations, int from) {
    double[] inverse = factor.inverse().data;
    double[] told = new double[size];
    int k = from;
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < a; b++) {
        double both = inverse[a * size + b] * equations[k++];
        told[a] += both;
        told[b] += both;
      }
      told[a] += inverse[a * size + a] * equations[k++];
    }
    return told;
  }
}
