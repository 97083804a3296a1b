package org.skymi.smi;

import java.util.ArrayList;
import java.util.List;
import org.skymi.math.NormalEquations;

/** How much of hidden numbers a linear regression on what networks hold explains: R². */
final class Explained {
  private Explained() {}

  /** R² of each column of y, learnt on one set, judged on another. */
  static double[] of(double[][] x, double[][] y, double[][] otherX, double[][] otherY) {
    double[] explained = new double[y[0].length];
    for (int c = 0; c < explained.length; c++) {
      NormalEquations equations = new NormalEquations(x[0].length + 1);
      for (int i = 0; i < x.length; i++) {
        equations.add(row(x[i]), 1, y[i][c]);
      }
      for (int k = 0; k <= x[0].length; k++) {
        equations.addPrior(k, 0, 1000);
      }
      double[] slopes = equations.solve().mean();
      double mean = 0;
      for (double[] own : otherY) {
        mean += own[c] / otherY.length;
      }
      double rest = 0;
      double all = 0;
      for (int i = 0; i < otherX.length; i++) {
        double off = otherY[i][c];
        double[] row = row(otherX[i]);
        for (int k = 0; k < row.length; k++) {
          off -= slopes[k] * row[k];
        }
        rest += off * off;
        all += (otherY[i][c] - mean) * (otherY[i][c] - mean);
      }
      explained[c] = 1 - rest / all;
    }
    return explained;
  }

  /** R² of each column of y, every fourth row held out. */
  static double[] byFolds(double[][] x, double[][] y) {
    List<double[]> x1 = new ArrayList<>();
    List<double[]> y1 = new ArrayList<>();
    List<double[]> x2 = new ArrayList<>();
    List<double[]> y2 = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      (i % 4 == 3 ? x2 : x1).add(x[i]);
      (i % 4 == 3 ? y2 : y1).add(y[i]);
    }
    return of(
        x1.toArray(double[][]::new),
        y1.toArray(double[][]::new),
        x2.toArray(double[][]::new),
        y2.toArray(double[][]::new));
  }

  private static double[] row(double[] x) {
    double[] row = new double[x.length + 1];
    System.arraycopy(x, 0, row, 1, x.length);
    row[0] = 1;
    return row;
  }
}
