package org.skymi.sky.supersky;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.skymi.math.BSpline;
import org.skymi.math.BandedNormal;
import org.skymi.math.Increasing;
import org.skymi.math.NormalEquations;
import org.skymi.math.PrincipalComponents;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyGrid;

/**
 * Patterns that the residuals of sky lines have in common, after Bai et al. 2017: principal
 * components of the sky fibres' residuals in line windows. A fibre's share of each comes from its
 * own windows, every one above a free straight background, so that an object's continuum pulls
 * nothing; a window counts by as much less as it fits worse than noise.
 */
public final class LineComponents {
  /** No components. */
  public static final LineComponents NONE = new LineComponents(null, null, List.of());

  private static final int PASSES = 4;

  /** Background pixels on each side of a window, in knots. */
  private static final double MARGIN = 4;

  private static final int FEWEST_PIXELS = 6;

  private final CleanFrame frame;
  private final FibreCalibration calibration;

  /** Spline coefficients, zero outside line windows. */
  private final List<double[]> components;

  /** How much of each component sky fibres have. */
  private final double[] scatter;

  private LineComponents(
      CleanFrame frame, FibreCalibration calibration, List<double[]> components) {
    this.frame = frame;
    this.calibration = calibration;
    this.components = components;
    this.scatter = new double[components.size()];
    Arrays.fill(scatter, Double.POSITIVE_INFINITY);
  }

  /**
   * Learns the components.
   *
   * @param frame cross-talk removed
   * @param sky what was subtracted from a fibre, electron, {@code [nPixel]}, NaN where there is
   *     none
   * @param fibres sky fibres to learn from
   * @param most components at the most; fewer if the rest is no more than noise
   */
  public static LineComponents learn(
      CleanFrame frame,
      FibreCalibration calibration,
      IntFunction<float[]> sky,
      int[] fibres,
      int most) {
    double[][] residuals = new double[fibres.length][];
    double[][] variances = new double[fibres.length][];
    for (int k = 0; k < fibres.length; k++) {
      BandedNormal normal = residual(frame, calibration, fibres[k], sky.apply(fibres[k]));
      MasterSky smooth =
          MasterSky.smoothed(frame.grid(), normal, new double[frame.grid().spline().size()]);
      residuals[k] =
          FibreCalibration.minus(smooth.coefficients, frame.grid().continuum(smooth.coefficients));
      variances[k] = smooth.variance();
    }
    double[] noise = clip(residuals, variances);
    LineComponents learnt =
        new LineComponents(frame, calibration, PrincipalComponents.of(residuals, noise, 0, most));
    learnt.setScatter(sky, fibres);
    return learnt;
  }

  /** The same components for another look at the frame. */
  public LineComponents with(CleanFrame other, FibreCalibration otherCalibration) {
    LineComponents same = new LineComponents(other, otherCalibration, components);
    System.arraycopy(scatter, 0, same.scatter, 0, scatter.length);
    return same;
  }

  private static BandedNormal residual(
      CleanFrame frame, FibreCalibration calibration, int fibre, float[] sky) {
    SkyGrid grid = frame.grid();
    BandedNormal normal = new BandedNormal(grid.spline().size());
    float[] flux = frame.flux(fibre);
    float[] variance = frame.variance(fibre);
    double[] wavelength = frame.wavelength(fibre);
    double[] b = new double[BSpline.ORDER];
    for (int p = 0; p < flux.length; p++) {
      if (!Float.isInfinite(variance[p]) && Float.isFinite(sky[p])) {
        double x = calibration.aligned(grid, fibre, wavelength[p]);
        int first = grid.spline().first(x);
        grid.spline().values(x, first, b);
        normal.add(first, b, 1 / variance[p], flux[p] - sky[p]);
      }
    }
    return normal;
  }

  /** Draws wild values in, so that no single fibre makes a component; returns typical noise. */
  private static double[] clip(double[][] residuals, double[][] variances) {
    int n = residuals.length;
    double[] noise = new double[n == 0 ? 0 : residuals[0].length];
    double[] values = new double[n];
    for (int k = 0; k < noise.length; k++) {
      for (int i = 0; i < n; i++) {
        values[i] = variances[i][k];
      }
      double typical = RobustStatistics.median(values);
      noise[k] = Double.isFinite(typical) ? Math.sqrt(typical) : 0;
      for (int i = 0; i < n; i++) {
        values[i] = residuals[i][k];
      }
      double most = MasterSky.CLIP * Math.max(noise[k], RobustStatistics.nmad(values));
      for (int i = 0; i < n; i++) {
        residuals[i][k] = Math.max(-most, Math.min(most, residuals[i][k]));
      }
    }
    return noise;
  }

  private void setScatter(IntFunction<float[]> sky, int[] fibres) {
    List<double[]> shares = new ArrayList<>();
    for (int i : fibres) {
      shares.add(shares(i, sky.apply(i)));
    }
    for (int c = 0; c < scatter.length; c++) {
      int component = c;
      scatter[c] =
          Math.sqrt(
              RobustStatistics.median(
                      shares.stream().mapToDouble(s -> s[component] * s[component]).toArray())
                  / 0.455); // the median of a squared Gaussian over its mean
    }
  }

  /** The components, spline coefficients, {@code [nComponent][nCoefficient]}. */
  public double[][] components() {
    return components.toArray(double[][]::new);
  }

  /**
   * Adds to a fibre's sky what its own lines have of each component.
   *
   * @return its share of each
   */
  public double[] addTo(float[] sky, int fibre) {
    if (components.isEmpty()) {
      return new double[0];
    }
    double[] shares = shares(fibre, sky);
    double[] sum = new double[components.get(0).length];
    for (int c = 0; c < shares.length; c++) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += shares[c] * components.get(c)[k];
      }
    }
    SkyGrid grid = frame.grid();
    double[] wavelength = frame.wavelength(fibre);
    for (int p = 0; p < sky.length; p++) {
      double x = calibration.aligned(grid, fibre, wavelength[p]);
      sky[p] += (float) grid.spline().evaluate(sum, x);
    }
    return shares;
  }

  /** A fibre's share of each component. */
  private double[] shares(int fibre, float[] sky) {
    int n = components.size();
    List<Window> windows = new ArrayList<>();
    for (LineWindow window : frame.grid().windows()) {
      Window equations = equations(window, fibre, sky);
      if (equations != null) {
        windows.add(equations);
      }
    }
    double[] shares = new double[n];
    for (int pass = 0; pass < PASSES; pass++) {
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
      shares = equations.mean();
    }
    return shares;
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
    NormalEquations sums = new NormalEquations(n + 3);
    int pixels = 0;
    int p = Increasing.firstFrom(wavelength, window.low() - margin);
    for (; p < flux.length && wavelength[p] <= window.high() + margin; p++) {
      if (Float.isInfinite(variance[p]) || !Float.isFinite(sky[p])) {
        continue;
      }
      double x = calibration.aligned(grid, fibre, wavelength[p]);
      row[0] = 1;
      row[1] = (x - window.centre()) / margin;
      for (int c = 0; c < n; c++) {
        row[2 + c] = grid.spline().evaluate(components.get(c), x);
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
