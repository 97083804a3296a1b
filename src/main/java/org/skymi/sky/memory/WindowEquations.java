package org.skymi.sky.memory;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
  private static final int BLOCK = 4;

  /** A window this much worse than noise tells nothing of the sky. */
  private static final double ABSURD = 30;

  /** Window's own unknowns when its fit is judged: lines, shift, width. */
  private static final int JUDGED = 3;

  private final CorrectionColumns.Terms terms;
  private final Map<LineGroup, Known> known = new EnumMap<>(LineGroup.class);
  private final double[][] gram = new double[DATA + 1][DATA + 1];

  /** Rows of pixels that are added together, which is quicker. */
  private final double[][] rows = new double[BLOCK][DATA + 1];

  private final double[] weights = new double[BLOCK];
  private int pixels;

  /**
   * What a window of a group knows of.
   *
   * @param terms their indices, in the order of parts
   * @param rows of their parts of the sky
   */
  private record Known(int[] terms, int[] rows) {}

  WindowEquations(CorrectionColumns.Terms terms) {
    this.terms = terms;
  }

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
    int place = pixels % BLOCK;
    double[] row = rows[place];
    row[0] = 1;
    row[1] = away;
    System.arraycopy(parts, CorrectionColumns.LINES, row, BACKGROUND, PARTS);
    row[DATA] = residual;
    weights[place] = weight;
    if (place == BLOCK - 1) {
      addRows();
    }
    pixels++;
  }

  private void addRows() {
    double[] one = rows[0];
    double[] two = rows[1];
    double[] three = rows[2];
    double[] four = rows[3];
    for (int a = 0; a <= DATA; a++) {
      double wa = weights[0] * one[a];
      double wb = weights[1] * two[a];
      double wc = weights[2] * three[a];
      double wd = weights[3] * four[a];
      double[] to = gram[a];
      for (int b = 0; b <= a; b++) {
        to[b] += wa * one[b] + wb * two[b] + (wc * three[b] + wd * four[b]);
      }
    }
  }

  /** Adds the pixels that have waited for others. */
  private void addLast() {
    int waiting = pixels % BLOCK;
    if (waiting > 0) {
      for (int k = waiting; k < BLOCK; k++) {
        Arrays.fill(rows[k], 0);
      }
      addRows();
    }
  }

  /**
   * Adds what the window says to a fibre's equations.
   *
   * @param smooth functions of the columns in the window's middle, {@code [nCoefficient]}
   */
  void addTo(NormalEquations equations, LineGroup group, double[] smooth) {
    addLast();
    if (pixels < FEWEST_PIXELS || !eliminate(gram, 0) || !eliminate(gram, 1)) {
      return;
    }
    double misfit = misfit();
    if (misfit > ABSURD) {
      return;
    }
    Known own = known.computeIfAbsent(group, this::known);
    double weight = 1 / misfit;
    double[] products = new double[own.terms.length];
    for (int i = 0; i < own.terms.length; i++) {
      int a = own.terms[i];
      double[] row = gram[own.rows[i]];
      equations.addRhs(a, weight * smooth[a] * gram[DATA][own.rows[i]]);
      for (int j = 0; j <= i; j++) {
        products[j] = smooth[own.terms[j]] * row[own.rows[j]];
      }
      equations.addGram(a, own.terms, i + 1, weight * smooth[a], products);
    }
  }

  private Known known(LineGroup group) {
    List<CorrectionColumns.Term> list = terms.list();
    int[] of =
        IntStream.range(0, list.size())
            .filter(a -> list.get(a).group() == null || list.get(a).group() == group)
            .filter(a -> list.get(a).part() >= CorrectionColumns.LINES)
            .filter(a -> list.get(a).part() < CorrectionColumns.LIGHT)
            .toArray();
    int[] rows =
        IntStream.of(of)
            .map(a -> BACKGROUND + list.get(a).part() - CorrectionColumns.LINES)
            .toArray();
    return new Known(of, rows);
  }

  /** Of what the window's own best lines, shift and width leave, per degree of freedom. */
  private double misfit() {
    double[][] left = new double[JUDGED + 1][JUDGED + 1];
    for (int a = 0; a <= JUDGED; a++) {
      System.arraycopy(gram[a < JUDGED ? BACKGROUND + a : DATA], BACKGROUND, left[a], 0, JUDGED);
    }
    left[JUDGED][JUDGED] = gram[DATA][DATA];
    for (int k = 0; k < JUDGED; k++) {
      eliminate(left, k);
    }
    return Math.max(1, left[JUDGED][JUDGED] / Math.max(1, pixels - BACKGROUND - JUDGED));
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
