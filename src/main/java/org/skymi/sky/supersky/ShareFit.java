package org.skymi.sky.supersky;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skymi.math.BSpline;
import org.skymi.math.Increasing;
import org.skymi.math.NormalEquations;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyGrid;

/**
 * What a fibre's own line windows say of its shares of components: every window above a free
 * straight background, so that an object's continuum pulls nothing; a window counts by as much less
 * as it fits worse than noise. Where a pixel may hold most of a line, components end with their
 * window: what the next one has in the margin is background.
 */
final class ShareFit {
  private static final int PASSES = 4;

  /** Of expectation and maximisation. */
  private static final int ROUNDS = 6;

  /** Background pixels on each side of a window, in knots. */
  static final int MARGIN = 4;

  private static final int FEWEST_PIXELS = 6;

  private final CleanFrame frame;
  private final FibreCalibration calibration;
  private final List<double[]> components;
  private final List<Window> windows = new ArrayList<>();

  /**
   * @param frame cross-talk removed
   * @param components spline coefficients, zero outside line windows
   * @param fibre row of the frame
   * @param sky what was subtracted from it, electron, {@code [nPixel]}, NaN where there is none
   */
  ShareFit(
      CleanFrame frame,
      FibreCalibration calibration,
      List<double[]> components,
      int fibre,
      float[] sky) {
    this.frame = frame;
    this.calibration = calibration;
    this.components = components;
    for (LineWindow window : frame.grid().windows()) {
      Window equations = equations(window, fibre, sky);
      if (equations != null) {
        windows.add(equations);
      }
    }
  }

  /**
   * The fibre's share of each component.
   *
   * @param scatter how much of each fibres have, infinite where nothing is known of it
   */
  double[] shares(double[] scatter) {
    double[] shares = new double[scatter.length];
    for (int pass = 0; pass < PASSES; pass++) {
      shares = weighed(shares, scatter).mean();
    }
    return shares;
  }

  /**
   * How much of each component fibres have, by expectation and maximisation: the mean square of
   * what each fibre's share may be.
   *
   * @param fibres of the same components
   * @param first what to begin with, {@code [nComponent]}
   * @return {@code [nComponent]}
   */
  static double[] scatter(List<ShareFit> fibres, double[] first) {
    double[] scatter = first;
    for (int round = 0; round < ROUNDS; round++) {
      double[] square = new double[first.length];
      for (ShareFit fibre : fibres) {
        NormalEquations.Solution own = fibre.weighed(fibre.shares(scatter), scatter).solve();
        for (int c = 0; c < square.length; c++) {
          square[c] += own.mean()[c] * own.mean()[c] + own.covariance()[c][c];
        }
      }
      scatter = Arrays.stream(square).map(s -> Math.sqrt(s / fibres.size())).toArray();
    }
    return scatter;
  }

  /** All windows' equations, each by how well some shares fit it, and the prior's. */
  private NormalEquations weighed(double[] shares, double[] scatter) {
    int n = shares.length;
    NormalEquations equations = new NormalEquations(n);
    for (int c = 0; c < n; c++) {
      equations.addGram(c, c, 1e-12 + 1 / Math.max(1e-12, scatter[c] * scatter[c]));
    }
    for (Window window : windows) {
      double chi2 = Math.max(1, window.chi2(shares));
      for (int a = 0; a < n; a++) {
        equations.addRhs(a, window.equations[a][n] / chi2);
        for (int b = 0; b <= a; b++) {
          equations.addGram(a, b, window.equations[a][b] / chi2);
        }
      }
    }
    return equations;
  }

  /**
   * Normal equations of one window's components, its background eliminated; the data in the last
   * row and column.
   */
  private record Window(double[][] equations, int pixels) {
    /** Weighted square of what the shares leave, per degree of freedom. */
    double chi2(double[] shares) {
      int n = shares.length;
      double left = equations[n][n];
      for (int a = 0; a < n; a++) {
        left -= 2 * shares[a] * equations[a][n];
        for (int b = 0; b < n; b++) {
          left += shares[a] * shares[b] * equations[a][b];
        }
      }
      // The shares are all windows': one of them loses no degree of freedom to them.
      return left / Math.max(1, pixels - 2);
    }
  }

  /** Null where the window is not all on the detector or has too few pixels. */
  private Window equations(LineWindow window, int fibre, float[] sky) {
    SkyGrid grid = frame.grid();
    float[] flux = frame.flux(fibre);
    float[] variance = frame.variance(fibre);
    double[] wavelength = frame.wavelength(fibre);
    int n = components.size();
    double margin = MARGIN * grid.spline().stepAt(window.centre());
    double[] row = new double[n + 3];
    double[] b = new double[BSpline.ORDER];
    NormalEquations sums = new NormalEquations(n + 3);
    int pixels = 0;
    int p = Increasing.firstFrom(wavelength, window.low() - margin);
    for (; p < flux.length && wavelength[p] <= window.high() + margin; p++) {
      if (Float.isInfinite(variance[p]) || !Float.isFinite(sky[p])) {
        continue;
      }
      double x = calibration.aligned(grid, fibre, wavelength[p]);
      int first = grid.spline().first(x);
      grid.spline().values(x, first, b);
      row[0] = 1;
      row[1] = (x - window.centre()) / margin;
      boolean ends = !grid.isResolved() && isOther(window, grid.windowAt(wavelength[p]));
      for (int c = 0; c < n; c++) {
        row[2 + c] = ends ? 0 : BSpline.dot(components.get(c), first, b);
      }
      row[n + 2] = (double) flux[p] - sky[p];
      // The data is the last column, so that its own square is there, too.
      sums.add(row, 1.0 / variance[p], 0);
      pixels++;
    }
    boolean whole =
        wavelength[0] <= window.low() && wavelength[wavelength.length - 1] >= window.high();
    if (!whole || pixels < FEWEST_PIXELS) {
      return null;
    }
    double[][] gram = sums.gram().get2DData();
    eliminate(gram, 0);
    eliminate(gram, 1);
    double[][] own = new double[n + 1][];
    Arrays.setAll(own, i -> Arrays.copyOfRange(gram[2 + i], 2, n + 3));
    return new Window(own, pixels);
  }

  private boolean isOther(LineWindow window, int at) {
    return at >= 0 && frame.grid().windows().get(at) != window;
  }

  private static void eliminate(double[][] gram, int pivot) {
    double[] column = gram[pivot].clone();
    for (int i = pivot + 1; i < gram.length; i++) {
      double factor = column[i] / column[pivot];
      for (int j = pivot; j < gram.length; j++) {
        gram[i][j] -= factor * column[j];
      }
    }
  }
}
