package org.skymi.sky.frame;

import java.util.Arrays;
import org.skymi.math.BSpline;
import org.skymi.math.NormalEquations;
import org.skymi.math.RobustStatistics;

/** Estimates a frame's cross-talk from what bright neighbours leave in its sky fibres. */
public final class CrossTalkFit {
  /**
   * Unknowns common to all fibres: k1, k1u, k2, the halo, and what the master's continuum is wrong
   * by: scale, tilt, bend.
   */
  private static final int TERMS = 7;

  private static final int K2 = 2;
  private static final int HALO = 3;

  /** How well a sky fibre's tilt is known to be none. */
  private static final double TILT_PRIOR = 0.02;

  /**
   * What spectrographs of this kind have: coefficients are drawn to zero as far as the data don't
   * tell; k2 is drawn to its share of k1, and the halo to go on from k2.
   */
  private static final double[] PRIOR = {0.003, 0.0007, Double.NaN, 0.00002, 0.2, 0.1, 0.1};

  /**
   * What is expected of k2: both it and k1 are the wing of one profile. LAMOST's k1 is about
   * 0.05-0.3 %, its k2 at most 0.05 %, other instruments' a 7th to a 20th of k1.
   *
   * @param share of k1
   * @param scatter around that
   * @param hasHalo whether k2 stands for the halo, too, which lies on all sky fibres alike
   */
  private record Wing(double share, double scatter, boolean hasHalo) {
    static final Wing WITHOUT_HALO = new Wing(0.15, 0.0002, false);
    static final Wing WITH_HALO = new Wing(0.08, 0.00005, true);

    static Wing of(int fibres) {
      return fibres < FEWEST_FOR_HALO ? WITHOUT_HALO : WITH_HALO;
    }
  }

  /** Fewer sky fibres can't tell a halo from their own scatter. */
  private static final int FEWEST_FOR_HALO = 12;

  private static final double CLIP = 5;

  /** Misfits this many NMAD above the median are not noise. */
  private static final double ODD = 4;

  private static final int FEWEST_TO_JUDGE = 6;

  private CrossTalkFit() {}

  private static double neighbours(float[][] flux, int fibre, int pixel, int distance) {
    double sum = 0;
    if (fibre >= distance) {
      sum += flux[fibre - distance][pixel];
    }
    if (fibre + distance < flux.length) {
      sum += flux[fibre + distance][pixel];
    }
    return sum;
  }

  /**
   * Estimates cross-talk from what bright neighbours leave in sky fibres, in continuum pixels. Each
   * fibre's own sky may differ from {@code scale · sky} by a scale and a tilt of some percent.
   *
   * @param frame the frame, cross-talk still in
   * @param sky spline coefficients of the sky
   * @param fibres sky fibres to use
   * @param scale of each of them, as its sky lines have it
   * @param scaleError how well these fix a fibre's continuum, relative
   */
  public static CrossTalk estimate(
      CleanFrame frame, double[] sky, int[] fibres, double[] scale, double scaleError) {
    float[][] flux = new float[frame.fibres()][];
    for (int i = 0; i < flux.length; i++) {
      flux[i] = frame.flux(i);
    }
    boolean hasHalo = Wing.of(fibres.length).hasHalo;
    Light light = Light.of(frame.grid(), sky);
    Sums[] sums = new Sums[fibres.length];
    for (int k = 0; k < fibres.length; k++) {
      float[] halo = hasHalo ? frame.halo(fibres[k]) : new float[flux[fibres[k]].length];
      sums[k] = sums(frame, flux, halo, light, fibres[k], scale[k]);
      sums[k].eliminateOwnSky(scaleError, TILT_PRIOR);
    }
    boolean[] in = new boolean[fibres.length];
    Arrays.fill(in, true);
    rejectOddFibres(sums, in);
    return solution(sums, in);
  }

