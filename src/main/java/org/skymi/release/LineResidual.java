package org.skymi.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyLines;
import org.skymi.sky.judge.Metric;
import org.skymi.sky.judge.ResidualStatistics;
import org.skymi.survey.Arm;
import org.skymi.survey.Heliocentric;
import org.skymi.survey.Instrument;
import org.skymi.survey.ReleaseSpectrum;

/**
 * What a released spectrum holds in the windows of sky lines, above its own straight background
 * there: what the survey's pipeline left of the sky, and whatever lines the object has.
 *
 * <p>Released wavelengths are heliocentric; sky lines stand still in the observatory's frame, so
 * the correction is undone first. Values are on a common grid of 1e-4 in log10 of that wavelength,
 * the releases' own step.
 */
public final class LineResidual {
  /** Cells of the grid, from 3631 to 9120 Angstrom. */
  public static final int SIZE = 4000;

  private static final double START = 3.56;
  private static final double STEP = 1e-4;

  /** Wavelength at which the blue arm's windows end and the red arm's begin, Angstrom. */
  private static final double DIVIDE = divide();

  /** Below this, Angstrom, stars have more lines than the sky. */
  private static final double FIRST = 5500;

  /**
   * Stellar and interstellar lines that no statistics tells from sky: Na D, H alpha, Ca II triplet;
   * Angstrom.
   */
  private static final double[] OBJECT_LINES = {5891.6, 5897.6, 6564.6, 8500.4, 8544.4, 8664.5};

  private static final double OBJECT_LINE_WIDTH = 8;

  private static final int EDGE = 4;

  /** All windows of both arms, by wavelength. */
  private static final List<LineWindow> WINDOWS = windows();

  /** The cells that lie in windows. */
  private static final int[] CELLS = cells();

  private final float[] value = new float[SIZE];
  private final float[] variance = new float[SIZE];
  private final float[] background = new float[SIZE];
  private final int[] window = new int[SIZE];
  private final int[] pixel = new int[SIZE];
  private double noise;

  private LineResidual() {
    Arrays.fill(variance, Float.POSITIVE_INFINITY);
    Arrays.fill(window, -1);
    Arrays.fill(pixel, -1);
  }

  private static double divide() {
    double redFrom = Instrument.LAMOST.arm(Arm.RED).low();
    return (redFrom + Instrument.LAMOST.arm(Arm.BLUE).high()) / 2;
  }

  private static List<LineWindow> windows() {
    List<LineWindow> all = new ArrayList<>();
    for (Arm arm : Arm.values()) {
      for (LineWindow w : SkyLines.windows(arm)) {
        boolean ofArm = (w.centre() < DIVIDE) == (arm == Arm.BLUE) && w.low() > FIRST;
        boolean free =
            Arrays.stream(OBJECT_LINES)
                .allMatch(x -> w.high() < x - OBJECT_LINE_WIDTH || w.low() > x + OBJECT_LINE_WIDTH);
        if (ofArm && free) {
          all.add(w);
        }
      }
    }
    return all;
  }

  private static int[] cells() {
    return IntStream.range(0, SIZE)
        .filter(
            k -> {
              double x = Math.pow(10, START + k * STEP);
              // A pixel's cell is its nearest: a window's first may lie half a cell before it.
              return WINDOWS.stream().anyMatch(w -> x > w.low() - 1 && x < w.high() + 1);
            })
        .toArray();
  }

  /** The cells that lie in windows, ascending: outside them nothing is known. */
  static int[] windowCells() {
    return CELLS;
  }

  /** Number of windows. */
  public static int windowCount() {
    return WINDOWS.size();
  }

  /** The residual of a spectrum. */
  public static LineResidual of(ReleaseSpectrum spectrum) {
    LineResidual residual = new LineResidual();
    int n = spectrum.pixelCount();
    double[] x = new double[n];
    for (int p = 0; p < n; p++) {
      x[p] = Heliocentric.topocentric(spectrum.wavelength()[p], spectrum.heliocentricVelocity());
    }
    int p = 0;
    for (int w = 0; w < WINDOWS.size(); w++) {
      while (p < n && x[p] < WINDOWS.get(w).low()) {
        p++;
      }
      int end = p;
      while (end < n && x[end] <= WINDOWS.get(w).high()) {
        end++;
      }
      if (p >= EDGE && end + EDGE < n && end > p) {
        residual.take(spectrum, x, w, p, end);
      }
    }
    residual.noise = residual.medianNoise();
    return residual;
  }

