package org.skymi.math;

import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Normal equations {@code N z = v} of a weighted linear least-squares problem with few unknowns:
 * sums that can be added row by row, or to one another.
 */
public final class NormalEquations implements Serializable {
  private static final long serialVersionUID = 1;

  private final int size;

  /** Lower triangle, row by row. */
  private final double[] gram;

  private final double[] rhs;

  /** Equations that know nothing. */
  public NormalEquations(int size) {
    this.size = size;
    this.gram = new double[packed(size)];
    this.rhs = new double[size];
  }

  /**
   * The equations of data that are a sum of columns.
   *
   * @param columns {@code [size][nDatum]}, what each unknown adds to the data; a column may be
   *     shorter than those before it, and is 0 beyond its end
   * @param weight {@code [nDatum]}, inverse variances
   * @param data {@code [nDatum]}
   */
  public static NormalEquations of(double[][] columns, double[] weight, double[] data) {
    NormalEquations equations = new NormalEquations(columns.length);
    double[] weighted = new double[weight.length];
    for (int b = 0; b < columns.length; b++) {
      for (int k = 0; k < columns[b].length; k++) {
        weighted[k] = weight[k] * columns[b][k];
      }
      for (int a = b; a < columns.length; a++) {
        equations.gram[packed(a) + b] = RowSums.dot(weighted, columns[a]);
      }
    }
    for (int k = 0; k < weighted.length; k++) {
      weighted[k] = weight[k] * data[k];
    }
    for (int a = 0; a < columns.length; a++) {
      equations.rhs[a] = RowSums.dot(weighted, columns[a]);
    }
    return equations;
  }

  /** Numbers in the lower triangle of a square matrix. */
  public static int packed(int size) {
    return size * (size + 1) / 2;
  }

  /** Number of unknowns. */
  public int size() {
    return size;
  }

  /**
   * Adds one datum.
   *
   * @param row {@code [size]}, what each unknown adds to the datum
   * @param weight inverse variance
   */
  public void add(double[] row, double weight, double datum) {
    int k = 0;
    for (int a = 0; a < size; a++) {
      double wa = weight * row[a];
      if (wa == 0) {
        k += a + 1;
        continue;
      }
      rhs[a] += wa * datum;
      for (int b = 0; b <= a; b++) {
        gram[k++] += wa * row[b];
      }
    }
  }

  /** Data that {@link #add(double[][], double[], double[])} takes. */
  public static final int BLOCK = 4;

  /**
   * Adds some data together, which is quicker than one after the other.
   *
   * @param rows {@code [BLOCK][size]}, by datum
   * @param weights inverse variances; data of weight 0 add nothing
   * @param data {@code [BLOCK]}
   */
  public void add(double[][] rows, double[] weights, double[] data) {
    double[] one = rows[0];
    double[] two = rows[1];
    double[] three = rows[2];
    double[] four = rows[3];
    int k = 0;
    for (int a = 0; a < size; a++) {
      double wa = weights[0] * one[a];
      double wb = weights[1] * two[a];
      double wc = weights[2] * three[a];
      double wd = weights[3] * four[a];
      if (wa != 0 || wb != 0 || wc != 0 || wd != 0) {
        rhs[a] += wa * data[0] + wb * data[1] + (wc * data[2] + wd * data[3]);
        for (int b = 0; b <= a; b++) {
          gram[k + b] += wa * one[b] + wb * two[b] + (wc * three[b] + wd * four[b]);
        }
      }
      k += a + 1;
    }
  }

  /** Adds what other data say of the same unknowns. */
  public void add(NormalEquations other) {
    for (int k = 0; k < gram.length; k++) {
      gram[k] += other.gram[k];
    }
    for (int a = 0; a < size; a++) {
      rhs[a] += other.rhs[a];
    }
  }

  /** Adds an independent Gaussian prior of one unknown. */
  public void addPrior(int unknown, double mean, double variance) {
    gram[packed(unknown) + unknown] += 1 / variance;
    rhs[unknown] += mean / variance;
  }

  /** Adds to the entry of N of two unknowns. */
  public void addGram(int a, int b, double value) {
    gram[a >= b ? packed(a) + b : packed(b) + a] += value;
  }

  /**
   * Adds to the entries of N of an unknown and some of those up to it.
   *
   * @param others unknowns, none of them after {@code a}
   * @param count how many of them
   * @param factor of what is added
   * @param values by index of the other unknown in {@code others}
   */
  public void addGram(int a, int[] others, int count, double factor, double[] values) {
    int row = packed(a);
    for (int k = 0; k < count; k++) {
      gram[row + others[k]] += factor * values[k];
    }
  }

  /** Adds to the entry of v of an unknown. */
  public void addRhs(int unknown, double value) {
    rhs[unknown] += value;
  }

  /** The entry of N of two unknowns. */
  public double gram(int a, int b) {
    return a >= b ? gram[packed(a) + b] : gram[packed(b) + a];
  }

  /** N, a copy. */
  public DMatrixRMaj gram() {
    DMatrixRMaj n = new DMatrixRMaj(size, size);
    int k = 0;
    for (int a = 0; a < size; a++) {
      for (int b = 0; b <= a; b++) {
        n.unsafe_set(a, b, gram[k]);
        n.unsafe_set(b, a, gram[k++]);
      }
    }
    return n;
  }

  /** v, a copy. */
  public double[] rhs() {
    return rhs.clone();
  }

  /** The gradient of the likelihood: v - N z. */
  public double[] gradient(double[] z) {
    double[] gradient = rhs.clone();
    int k = 0;
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < a; b++) {
        gradient[a] -= gram[k] * z[b];
        gradient[b] -= gram[k++] * z[a];
      }
      gradient[a] -= gram[k++] * z[a];
    }
    return gradient;
  }

  /** The entry of v of an unknown. */
  public double rhs(int unknown) {
    return rhs[unknown];
  }

  /**
   * The solution alone.
   *
   * @return {@code [size]}
   * @throws org.ejml.data.SingularMatrixException if data and priors leave an unknown free
   */
  public double[] mean() {
    SimpleMatrix right = new SimpleMatrix(size, 1, true, rhs);
    return SimpleMatrix.wrap(gram()).solve(right).getDDRM().getData();
  }

  /** A solution with its covariance, {@code [size]} and {@code [size][size]}. */
  public record Solution(double[] mean, double[][] covariance) {}

  /**
   * Solves the equations.
   *
   * @throws ArithmeticException if data and priors leave an unknown free
   */
  public Solution solve() {
    DMatrixRMaj inverse = Spd.inverse(gram());
    double[] mean = new double[size];
    double[][] covariance = new double[size][size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        covariance[a][b] = inverse.get(a, b);
        mean[a] += covariance[a][b] * rhs[b];
      }
    }
    return new Solution(mean, covariance);
  }
}