  /**
   * Leaves out fibres that the others don't predict: object light that is too faint to be told by
   * its level still has another spectrum than the neighbours'.
   */
  private static void rejectOddFibres(Sums[] sums, boolean[] in) {
    double[] misfit = new double[sums.length];
    for (int k = 0; k < sums.length; k++) {
      double[] others = terms(sums, in, k).coefficients;
      misfit[k] = sums[k].chi2(others) / Math.max(1, sums[k].pixels);
    }
    double limit = RobustStatistics.median(misfit) + ODD * RobustStatistics.nmad(misfit);
    for (int k = 0; k < sums.length && sums.length >= FEWEST_TO_JUDGE; k++) {
      in[k] = misfit[k] <= limit;
    }
  }

  private static CrossTalk solution(Sums[] sums, boolean[] in) {
    Terms all = terms(sums, in, -1);
    if (all.pixels <= TERMS) {
      return CrossTalk.NONE;
    }
    double[] k = all.coefficients;
    // Fibres differ by more than noise, so the error comes from leaving out one after the other.
    double square = 0;
    int n = 0;
    for (int i = 0; i < sums.length; i++) {
      if (in[i]) {
        double off = terms(sums, in, i).coefficients[0] - k[0];
        square += off * off;
        n++;
      }
    }
    double error = Math.sqrt(Math.max(all.variance, square * (n - 1.0) / Math.max(1, n)));
    // Light can't be negative; noise may say so.
    return k[0] > 0
        ? new CrossTalk(
            k[0],
            k[1],
            Math.max(0, k[2]),
            Wing.of(sums.length).hasHalo ? Math.max(0, k[HALO]) : 0,
            error)
        : new CrossTalk(0, 0, 0, 0, error);
  }

  /** The common terms' least-squares solution, k1's formal variance, and the pixels used. */
  private record Terms(double[] coefficients, double variance, int pixels) {}

  private static Terms terms(Sums[] sums, boolean[] in, int without) {
    NormalEquations equations = new NormalEquations(TERMS);
    int pixels = 0;
    for (int k = 0; k < sums.length; k++) {
      if (!in[k] || k == without) {
        continue;
      }
      for (int a = 0; a < TERMS; a++) {
        equations.addRhs(a, sums[k].gram[Sums.OWN + a][Sums.DATA]);
        for (int b = 0; b <= a; b++) {
          equations.addGram(a, b, sums[k].gram[Sums.OWN + a][Sums.OWN + b]);
        }
      }
      pixels += sums[k].pixels;
    }
    for (int a = 0; a < TERMS; a++) {
      if (a != K2) {
        equations.addPrior(a, 0, PRIOR[a] * PRIOR[a]);
      }
    }
    Wing wing = Wing.of(sums.length);
    double known = 1 / (wing.scatter * wing.scatter);
    equations.addGram(0, 0, wing.share * wing.share * known);
    equations.addGram(K2, 0, -wing.share * known);
    equations.addGram(K2, K2, known);
    double halo = 1 / (PRIOR[HALO] * PRIOR[HALO]);
    equations.addGram(K2, K2, halo);
    equations.addGram(HALO, K2, -halo);
    NormalEquations.Solution solution = equations.solve();
    return new Terms(solution.mean(), solution.covariance()[0][0], pixels);
  }

  /**
   * The sky that is subtracted, and the shape of its errors. The sky's noise, which holds the
   * fibres' own, must be in no column: the coefficients of the others would answer for it (the
   * halo's by several times itself in the blue). And what is subtracted must have the lines'
   * skirts, or these, which all fibres have, are taken for the neighbours' light.
   *
   * @param sky spline coefficients
   * @param smooth those of its continuum, smoothed
   */
  private record Light(double[] sky, double[] smooth) {
    /** How far on each side a smoothed one is a mean, Angstrom. */
    private static final double HALF = 5;

    static Light of(SkyGrid grid, double[] sky) {
      double[] continuum = grid.continuum(sky);
      double[] smooth = new double[continuum.length];
      int half = (int) Math.round(HALF / grid.spline().stepAt(grid.wavelength(0)));
      for (int k = 0; k < smooth.length; k++) {
        int from = Math.max(0, k - half);
        int to = Math.min(smooth.length, k + half + 1);
        double sum = 0;
        for (int j = from; j < to; j++) {
          sum += continuum[j];
        }
        smooth[k] = sum / (to - from);
      }
      return new Light(sky, smooth);
    }
  }

