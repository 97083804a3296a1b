package org.skymi.sky.calibrate;

import java.util.Arrays;
import java.util.List;
import org.skymi.math.BSpline;
import org.skymi.math.Increasing;
import org.skymi.math.NormalEquations;
import org.skymi.sky.frame.LineDerivatives;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyGrid;

/**
 * The sky lines of one fibre against the master's: in every line window the flux is modelled as
 *
 * <pre>A·L(x) + A·(d0 + d1·v)·L'(x) + A·((q0 + q1·v)/2)·L''(x) + A·k·K(x) + b0 + b1·x</pre>
 *
 * with the window's own amplitude A and free background (b0, b1), so that an object's continuum
 * pulls nothing, and a shift d0 + d1·v, width change q0 + q1·v (second moment, Angstrom^2) and
 * kurtosis k common to the arm; v is u from the pivot on, K of {@link LineDerivatives}. Without the
 * last two lines of other shapes would seem weaker or brighter than they are. L is as wide as the
 * fibre's lines are stated to be. Windows are narrow: v is what it is in their middle, but in x,
 * where lines are by the shift so far. Windows whose own best fit is poor, by an object's features
 * or a cosmic ray, count by as much less.
 */
final class LineFit {
  /** Common unknowns: shift, slope, width, its slope, kurtosis. */
  static final int COMMON = 5;

  private static final int OWN = 3;

  /** What the common unknowns multiply: L', L''/2, K. */
  private static final int BASES = 3;

  /** Which of these each does, and whether times v. */
  private static final int[] BASE = {0, 0, 1, 1, 2};

  private static final boolean[] TILTS = {false, true, false, true, false};

  private static final int DATA = OWN + BASES;
  private static final int SIZE = DATA + 1;
  private static final int FEWEST_PIXELS = 6;

  /** Background pixels on each side of a window, in knots. */
  private static final double MARGIN = 4;

  /** A window this much worse than noise tells nothing of the sky. */
  private static final double ABSURD = 30;

  private final SkyGrid grid;
  private final double[] lines;
  private final double[] shape;
  private final double[] stated;
  private final int[] from;
  private final int[] to;

  // Per window: solution of the own unknowns' amplitude for the data and for each common column,
  // and its variance.
  private final double[] dataAmplitude;
  private final double[][] commonAmplitude;
  private final double[] variance;

  /** What the windows tell of the common unknowns. */
  private NormalEquations common = new NormalEquations(COMMON);

  /** Windows that told something of the common unknowns. */
  int used;

  /**
   * @param grid the arm
   * @param lines spline coefficients of the master's lines, zero outside windows
   * @param shape their fourth derivative, of {@link LineDerivatives}
   * @param stated second moment of the fibre's line spread minus the master's, Angstrom^2, as the
   *     survey states it, by window
   */
  LineFit(SkyGrid grid, double[] lines, double[] shape, double[] stated) {
    this.grid = grid;
    this.lines = lines;
    this.shape = shape;
    this.stated = stated;
    List<LineWindow> windows = grid.windows();
    int n = windows.size();
    from = new int[n];
    to = new int[n];
    dataAmplitude = new double[n];
    commonAmplitude = new double[n][COMMON];
    variance = new double[n];
  }

  /**
   * Fits one fibre.
   *
   * @param flux electron
   * @param noise variance, electron^2, infinite where unusable
   * @param wavelength Angstrom, as the frame has it
   * @param shift d0 so far, Angstrom
   * @param slope d1 so far, Angstrom
   * @param gain the lines' amplitude so far
   */
  void fit(
      float[] flux, float[] noise, double[] wavelength, double shift, double slope, double gain) {
    common = new NormalEquations(COMMON);
    used = 0;
    locate(wavelength, shift);
    double[][] gram = new double[SIZE][SIZE];
    for (int w = 0; w < from.length; w++) {
      variance[w] = Double.POSITIVE_INFINITY;
      int pixels = accumulate(w, flux, noise, wavelength, shift, slope, gain, gram);
      if (pixels >= FEWEST_PIXELS) {
        solve(w, pixels, tilts(w), gram);
      }
    }
  }

