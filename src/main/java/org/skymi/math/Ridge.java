package org.skymi.math;

import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;

/**
 * Linear regression on standardised columns, shrunk as far as rows that are left out one by one
 * like best: how much of some numbers others tell.
 */
public final class Ridge {
  private static final double[] SHRINKAGE = {1e-3, 1e-2, 0.1, 1, 10, 100, 1000};

  private final double[] mean;
  private final double[] scale;
  private final double middle;
  private final SimpleMatrix slopes;

  /**
   * Fits.
   *
   * @param x {@code [nRow][nColumn]}
   * @param y {@code [nRow]}
   */
  public Ridge(double[][] x, double[] y) {
    int columns = x[0].length;
    mean = new double[columns];
    scale = new double[columns];
    for (int c = 0; c < columns; c++) {
      int at = c;
      double[] column = IntStream.range(0, x.length).mapToDouble(r -> x[r][at]).toArray();
      mean[c] = mean(column);
      scale[c] = Math.sqrt(square(column, mean[c]) / x.length) + Double.MIN_NORMAL;
    }
    middle = mean(y);
    SimpleMatrix rows = standard(x);
    SimpleMatrix off = new SimpleMatrix(y.length, 1);
    for (int r = 0; r < y.length; r++) {
      off.set(r, 0, y[r] - middle);
    }
    SimpleMatrix best = null;
    double least = Double.POSITIVE_INFINITY;
    for (double shrinkage : SHRINKAGE) {
      SimpleMatrix normal =
          rows.transpose()
              .mult(rows)
              .plus(SimpleMatrix.identity(columns).scale(shrinkage * x.length / columns));
      SimpleMatrix pull = normal.invert().mult(rows.transpose());
      SimpleMatrix own = pull.mult(off);
      double left = leftOut(rows, pull, off.minus(rows.mult(own)));
      if (left < least) {
        least = left;
        best = own;
      }
    }
    slopes = best;
  }

  /** Squares of what each row is off by when the others alone tell. */
  private static double leftOut(SimpleMatrix rows, SimpleMatrix pull, SimpleMatrix residual) {
    double sum = 0;
    for (int r = 0; r < residual.getNumRows(); r++) {
      double own = rows.extractVector(true, r).mult(pull.extractVector(false, r)).get(0);
      sum += Math.pow(residual.get(r, 0) / Math.max(1e-6, 1 - own), 2);
    }
    return sum;
  }

  private SimpleMatrix standard(double[][] x) {
    SimpleMatrix rows = new SimpleMatrix(x.length, mean.length);
    for (int r = 0; r < x.length; r++) {
      for (int c = 0; c < mean.length; c++) {
        rows.set(r, c, (x[r][c] - mean[c]) / scale[c]);
      }
    }
    return rows;
  }

  private static double mean(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(k -> values[k]).sum() / values.length;
  }

  private static double square(double[] values, double around) {
    double sum = 0;
    for (double value : values) {
      sum += (value - around) * (value - around);
    }
    return sum;
  }

  /**
   * Share of the scatter of other rows that is foretold, R²: 1 is all of it, below 0 is worse than
   * their mean.
   */
  public double explained(double[][] x, double[] y) {
    SimpleMatrix expected = standard(x).mult(slopes);
    double rest = 0;
    for (int r = 0; r < y.length; r++) {
      rest += Math.pow(y[r] - middle - expected.get(r, 0), 2);
    }
    return 1 - rest / square(y, mean(y));
  }
}