  private static Sums sums(
      CleanFrame frame, float[][] flux, float[] halo, Light light, int fibre, double scale) {
    SkyGrid grid = frame.grid();
    BSpline spline = grid.spline();
    double[] wavelength = frame.wavelength(fibre);
    float[] variance = frame.variance(fibre);
    double[] b = new double[BSpline.ORDER];
    double[] row = new double[Sums.ROW_DATA + 1];
    Sums sums = new Sums();
    for (int p = 0; p < wavelength.length; p++) {
      if (!frame.isContinuum(fibre, p)) {
        continue;
      }
      int first = spline.first(wavelength[p]);
      spline.values(wavelength[p], first, b);
      double u = grid.u(wavelength[p]);
      double sky = scale * BSpline.dot(light.smooth, first, b);
      double near = neighbours(flux, fibre, p, 1);
      row[0] = sky;
      row[1] = u * sky;
      row[2] = near;
      row[3] = u * near;
      row[4] = neighbours(flux, fibre, p, 2);
      row[5] = halo[p];
      row[6] = u * u * sky;
      row[Sums.ROW_DATA] = flux[fibre][p] - scale * BSpline.dot(light.sky, first, b);
      double expected = 0.002 * near + 0.1 * Math.abs(sky);
      if (Math.abs(row[Sums.ROW_DATA]) < CLIP * Math.sqrt(variance[p]) + 3 * expected) {
        sums.add(row, 1.0 / variance[p]);
      }
    }
    return sums;
  }

  /** Weighted products of a fibre's columns: own sky, tilt; common terms; data. */
  private static final class Sums {
    static final int OWN = 2;
    static final int DATA = OWN + TERMS;
    static final int SIZE = DATA + 1;

    /**
     * By term, where a pixel's row has it. The master holds the mean fibre's cross-talk and
     * contamination: without a common sky, tilt and curvature they would count against k1; a
     * pixel's sky is the same for both.
     */
    private static final int[] IN_ROW = {0, 1, 2, 3, 4, 5, 0, 1, 6, 7};

    static final int ROW_DATA = IN_ROW[DATA];

    /** Upper triangle. */
    private final double[][] rows = new double[ROW_DATA + 1][ROW_DATA + 1];

    final double[][] gram = new double[SIZE][SIZE];
    int pixels;

    void add(double[] row, double weight) {
      for (int a = 0; a < row.length; a++) {
        double wa = weight * row[a];
        double[] to = rows[a];
        for (int b = a; b < row.length; b++) {
          to[b] += wa * row[b];
        }
      }
      pixels++;
    }

    /** Weighted square of what common terms leave, once the own sky is eliminated. */
    double chi2(double[] k) {
      double sum = gram[DATA][DATA];
      for (int a = 0; a < TERMS; a++) {
        double row = -2 * gram[OWN + a][DATA];
        for (int b = 0; b < TERMS; b++) {
          row += gram[OWN + a][OWN + b] * k[b];
        }
        sum += k[a] * row;
      }
      return sum;
    }

    void eliminateOwnSky(double... prior) {
      for (int a = 0; a < SIZE; a++) {
        for (int b = 0; b < SIZE; b++) {
          int one = IN_ROW[a];
          int other = IN_ROW[b];
          gram[a][b] = rows[Math.min(one, other)][Math.max(one, other)];
        }
      }
      for (int own = 0; own < OWN; own++) {
        double pivot = gram[own][own] + 1 / (prior[own] * prior[own]);
        double[] column = gram[own].clone();
        for (int a = own + 1; a < SIZE; a++) {
          for (int b = own + 1; b < SIZE; b++) {
            gram[a][b] -= column[a] * column[b] / pivot;
          }
        }
      }
    }
  }
}
