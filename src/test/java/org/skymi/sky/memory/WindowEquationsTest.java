package org.skymi.sky.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.skymi.math.NormalEquations;
import org.skymi.sky.frame.LineGroup;

/** Against least squares with dense matrices, the background as columns of its own. */
class WindowEquationsTest {
  private static final int PIXELS = 25;

  private static final List<CorrectionColumns.Term> TERMS =
      List.of(
          term(CorrectionColumns.CONTINUUM, null),
          term(CorrectionColumns.LINES, LineGroup.OH),
          term(CorrectionColumns.LINES, LineGroup.SODIUM),
          term(CorrectionColumns.FIRST_DERIVATIVE, null),
          term(CorrectionColumns.LIGHT - 1, null),
          term(CorrectionColumns.LIGHT, null));

  /** Terms of the window's group and of all, and their parts. */
  private static final int[] KNOWN = {1, 3, 4};

  private static final int[] PART = {0, 1, CorrectionColumns.LIGHT - 1 - CorrectionColumns.LINES};

  private static final double[] SMOOTH = {9, 0.5, 9, -2, 3, 9};

  private final Random random = new Random(1);
  private final double[][] parts = new double[PIXELS][CorrectionColumns.PARTS];
  private final double[] away = new double[PIXELS];
  private final double[] residual = new double[PIXELS];
  private final double[] weight = new double[PIXELS];

  private static CorrectionColumns.Term term(int part, LineGroup group) {
    return new CorrectionColumns.Term(part, group, 0, 1);
  }

  private void draw(double noise) {
    for (int p = 0; p < PIXELS; p++) {
      for (int k = 0; k < parts[p].length; k++) {
        parts[p][k] = 3 * random.nextGaussian();
      }
      away[p] = p - PIXELS / 3.0;
      weight[p] = 0.5 + random.nextDouble();
      residual[p] = 40 + 3 * away[p] + 0.7 * parts[p][CorrectionColumns.LINES];
      residual[p] += noise * random.nextGaussian() / Math.sqrt(weight[p]);
    }
  }

  private NormalEquations told(WindowEquations window, int pixels) {
    for (int p = 0; p < pixels; p++) {
      window.add(away[p], parts[p], residual[p], weight[p]);
    }
    NormalEquations equations = new NormalEquations(TERMS.size());
    window.addTo(equations, LineGroup.OH, SMOOTH);
    return equations;
  }

  /** Rows over their errors; the first {@code columns} parts after the background. */
  private SimpleMatrix design(int... columns) {
    SimpleMatrix rows = new SimpleMatrix(PIXELS, 2 + columns.length);
    for (int p = 0; p < PIXELS; p++) {
      double w = Math.sqrt(weight[p]);
      rows.set(p, 0, w);
      rows.set(p, 1, w * away[p]);
      for (int k = 0; k < columns.length; k++) {
        rows.set(p, 2 + k, w * parts[p][CorrectionColumns.LINES + columns[k]]);
      }
    }
    return rows;
  }

  /** What columns leave of a vector. */
  private static SimpleMatrix rest(SimpleMatrix columns, SimpleMatrix of) {
    return of.minus(columns.mult(columns.pseudoInverse().mult(of)));
  }

  private void requireDense(NormalEquations found, double misfit) {
    SimpleMatrix background = design();
    SimpleMatrix known = design(PART).cols(2, 2 + KNOWN.length);
    SimpleMatrix free = rest(background, known);
    SimpleMatrix gram = free.transpose().mult(free);
    SimpleMatrix rhs = free.transpose().mult(data());
    for (int a = 0; a < TERMS.size(); a++) {
      int i = List.of(1, 3, 4).indexOf(a);
      double right = i < 0 ? 0 : SMOOTH[a] * rhs.get(i) / misfit;
      assertThat(found.rhs(a)).as("right %d", a).isCloseTo(right, within(1e-6));
      for (int b = 0; b <= a; b++) {
        int j = List.of(1, 3, 4).indexOf(b);
        double left = i < 0 || j < 0 ? 0 : SMOOTH[a] * SMOOTH[b] * gram.get(i, j) / misfit;
        assertThat(found.gram(a, b)).as("%d, %d", a, b).isCloseTo(left, within(1e-6));
      }
    }
  }

  private SimpleMatrix data() {
    SimpleMatrix data = new SimpleMatrix(PIXELS, 1);
    for (int p = 0; p < PIXELS; p++) {
      data.set(p, 0, Math.sqrt(weight[p]) * residual[p]);
    }
    return data;
  }

  /** Square of what background, lines, shift and width leave, per degree of freedom. */
  private double misfit() {
    return Math.pow(rest(design(0, 1, 2), data()).normF(), 2) / (PIXELS - 5);
  }

  @Test
  void theBackgroundIsProjectedOut() {
    draw(0.1);
    assertThat(misfit()).isLessThan(1);
    requireDense(told(new WindowEquations(new CorrectionColumns.Terms(TERMS)), PIXELS), 1);
  }

  @Test
  void aWindowThatIsFittedBadlyCountsLess() {
    draw(3);
    assertThat(misfit()).isBetween(2.0, 25.0);
    requireDense(told(new WindowEquations(new CorrectionColumns.Terms(TERMS)), PIXELS), misfit());
  }

  @Test
  void anAbsurdOneAndAFewPixelsTellNothing() {
    draw(10);
    assertThat(misfit()).isGreaterThan(31);
    assertThat(told(new WindowEquations(new CorrectionColumns.Terms(TERMS)), PIXELS).gram(1, 1))
        .isZero();
    draw(0.1);
    assertThat(told(new WindowEquations(new CorrectionColumns.Terms(TERMS)), 5).gram(1, 1))
        .isZero();
    assertThat(told(new WindowEquations(new CorrectionColumns.Terms(TERMS)), 6).gram(1, 1))
        .isPositive();
  }

  @Test
  void aClearedOneIsNew() {
    WindowEquations window = new WindowEquations(new CorrectionColumns.Terms(TERMS));
    draw(0.1);
    told(window, PIXELS);
    window.clear();
    draw(0.1);
    requireDense(told(window, PIXELS), 1);
    window.clear();
    assertThat(told(window, 5).gram(1, 1)).isZero();
  }
}
