package org.skymi.sky.calibrate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.ejml.simple.SimpleMatrix;
import org.skymi.math.NormalEquations;
import org.skymi.math.RobustStatistics;
import org.skymi.math.SmoothPrior;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.LineDerivatives;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.survey.LineWidths;

/**
 * The wavelength calibration module: where each fibre's sky lines are, how wide and how bright,
 * against the master's.
 *
 * <p>All arrays are {@code [nFibre]} or {@code [nFibre][nWindow]}. Shifts follow D(λ) = S(λ + d): a
 * positive d says that the frame's wavelengths are too small.
 */
public final class FibreCalibration implements Serializable {
  /** Order in fibre number of the curves that shifts and widths are shrunk to. */
  private static final int ORDER = 3;

  /** Relative error of a window's amplitude that noise does not know of. */
  private static final double WINDOW_FLOOR = 0.01;

  private static final double CLIP = 4;

  /** Share of the line spread that is far: from there on a single fit is off by more than noise. */
  private static final double FAR = 0.04;

  /** Share of the lines' light that is. */
  private static final double FAR_GAIN = 0.1;

  /**
   * What windows have in common, to expect: Angstrom and Angstrom^2. Faint of what every line tells
   * of; what a single line can't tell apart is taken for a width.
   */
  private static final double[] PRIOR = {1.0, 0.3, 2.0, 0.2, 0.2};

  /** Fits of a fibre that nothing is known of until its shift stands. */
  private static final int FITS = 2;

  final double[] shift;
  final double[] slope;
  final double[] width;
  private final double[] widthSlope;
  private final double[] kurtosis;
  final double[] shiftError;
  final double[] widthError;
  final int[] lines;
  public final float[][] amplitude;
  public final float[][] amplitudeError;
  public final double[] gain;
  public final double[] gainError;

  /** The gain of a pipeline that knows of no line widths. */
  public final double[] plainGain;

  private final SkyGrid grid;

  /** Beyond the master's. */
  private final LineWidths stated;

  /** Curves in fibre number of what windows have in common. */
  private final SmoothPrior[] curves = new SmoothPrior[LineFit.COMMON];