  private void take(ReleaseSpectrum spectrum, double[] x, int w, int start, int end) {
    double left = mean(spectrum, start - EDGE, start);
    double right = mean(spectrum, end, end + EDGE);
    if (Double.isNaN(left) || Double.isNaN(right)) {
      return;
    }
    for (int p = start; p < end; p++) {
      int cell = (int) Math.round((Math.log10(x[p]) - START) / STEP);
      if (spectrum.ivar()[p] > 0 && cell >= 0 && cell < SIZE) {
        double f = (p - start + 0.5) / (end - start);
        background[cell] = (float) (left + f * (right - left));
        value[cell] = spectrum.flux()[p] - background[cell];
        variance[cell] = 1 / spectrum.ivar()[p];
        window[cell] = w;
        pixel[cell] = p;
      }
    }
  }

  private static double mean(ReleaseSpectrum spectrum, int from, int to) {
    double sum = 0;
    int count = 0;
    for (int p = from; p < to; p++) {
      if (spectrum.ivar()[p] > 0) {
        sum += spectrum.flux()[p];
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** Residual flux in a cell; 0 outside windows. */
  public float value(int cell) {
    return value[cell];
  }

  /** The object's continuum below the window, in the spectrum's unit. */
  public float background(int cell) {
    return background[cell];
  }

  /** Variance in a cell; infinite where nothing is known. */
  public float variance(int cell) {
    return variance[cell];
  }

  /** Window of a cell, -1 if none. */
  public int window(int cell) {
    return window[cell];
  }

  /** The spectrum's pixel that fell in a cell, -1 if none. */
  public int pixel(int cell) {
    return pixel[cell];
  }

  /**
   * Median noise in the windows: the unit in which spectra of different calibration are compared.
   */
  public double noise() {
    return noise;
  }

  private double medianNoise() {
    double[] sigma = new double[SIZE];
    for (int k = 0; k < SIZE; k++) {
      sigma[k] = Float.isInfinite(variance[k]) ? Double.NaN : Math.sqrt(variance[k]);
    }
    double median = RobustStatistics.median(sigma);
    return median > 0 ? median : 1;
  }

  /**
   * The metrics that need no sky: how the windows' residuals compare with their stated noise.
   *
   * @param model of the residual on the grid, subtracted first
   */
  public ResidualStatistics statistics(float[] model) {
    double[] chi = new double[SIZE];
    Arrays.fill(chi, Double.NaN);
    double square = 0;
    double noise = 0;
    double chi2 = 0;
    int used = 0;
    int out3 = 0;
    int out10 = 0;
    for (int k = 0; k < SIZE; k++) {
      if (Float.isInfinite(variance[k])) {
        continue;
      }
      double r = (double) value[k] - model[k];
      chi[k] = r / Math.sqrt(variance[k]);
      used++;
      chi2 += chi[k] * chi[k];
      out3 += Math.abs(chi[k]) > 3 ? 1 : 0;
      out10 += Math.abs(chi[k]) > 10 ? 1 : 0;
      square += r * r;
      noise += variance[k];
    }
    ResidualStatistics statistics = ResidualStatistics.unknown();
    if (used > 0) {
      double[] v = statistics.values();
      v[Metric.CHI_MED.ordinal()] = RobustStatistics.median(chi);
      v[Metric.CHI_NMAD.ordinal()] = RobustStatistics.nmad(chi);
      v[Metric.CHI2PDF.ordinal()] = chi2 / used;
      v[Metric.POISSON_RATIO.ordinal()] = Math.sqrt(square / noise);
      v[Metric.OUT_3.ordinal()] = 100.0 * out3 / used;
      v[Metric.OUT_10.ordinal()] = 100.0 * out10 / used;
    }
    return statistics;
  }
}
