package org.skymi.sky.memory;

import java.util.Arrays;
import org.skymi.math.NormalEquations;

/**
 * One line window of a fibre that may hold an object: the window's own straight background is
 * projected out of the equations, and a window that its lines fit badly counts by as much less.
 */
final class WindowEquations {
  /** Unknowns of the background, before the coefficients; the residual comes last. */
  private static final int BACKGROUND = 2;

  private static final int FEWEST_PIXELS = 6;

  /** A window this much worse than noise tells nothing of the sky. */
  private static final double ABSURD = 30;

  /** Window's own unknowns when its fit is judged: lines, shift, width. */
  private static final int JUDGED = 3;

  private final int size;
  private final int data;
  private final double[][] gram;
  private final double[] row;

  /** Sums of the judged parts of the sky and the residual. */
  private final double[][] judged = new double[BACKGROUND + JUDGED + 1][BACKGROUND + JUDGED + 1];

  private final double[] judgedRow = new double[judged.length];
  private int pixels;

  /**
   * @param size number of coefficients
   */
  WindowEquations(int size) {
    this.size = size;
    this.data = BACKGROUND + size;
    gram = new double[data + 1][data + 1];
    row = new double[data + 1];
  }

  void clear() {
    pixels = 0;
    for (double[] sums : gram) {
      Arrays.fill(sums, 0);
    }
    for (double[] sums : judged) {
      Arrays.fill(sums, 0);
    }
  }

  /**
   * Adds a pixel.
   *
   * @param away from the window's middle, Angstrom
   * @param columns {@code [nCoefficient]}
   * @param parts of the sky
   */
  void add(double away, double[] columns, double[] parts, double residual, double weight) {
    row[0] = 1;
    row[1] = away;
    System.arraycopy(columns, 0, row, BACKGROUND, size);
    row[data] = residual;
    add(gram, row, weight);
    judgedRow[0] = 1;
    judgedRow[1] = away;
    System.arraycopy(parts, CorrectionColumns.LINES, judgedRow, BACKGROUND, JUDGED);
    judgedRow[BACKGROUND + JUDGED] = residual;
    add(judged, judgedRow, weight);
    pixels++;
  }

  private static void add(double[][] sums, double[] row, double weight) {
    for (int a = 0; a < row.length; a++) {
      double wa = weight * row[a];
      if (wa != 0) {
        double[] to = sums[a];
        for (int b = 0; b <= a; b++) {
          to[b] += wa * row[b];
        }
      }
    }
  }

  /** Adds what the window says. */
  void addTo(NormalEquations equations) {
    if (pixels < FEWEST_PIXELS) {
      return;
    }
    double misfit = misfit();
    if (misfit > ABSURD) {
      return;
    }
    if (!eliminate(gram, 0) || !eliminate(gram, 1)) {
      return;
    }
    for (int a = 0; a < size; a++) {
      equations.addRhs(a, gram[data][BACKGROUND + a] / misfit);
      for (int b = 0; b <= a; b++) {
        equations.addGram(a, b, gram[BACKGROUND + a][BACKGROUND + b] / misfit);
      }
    }
  }

  private double misfit() {
    for (int k = 0; k < BACKGROUND + JUDGED; k++) {
      eliminate(judged, k);
    }
    int free = Math.max(1, pixels - BACKGROUND - JUDGED);
    return Math.max(1, judged[BACKGROUND + JUDGED][BACKGROUND + JUDGED] / free);
  }

  /** Takes one unknown out of the rows after it; of a lower triangle. */
  private static boolean eliminate(double[][] sums, int unknown) {
    double pivot = sums[unknown][unknown];
    if (!(pivot > 0)) {
      return false;
    }
    for (int a = unknown + 1; a < sums.length; a++) {
      double factor = sums[a][unknown] / pivot;
      if (factor != 0) {
        for (int b = unknown + 1; b <= a; b++) {
          sums[a][b] -= factor * sums[b][unknown];
        }
      }
    }
    return true;
  }
}