  private FibreCalibration(int fibres, int windows, SkyGrid grid, LineWidths stated) {
    this.grid = grid;
    this.stated = stated;
    shift = new double[fibres];
    slope = new double[fibres];
    width = new double[fibres];
    widthSlope = new double[fibres];
    kurtosis = new double[fibres];
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

  private FibreCalibration(FibreCalibration other) {
    this(other.shift.length, 0, other.grid, other.stated);
    int n = shift.length;
    System.arraycopy(other.shift, 0, shift, 0, n);
    System.arraycopy(other.slope, 0, slope, 0, n);
    System.arraycopy(other.width, 0, width, 0, n);
    System.arraycopy(other.widthSlope, 0, widthSlope, 0, n);
    System.arraycopy(other.kurtosis, 0, kurtosis, 0, n);
    System.arraycopy(other.shiftError, 0, shiftError, 0, n);
    System.arraycopy(other.widthError, 0, widthError, 0, n);
    System.arraycopy(other.lines, 0, lines, 0, n);
    System.arraycopy(other.amplitude, 0, amplitude, 0, n);
    System.arraycopy(other.amplitudeError, 0, amplitudeError, 0, n);
    System.arraycopy(other.gain, 0, gain, 0, n);
    System.arraycopy(other.gainError, 0, gainError, 0, n);
    System.arraycopy(other.plainGain, 0, plainGain, 0, n);
    System.arraycopy(other.curves, 0, curves, 0, curves.length);
  }

  /**
   * The calibration that trusts the frame: no shifts, widths as stated or else equal, all gains 1.
   *
   * @param skies fibres that the master is made of
   */
  public static FibreCalibration none(CleanFrame frame, int[] skies) {
    SkyGrid grid = frame.grid();
    return new FibreCalibration(
        frame.fibres(), grid.windows().size(), grid, frame.widths().beyond(skies));
  }

  /**
   * Calibrates fibres, starting from what is known of them.
   *
   * @param frame the frame
   * @param master spline coefficients of the sky, by fibre: of a sky fibre's own light there is
   *     best nothing in it, or the fibre's lines would seem narrower and weaker than others'
   * @param fibres which to calibrate
   * @param mayTeach which fibres may shape the curves in fibre number that the others are shrunk to
   */
  public FibreCalibration improved(
      CleanFrame frame, IntFunction<double[]> master, int[] fibres, boolean[] mayTeach) {
    return shrunk(measure(frame, master, fibres), i -> this, mayTeach);
  }

  /**
   * Calibrates fibres, with a better master once that is done: sky fibres, which make it, are
   * fitted once more, and those whose lines are far from where they were looked for, as a fit is of
   * the first order in that. For others one master is as good as the next.
   *
   * @param master as for {@link #improved}
   * @param better the master by a calibration of these fibres
   * @param fibres which to calibrate, the skies among them
   * @param skies fibres that make the master
   */
  public FibreCalibration settled(
      CleanFrame frame,
      IntFunction<double[]> master,
      Function<FibreCalibration, IntFunction<double[]>> better,
      int[] fibres,
      int[] skies,
      boolean[] mayTeach) {
    Measured measured = measure(frame, master, fibres);
    FibreCalibration next = shrunk(measured, i -> this, mayTeach);
    boolean[] isOpen = new boolean[frame.fibres()];
    Arrays.stream(skies).forEach(i -> isOpen[i] = true);
    Arrays.stream(fibres).filter(i -> next.isFarFrom(this, i)).forEach(i -> isOpen[i] = true);
    int[] open = Arrays.stream(fibres).filter(i -> isOpen[i]).toArray();
    measured.replace(open, next.measure(frame, better.apply(next), open));
    return shrunk(measured, i -> isOpen[i] ? next : this, mayTeach);
  }

  private boolean isFarFrom(FibreCalibration other, int fibre) {
    double width = grid.optics().sampling() * grid.optics().pixel();
    return Math.abs(shift[fibre] - other.shift[fibre]) > FAR * width
        || Math.abs(gain[fibre] - other.gain[fibre]) > FAR_GAIN;
  }

  /**
   * The calibration by what fibres say for themselves.
   *
   * @param measured stays as it is
   * @param before by fibre, where it was measured from
   */
  private FibreCalibration shrunk(
      Measured measured, IntFunction<FibreCalibration> before, boolean[] mayTeach) {
    FibreCalibration next = new FibreCalibration(shift.length, grid.windows().size(), grid, stated);
    Measured own = measured.copy();
    for (int k = 0; k < LineFit.COMMON; k++) {
      next.curves[k] = SmoothPrior.shrink(own.values[k], own.errors[k], mayTeach, ORDER);
    }
    for (int i = 0; i < shift.length; i++) {
      next.take(i, own, before.apply(i));
    }
    return next;
  }

  /**
   * The same with one fibre calibrated anew, as if it had not been seen before; what is known of
   * the other fibres does not move.
   *
   * @param frame in which that fibre has other pixels
   * @param master spline coefficients of the sky
   * @param fibre one that taught the curves in fibre number nothing
   */
  public FibreCalibration with(CleanFrame frame, double[] master, int fibre) {
    FibreCalibration before = new FibreCalibration(this);
    before.shift[fibre] = curves[0].at(fibre);
    before.slope[fibre] = curves[1].at(fibre);
    before.gain[fibre] = 1;
    for (int pass = 0; pass < FITS; pass++) {
      Measured measured = before.measure(frame, i -> master, new int[] {fibre});
      for (int k = 0; k < LineFit.COMMON; k++) {
        curves[k].shrink(fibre, measured.values[k], measured.errors[k]);
      }
      FibreCalibration next = new FibreCalibration(before);
      next.take(fibre, measured, before);
      before = next;
    }
    return before;
  }

  /**
   * What fibres say for themselves.
   *
   * @param fits by fibre, null where none
   * @param values shift, slope and width by fibre, NaN where unknown
   * @param errors of them, infinite where unknown
   */
  private record Measured(LineFit[] fits, double[][] values, double[][] errors) {
    Measured copy() {
      return new Measured(fits, copy(values), copy(errors));
    }

    private static double[][] copy(double[][] rows) {
      return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    /** Takes some fibres' from another look at them. */
    void replace(int[] fibres, Measured other) {
      for (int i : fibres) {
        fits[i] = other.fits[i];
        for (int k = 0; k < values.length; k++) {
          values[k][i] = other.values[k][i];
          errors[k][i] = other.errors[k][i];
        }
      }
    }
  }

  /** A master's lines, and what kurtosis does to them; spline coefficients. */
  private record Lines(double[] lines, double[] shape) {}

  private Lines lines(double[] master) {
    double[] lines = minus(master, grid.continuum(master));
    return new Lines(lines, LineDerivatives.of(grid, lines, 4));
  }

  private Measured measure(CleanFrame frame, IntFunction<double[]> master, int[] fibres) {
    // Most fibres have the same master.
    Map<double[], Lines> lines = new IdentityHashMap<>();
    int n = frame.fibres();
    LineFit[] fits = new LineFit[n];
    double[][] values = new double[LineFit.COMMON][n];
    double[][] errors = new double[LineFit.COMMON][n];
    for (int k = 0; k < LineFit.COMMON; k++) {
      Arrays.fill(values[k], Double.NaN);
      Arrays.fill(errors[k], Double.POSITIVE_INFINITY);
    }
    for (int i : fibres) {
      if (frame.isDead(i)) {
        continue;
      }
      Lines own = lines.computeIfAbsent(master.apply(i), this::lines);
      fits[i] = new LineFit(grid, own.lines, own.shape, stated(i));
      fits[i].fit(
          frame.flux(i), frame.variance(i), frame.wavelength(i), shift[i], slope[i], gain[i]);
      solveCommon(fits[i], i, values, errors);
      // What is shrunk is absolute, not the step from the last pass.
      values[0][i] += shift[i];
      values[1][i] += slope[i];
    }
    return new Measured(fits, values, errors);
  }

  /** Second moment of a fibre's line spread minus the master's as stated, by window. */
  private double[] stated(int fibre) {
    return grid.windows().stream().mapToDouble(w -> stated.at(fibre, w.centre())).toArray();
  }

  private void take(int fibre, Measured measured, FibreCalibration before) {
    shift[fibre] = measured.values[0][fibre];
    slope[fibre] = measured.values[1][fibre];
    width[fibre] = measured.values[2][fibre];
    widthSlope[fibre] = measured.values[3][fibre];
    kurtosis[fibre] = measured.values[4][fibre];
    shiftError[fibre] = measured.errors[0][fibre];
    widthError[fibre] = measured.errors[2][fibre];
    LineFit fit = measured.fits[fibre];
    if (fit != null) {
      lines[fibre] = fit.used;
      double[] step = {
        shift[fibre] - before.shift[fibre],
        slope[fibre] - before.slope[fibre],
        width[fibre],
        widthSlope[fibre],
        kurtosis[fibre]
      };
      double[] errors = Arrays.stream(measured.errors).mapToDouble(e -> e[fibre]).toArray();
      takeAmplitudes(fibre, fit, step, errors);
    } else {
      Arrays.fill(amplitude[fibre], 1);
      Arrays.fill(amplitudeError[fibre], Float.POSITIVE_INFINITY);
    }
  }

  private static void solveCommon(LineFit fit, int fibre, double[][] common, double[][] errors) {
    NormalEquations equations = new NormalEquations(LineFit.COMMON);
    equations.add(fit.common());
    for (int a = 0; a < LineFit.COMMON; a++) {
      equations.addPrior(a, 0, PRIOR[a] * PRIOR[a]);
    }
    double[][] inverse = SimpleMatrix.wrap(equations.gram()).invert().toArray2();
    for (int a = 0; a < LineFit.COMMON; a++) {
      double value = 0;
      for (int b = 0; b < LineFit.COMMON; b++) {
        value += inverse[a][b] * equations.rhs(b);
      }
      if (fit.used > 0) {
        common[a][fibre] = value;
        errors[a][fibre] = Math.sqrt(inverse[a][a]);
      }
    }
  }

  private void takeAmplitudes(int fibre, LineFit fit, double[] step, double[] errors) {
    int windows = fit.windows();
    // New rows: copies of a calibration share them.
    amplitude[fibre] = new float[windows];
    amplitudeError[fibre] = new float[windows];
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
    gainError[fibre] = gainError(fit, weights, total, errors);
  }

  /** Of all windows' mean: their own noise, and what all are off by with the common unknowns. */
  private static double gainError(LineFit fit, double[] weights, double total, double[] errors) {
    if (!(total > 0)) {
      return Double.POSITIVE_INFINITY;
    }
    double square = 1 / total;
    for (int k = 0; k < errors.length; k++) {
      double pull = 0;
      for (int w = 0; w < weights.length; w++) {
        pull += weights[w] > 0 ? weights[w] / total * fit.pull(w, k) : 0;
      }
      square += pull * pull * errors[k] * errors[k];
    }
    return Math.sqrt(square);
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

  /**
   * Second moment of the fibre's line spread at a wavelength minus the master's, Angstrom^2: what
   * is stated of it and what its lines are wider by.
   */
  public double width(int fibre, double wavelength) {
    double along = grid.u(wavelength) - grid.pivot();
    return width[fibre] + along * widthSlope[fibre] + stated.at(fibre, wavelength);
  }

  /** What lines are wider by than stated, at the arm's pivot, Angstrom^2. */
  public double ownWidth(int fibre) {
    return width[fibre];
  }

  /** Change of {@link #ownWidth} from the arm's middle to its end, Angstrom^2. */
  public double widthSlope(int fibre) {
    return widthSlope[fibre];
  }

  /** Second moments of line spreads as stated, beyond the master's. */
  public LineWidths stated() {
    return stated;
  }

  /** Kurtosis of the fibre's line spread minus the master's, see {@link LineDerivatives}. */
  public double kurtosis(int fibre) {
    return kurtosis[fibre];
  }

  /** Standard error of {@link #width} at the arm's pivot. */
  public double widthError(int fibre) {
    return widthError[fibre];
  }

  /** Line windows that told something. */
  public int lines(int fibre) {
    return lines[fibre];
  }

  /** Wavelength of a pixel on the master's scale, Angstrom. */
  public double aligned(SkyGrid grid, int fibre, double wavelength) {
    return wavelength + shift[fibre] + slope[fibre] * (grid.u(wavelength) - grid.pivot());
  }

  public static double[] minus(double[] a, double[] b) {
    double[] c = a.clone();
    for (int k = 0; k < c.length; k++) {
      c[k] -= b[k];
    }
    return c;
  }
}
