package org.skymi.sky.memory;

import java.util.Arrays;
import java.util.List;
import org.skymi.math.NormalEquations;
import org.skymi.sky.frame.LineGroup;

/**
 * One line window of a fibre that may hold an object: the window's own straight background is
 * projected out of the equations, and a window that its lines fit badly counts by as much less. A
 * window is narrow: the smooth functions of the columns are taken at its middle.
 */
final class WindowEquations {
  /** Unknowns of the background, before the parts of the sky; the residual comes last. */
  private static final int BACKGROUND = 2;

  /** Lines and their derivatives: what is left of a continuum is the object's as well. */
  private static final int PARTS = CorrectionColumns.LIGHT - CorrectionColumns.LINES;

  private static final int DATA = BACKGROUND + PARTS;
  private static final int FEWEST_PIXELS = 6;

  /** A window this much worse than noise tells nothing of the sky. */
  private static final double ABSURD = 30;

  /** Window's own unknowns when its fit is judged: lines, shift, width. */
  private static final int JUDGED = 3;

  private final double[][] gram = new double[DATA + 1][DATA + 1];
  private final double[] row = new double[DATA + 1];
  private int pixels;

  void clear() {
    pixels = 0;
    for (double[] sums : gram) {
      Arrays.fill(sums, 0);
    }
  }

  /**
   * Adds a pixel.
   *
   * @param away from the window's middle, Angstrom
   * @param parts of the sky
   * @param residual of the fibre's light over its classical sky
   */
  void add(double away, double[] parts, double residual, double weight) {
    row[0] = 1;
    row[1] = away;
    System.arraycopy(parts, CorrectionColumns.LINES, row, BACKGROUND, PARTS);
    row[DATA] = residual;
    for (int a = 0; a <= DATA; a++) {
      double wa = weight * row[a];
      double[] to = gram[a];
      for (int b = 0; b <= a; b++) {
        to[b] += wa * row[b];
      }
    }
    pixels++;
  }

  /**
   * Adds what the window says to a fibre's equations.
   *
   * @param smooth functions of the columns in the window's middle, {@code [nCoefficient]}
   */
  void addTo(
      NormalEquations equations,
      List<CorrectionColumns.Term> terms,
      LineGroup group,
      double[] smooth) {
    if (pixels < FEWEST_PIXELS || !eliminate(gram, 0) || !eliminate(gram, 1)) {
      return;
    }
    double misfit = misfit();
    if (misfit > ABSURD) {
      return;
    }
    for (int a = 0; a < terms.size(); a++) {
      int p = part(terms.get(a), group);
      if (p < 0) {
        continue;
      }
      equations.addRhs(a, smooth[a] * gram[DATA][p] / misfit);
      for (int b = 0; b <= a; b++) {
        int q = part(terms.get(b), group);
        if (q >= 0) {
          double value = gram[Math.max(p, q)][Math.min(p, q)];
          equations.addGram(a, b, smooth[a] * smooth[b] * value / misfit);
        }
      }
    }
  }

  /** Row of a term's part of the sky; -1 if the window knows nothing of it. */
  private static int part(CorrectionColumns.Term term, LineGroup group) {
    int part = term.part() - CorrectionColumns.LINES;
    boolean known = part >= 0 && part < PARTS && (term.group() == null || term.group() == group);
    return known ? BACKGROUND + part : -1;
  }

  /** Of what the window's own best lines, shift and width leave, per degree of freedom. */
  private double misfit() {
    double[][] left = new double[DATA + 1][];
    Arrays.setAll(left, a -> gram[a].clone());
    for (int k = BACKGROUND; k < BACKGROUND + JUDGED; k++) {
      eliminate(left, k);
    }
    return Math.max(1, left[DATA][DATA] / Math.max(1, pixels - BACKGROUND - JUDGED));
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