  /** What the fibre tells of the common unknowns, without a prior. */
  NormalEquations common() {
    return common;
  }

  /** Number of windows. */
  int windows() {
    return from.length;
  }

  /** Amplitude of window w relative to the master, given the arm's common unknowns. */
  double amplitude(int w, double[] common) {
    double a = dataAmplitude[w];
    for (int k = 0; k < COMMON; k++) {
      a -= common[k] * commonAmplitude[w][k];
    }
    return a;
  }

  /**
   * Amplitude of window w where lines are taken to be as wide as the master's, as survey pipelines
   * do.
   */
  double plainAmplitude(int w, double[] common) {
    return dataAmplitude[w]
        - common[0] * commonAmplitude[w][0]
        - common[1] * commonAmplitude[w][1]
        + stated[w] * commonAmplitude[w][2];
  }

  /** By how much a common unknown lowers the amplitude of window w. */
  double pull(int w, int unknown) {
    return commonAmplitude[w][unknown];
  }

  /**
   * Standard error of the amplitude where the common unknowns are certain, infinite where the
   * window told nothing.
   */
  double error(int w) {
    return Math.sqrt(variance[w]);
  }

  private void locate(double[] wavelength, double shift) {
    int p = 0;
    for (int w = 0; w < from.length; w++) {
      LineWindow window = grid.windows().get(w);
      double margin = MARGIN * grid.spline().stepAt(window.centre());
      int start = Increasing.firstFrom(wavelength, p, window.low() - margin - shift);
      int end = start;
      while (end < wavelength.length && wavelength[end] + shift <= window.high() + margin) {
        end++;
      }
      from[w] = start;
      to[w] = end;
      // Margins of neighbouring windows overlap, so the next search starts at this one's start.
      p = start;
    }
  }

  private int accumulate(
      int w,
      float[] flux,
      float[] noise,
      double[] wavelength,
      double shift,
      double slope,
      double gain,
      double[][] gram) {
    LineWindow window = grid.windows().get(w);
    // A window cut off by the detector's edge would compare part of a line with the whole.
    if (to[w] - from[w] < FEWEST_PIXELS
        || wavelength[from[w]] + shift > window.low()
        || wavelength[to[w] - 1] + shift < window.high()) {
      return 0;
    }
    BSpline spline = grid.spline();
    double[] line = new double[3];
    double[] basis = new double[BSpline.ORDER];
    double[] row = new double[SIZE];
    double[] sums = new double[SIZE * (SIZE + 1) / 2];
    double middle = window.centre();
    int pixels = 0;
    for (int p = from[w]; p < to[w]; p++) {
      if (Float.isInfinite(noise[p])) {
        continue;
      }
      double along = grid.u(wavelength[p]) - grid.pivot();
      double x = wavelength[p] + shift + slope * along;
      int first = spline.first(x);
      spline.derivatives(lines, x, first, line);
      row[0] = line[0] + 0.5 * stated[w] * line[2];
      row[2] = x - middle;
      row[3] = gain * line[1];
      row[4] = 0.5 * gain * line[2];
      spline.values(x, first, basis);
      row[5] = gain * BSpline.dot(shape, first, basis);
      row[DATA] = flux[p];
      add(row, 1.0 / noise[p], sums);
      pixels++;
    }
    int n = 0;
    for (int i = 0; i < SIZE; i++) {
      for (int j = i; j < SIZE; j++) {
        gram[i][j] = sums[n];
        gram[j][i] = sums[n++];
      }
    }
    return pixels;
  }

