package org.skymi.math;

/**
 * Normal equations of many separate problems of a few unknowns each, whose sums are made and which
 * are solved side by side: loops run over the problems, and become vector instructions.
 */
public final class ManyNormals {
  private final int size;
  private final int problems;

  /** Lower triangle, row by row, of all problems: {@code [packed(size)][problem]}. */
  private final double[][] gram;

  /** {@code [size][problem]}. */
  private final double[][] rhs;

  /** Equations that know nothing. */
  public ManyNormals(int size, int problems) {
    this.size = size;
    this.problems = problems;
    this.gram = new double[NormalEquations.packed(size)][problems];
    this.rhs = new double[size][problems];
  }

  /** Number of unknowns of each problem. */
  public int size() {
    return size;
  }

  /**
   * Adds to the entries of N of two unknowns.
   *
   * @param factors by row
   * @param rows {@code [nRow][problem]}
   */
  public void addGram(int a, int b, double[] factors, double[][] rows) {
    add(factors, rows, gram[NormalEquations.packed(Math.max(a, b)) + Math.min(a, b)]);
  }

  /** Adds likewise to the entries of v of an unknown. */
  public void addRhs(int a, double[] factors, double[][] rows) {
    add(factors, rows, rhs[a]);
  }

  private void add(double[] factors, double[][] rows, double[] to) {
    RowSums.add(factors, rows, 0, factors.length, to, 0, problems);
  }

  /** Adds a Gaussian prior around 0 of an unknown of one problem. */
  public void addPrior(int problem, int unknown, double variance) {
    gram[NormalEquations.packed(unknown) + unknown][problem] += 1 / variance;
  }

  /** The equations of one problem. */
  public NormalEquations of(int problem) {
    NormalEquations own = new NormalEquations(size);
    for (int a = 0; a < size; a++) {
      own.addRhs(a, rhs[a][problem]);
      for (int b = 0; b <= a; b++) {
        own.addGram(a, b, gram[NormalEquations.packed(a) + b][problem]);
      }
    }
    return own;
  }

  /**
   * Solves all problems, by square-root-free Cholesky decomposition.
   *
   * @return {@code [size][problem]}; not a number where data and priors leave an unknown free
   */
  public double[][] solve() {
    double[][] lower = new double[gram.length][];
    double[][] inverse = new double[size][problems];
    double[][] x = new double[size][];
    for (int i = 0; i < size; i++) {
      int row = NormalEquations.packed(i);
      for (int j = 0; j < i; j++) {
        // Times its pivot until the row is done.
        lower[row + j] = gram[row + j].clone();
        for (int k = 0; k < j; k++) {
          takeProduct(lower[row + k], lower[NormalEquations.packed(j) + k], lower[row + j]);
        }
      }
      double[] pivot = gram[row + i].clone();
      x[i] = rhs[i].clone();
      for (int j = 0; j < i; j++) {
        double[] scaled = product(lower[row + j], inverse[j]);
        takeProduct(scaled, lower[row + j], pivot);
        takeProduct(scaled, x[j], x[i]);
        lower[row + j] = scaled;
      }
      for (int c = 0; c < problems; c++) {
        inverse[i][c] = 1 / pivot[c];
      }
    }
    for (int i = size - 1; i >= 0; i--) {
      x[i] = product(x[i], inverse[i]);
      for (int k = i + 1; k < size; k++) {
        takeProduct(lower[NormalEquations.packed(k) + i], x[k], x[i]);
      }
    }
    return x;
  }

  private static void takeProduct(double[] a, double[] b, double[] from) {
    for (int c = 0; c < from.length; c++) {
      from[c] -= a[c] * b[c];
    }
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int c = 0; c < product.length; c++) {
      product[c] = a[c] * b[c];
    }
    return product;
  }
}
