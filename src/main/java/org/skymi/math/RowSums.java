package org.skymi.math;

/**
 * Sums of rows, each times a factor: what dense linear algebra of a few dozen unknowns is made of.
 * Four rows at a time, along the rows: such loops become vector instructions.
 */
public final class RowSums {
  /** Rows that are added at a time. */
  static final int BLOCK = 4;

  private RowSums() {}

  /**
   * Adds rows to another one.
   *
   * @param factors by row
   * @param rows of which those from {@code first} to before {@code end} are added
   * @param to is added to, none of the rows
   * @param from index of the first number of all rows that counts
   * @param until index after the last one
   */
  public static void add(
      double[] factors, double[][] rows, int first, int end, double[] to, int from, int until) {
    int k = first;
    for (; k + BLOCK <= end; k += BLOCK) {
      addBlock(factors, rows, k, to, from, until);
    }
    for (; k < end; k++) {
      addOne(factors[k], rows[k], to, from, until);
    }
  }

  private static void addBlock(
      double[] factors, double[][] rows, int k, double[] to, int from, int until) {
    double a = factors[k];
    double b = factors[k + 1];
    double c = factors[k + 2];
    double d = factors[k + 3];
    double[] rowA = rows[k];
    double[] rowB = rows[k + 1];
    double[] rowC = rows[k + 2];
    double[] rowD = rows[k + 3];
    for (int j = from; j < until; j++) {
      to[j] += a * rowA[j] + b * rowB[j] + c * rowC[j] + d * rowD[j];
    }
  }

  private static void addOne(double factor, double[] row, double[] to, int from, int until) {
    for (int j = from; j < until; j++) {
      to[j] += factor * row[j];
    }
  }

  /** The sum of products of two rows of the same length. */
  public static double dot(double[] a, double[] b) {
    return dot(a, 0, b);
  }

  /** The same of a row that begins elsewhere. */
  static double dot(double[] a, int from, double[] b) {
    // Four sums, so that additions need not wait for each other.
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int k = 0;
    for (; k + BLOCK <= b.length; k += BLOCK) {
      sum0 += a[from + k] * b[k];
      sum1 += a[from + k + 1] * b[k + 1];
      sum2 += a[from + k + 2] * b[k + 2];
      sum3 += a[from + k + 3] * b[k + 3];
    }
    for (; k < b.length; k++) {
      sum0 += a[from + k] * b[k];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /**
   * The product of a matrix, transposed, with itself.
   *
   * @param rows {@code [nRow][size]}
   * @return {@code [size][size]}, the lower triangle; 0 above
   */
  public static double[][] square(double[][] rows, int size) {
    double[][] square = new double[size][size];
    double[] column = new double[rows.length];
    for (int a = 0; a < size; a++) {
      for (int k = 0; k < column.length; k++) {
        column[k] = rows[k][a];
      }
      add(column, rows, 0, rows.length, square[a], 0, a + 1);
    }
    return square;
  }
}