  /**
   * Adds a pixel's products to an upper triangle. The innermost step of all calibration: as loops
   * it would take twice as long.
   *
   * @param r its row, whose second value is 1
   */
  private static void add(double[] r, double weight, double[] sums) {
    double a = r[0];
    double c = r[2];
    double d = r[3];
    double e = r[4];
    double f = r[5];
    double y = r[DATA];
    double w = weight * a;
    sums[0] += w * a;
    sums[1] += w;
    sums[2] += w * c;
    sums[3] += w * d;
    sums[4] += w * e;
    sums[5] += w * f;
    sums[6] += w * y;
    sums[7] += weight;
    sums[8] += weight * c;
    sums[9] += weight * d;
    sums[10] += weight * e;
    sums[11] += weight * f;
    sums[12] += weight * y;
    w = weight * c;
    sums[13] += w * c;
    sums[14] += w * d;
    sums[15] += w * e;
    sums[16] += w * f;
    sums[17] += w * y;
    w = weight * d;
    sums[18] += w * d;
    sums[19] += w * e;
    sums[20] += w * f;
    sums[21] += w * y;
    w = weight * e;
    sums[22] += w * e;
    sums[23] += w * f;
    sums[24] += w * y;
    w = weight * f;
    sums[25] += w * f;
    sums[26] += w * y;
    sums[27] += weight * y * y;
  }

  /** What each common unknown multiplies its base by in a window. */
  private double[] tilts(int w) {
    double v = grid.u(grid.windows().get(w).centre()) - grid.pivot();
    double[] tilts = new double[COMMON];
    Arrays.setAll(tilts, k -> TILTS[k] ? v : 1);
    return tilts;
  }

  private void solve(int w, int pixels, double[] tilts, double[][] gram) {
    // Background first, amplitude last, so that the amplitude's pivot is its information.
    if (!eliminate(gram, 1) || !eliminate(gram, 2)) {
      return;
    }
    double pivot = gram[0][0];
    if (!(pivot > 0)) {
      return;
    }
    double information0 = pivot;
    dataAmplitude[w] = gram[0][DATA] / pivot;
    for (int k = 0; k < COMMON; k++) {
      commonAmplitude[w][k] = tilts[k] * gram[0][OWN + BASE[k]] / pivot;
    }
    eliminate(gram, 0);
    double chi2 = Math.max(1, ownChi2(gram) / Math.max(1, pixels - 5));
    if (chi2 > ABSURD) {
      return;
    }
    variance[w] = chi2 / information0;
    used++;
    for (int a = 0; a < COMMON; a++) {
      double[] row = gram[OWN + BASE[a]];
      common.addRhs(a, tilts[a] * row[DATA] / chi2);
      for (int b = 0; b <= a; b++) {
        common.addGram(a, b, tilts[a] * tilts[b] * row[OWN + BASE[b]] / chi2);
      }
    }
  }

  /** What is left of the data's square after the window's own best shift and width. */
  private static double ownChi2(double[][] g) {
    int shift = OWN;
    int width = OWN + 1;
    double left = g[DATA][DATA];
    if (g[shift][shift] > 0) {
      left -= g[shift][DATA] * g[shift][DATA] / g[shift][shift];
      double ww = g[width][width] - g[shift][width] * g[shift][width] / g[shift][shift];
      double wd = g[width][DATA] - g[shift][width] * g[shift][DATA] / g[shift][shift];
      left -= ww > 1e-9 * g[width][width] ? wd * wd / ww : 0;
    }
    return Math.max(0, left);
  }

  private static boolean eliminate(double[][] g, int pivotRow) {
    double pivot = g[pivotRow][pivotRow];
    if (!(pivot > 0)) {
      return false;
    }
    double[] column = g[pivotRow].clone();
    for (int i = 0; i < SIZE; i++) {
      if (i == pivotRow) {
        continue;
      }
      double factor = column[i] / pivot;
      for (int j = 0; j < SIZE; j++) {
        g[i][j] -= factor * column[j];
      }
    }
    for (int i = 0; i < SIZE; i++) {
      g[pivotRow][i] = i == pivotRow ? pivot : 0;
      g[i][pivotRow] = i == pivotRow ? pivot : 0;
    }
    return true;
  }
}
