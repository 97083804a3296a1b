package org.skymi.sky;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;

/**
 * The wavelength calibration module: where each fibre's sky lines are, how wide and how bright,
 * against the master's.
 *
 * <p>All arrays are {@code [nFibre]} or {@code [nFibre][nWindow]}. Shifts follow D(λ) = S(λ + d): a
 * positive d says that the frame's wavelengths are too small.
 */
public final class FibreCalibration {
  /** Order in fibre number of the curves that shifts and widths are shrunk to. */
  private static final int ORDER = 3;

  /** Relative error of a window's amplitude that noise does not know of. */
  private static final double WINDOW_FLOOR = 0.01;

  private static final double CLIP = 4;

  final double[] shift;
  final double[] slope;
  final double[] width;
  final double[] shiftError;
  final double[] widthError;
  final int[] lines;
  final float[][] amplitude;
  final float[][] amplitudeError;
  final double[] gain;
  final double[] gainError;

  /** The gain of a pipeline that knows of no line widths. */
  final double[] plainGain;

  private FibreCalibration(int fibres, int windows) {
    shift = new double[fibres];
    slope = new double[fibres];
    width = new double[fibres];
    shiftError = new double[fibres];
    widthError = new double[fibres];
    lines = new int[fibres];
    amplitude = new float[fibres][windows];
    amplitudeError = new float[fibres][windows];
    gain = new double[fibres];
    gainError = new double[fibres];
    plainGain = new double[fibres];
    Arrays.fill(gain, 1);
    Arrays.fill(plainGain, 1);
    Arrays.fill(gainError, Double.POSITIVE_INFINITY);
  }

  /** The calibration that trusts the frame: no shifts, equal widths, all gains 1. */
  static FibreCalibration none(CleanFrame frame) {
    return new FibreCalibration(frame.fibres(), frame.grid().windows().size());
  }

  /**
   * Calibrates fibres, starting from what is known of them.
   *
   * @param frame the frame
   * @param master spline coefficients of the sky
   * @param fibres which to calibrate
   * @param mayTeach which fibres may shape the curves in fibre number that the others are shrunk to
   */
  FibreCalibration improved(CleanFrame frame, double[] master, int[] fibres, boolean[] mayTeach) {
    SkyGrid grid = frame.grid();
    double[] lineSpectrum = minus(master, grid.continuum(master));
    int n = frame.fibres();
    FibreCalibration next = new FibreCalibration(n, grid.windows().size());
    LineFit[] fits = new LineFit[n];
    double[][] common = new double[LineFit.COMMON][n];
    double[][] errors = new double[LineFit.COMMON][n];
    for (int k = 0; k < LineFit.COMMON; k++) {
      Arrays.fill(common[k], Double.NaN);
      Arrays.fill(errors[k], Double.POSITIVE_INFINITY);
    }
    for (int i : fibres) {
      if (frame.isDead(i)) {
        continue;
      }
      fits[i] = new LineFit(grid, lineSpectrum);
      fits[i].fit(
          frame.flux(i), frame.variance(i), frame.wavelength(i), shift[i], slope[i], gain[i]);
      solveCommon(fits[i], i, common, errors);
    }
    // Shrink what is absolute, not the step from the last pass.
    double[] before0 = shift;
    double[] before1 = slope;
    IntStream.range(0, n).forEach(i -> common[0][i] += before0[i]);
    IntStream.range(0, n).forEach(i -> common[1][i] += before1[i]);
    for (int k = 0; k < LineFit.COMMON; k++) {
      SmoothPrior.shrink(common[k], errors[k], mayTeach, ORDER);
    }
    for (int i = 0; i < n; i++) {
      next.shift[i] = common[0][i];
      next.slope[i] = common[1][i];
      next.width[i] = common[2][i];
      next.shiftError[i] = errors[0][i];
      next.widthError[i] = errors[2][i];
      if (fits[i] != null) {
        next.lines[i] = fits[i].used;
        double[] step = {next.shift[i] - shift[i], next.slope[i] - slope[i], next.width[i]};
        next.takeAmplitudes(i, fits[i], step);
      } else {
        Arrays.fill(next.amplitude[i], 1);
        Arrays.fill(next.amplitudeError[i], Float.POSITIVE_INFINITY);
      }
    }
    return next;
  }

  private static void solveCommon(LineFit fit, int fibre, double[][] common, double[][] errors) {
    double[][] g = fit.information;
    // Faint priors, Angstrom and Angstrom^2, keep what nothing constrains at zero.
    double[] prior = {1.0, 0.3, 2.0};
    double[][] m = new double[LineFit.COMMON][2 * LineFit.COMMON];
    for (int a = 0; a < LineFit.COMMON; a++) {
      System.arraycopy(g[a], 0, m[a], 0, LineFit.COMMON);
      m[a][a] += 1 / (prior[a] * prior[a]);
    }
    double[][] inverse = new SimpleMatrix(m).cols(0, LineFit.COMMON).invert().toArray2();
    for (int a = 0; a < LineFit.COMMON; a++) {
      double value = 0;
      for (int b = 0; b < LineFit.COMMON; b++) {
        value += inverse[a][b] * fit.score[b];
      }
      if (fit.used > 0) {
        common[a][fibre] = value;
        errors[a][fibre] = Math.sqrt(inverse[a][a]);
      }
    }
  }

  private void takeAmplitudes(int fibre, LineFit fit, double[] step) {
    int windows = amplitude[fibre].length;
    double[] values = new double[windows];
    double[] plain = new double[windows];
    double[] weights = new double[windows];
    double total = 0;
    for (int w = 0; w < windows; w++) {
      double error = fit.error(w);
      boolean known = Double.isFinite(error);
      values[w] = known ? fit.amplitude(w, step) : 1;
      plain[w] = known ? fit.plainAmplitude(w, step) : 1;
      amplitude[fibre][w] = (float) values[w];
      amplitudeError[fibre][w] = known ? (float) error : Float.POSITIVE_INFINITY;
      weights[w] = known ? 1 / (error * error + WINDOW_FLOOR * WINDOW_FLOOR) : 0;
      total += weights[w];
    }
    gain[fibre] = total > 0 ? RobustStatistics.clippedMean(values, weights, CLIP) : 1;
    plainGain[fibre] = total > 0 ? RobustStatistics.clippedMean(plain, weights, CLIP) : 1;
    gainError[fibre] = total > 0 ? 1 / Math.sqrt(total) : Double.POSITIVE_INFINITY;
  }

  /** Shift d at the arm's pivot, Angstrom. */
  public double shift(int fibre) {
    return shift[fibre];
  }

  /** Standard error of {@link #shift}. */
  public double shiftError(int fibre) {
    return shiftError[fibre];
  }

  /** Change of the shift from the arm's middle to its end, Angstrom. */
  public double slope(int fibre) {
    return slope[fibre];
  }

  /** Second moment of the fibre's line spread minus the master's, Angstrom^2. */
  public double width(int fibre) {
    return width[fibre];
  }

  /** Standard error of {@link #width}. */
  public double widthError(int fibre) {
    return widthError[fibre];
  }

  /** Line windows that told something. */
  public int lines(int fibre) {
    return lines[fibre];
  }

  /** Wavelength of a pixel on the master's scale, Angstrom. */
  double aligned(SkyGrid grid, int fibre, double wavelength) {
    return wavelength + shift[fibre] + slope[fibre] * (grid.u(wavelength) - grid.pivot());
  }

  static double[] minus(double[] a, double[] b) {
    double[] c = a.clone();
    for (int k = 0; k < c.length; k++) {
      c[k] -= b[k];
    }
    return c;
  }
}
