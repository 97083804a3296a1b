package org.skymi.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.skymi.math.RobustStatistics;
import org.skymi.math.RunningMedian;
import org.skymi.sky.frame.SkyLines;
import org.skymi.survey.Heliocentric;
import org.skymi.survey.Instrument;
import org.skymi.survey.ReleaseSpectrum;

/**
 * How far released spectra scatter around their own continua, in units of their stated noise,
 * wavelength by wavelength. In the observatory's frame, where the sky's lines stand still, what a
 * pipeline left of the sky peaks at these lines.
 */
public final class ResidualScatter {
  /** Fewer spectra than this tell no scatter. */
  private static final int FEWEST = 5;

  /** Cells, from 3631 to 9120 Angstrom. */
  private static final int SIZE = 4000;

  private static final double START = 3.56;
  private static final double STEP = 1e-4;

  private final boolean topocentric;
  private final List<float[]> rows = new ArrayList<>();

  /**
   * @param topocentric whether the heliocentric shift is undone
   */
  public ResidualScatter(boolean topocentric) {
    this.topocentric = topocentric;
  }

  /** Takes a spectrum in. */
  public void add(ReleaseSpectrum spectrum) {
    float[] row = new float[SIZE];
    Arrays.fill(row, Float.NaN);
    double velocity = topocentric ? spectrum.heliocentricVelocity() : 0;
    double[] flux = new double[spectrum.pixelCount()];
    for (int p = 0; p < flux.length; p++) {
      flux[p] = spectrum.ivar()[p] > 0 ? spectrum.flux()[p] : Double.NaN;
    }
    double[] continuum = RunningMedian.of(flux, GriddedSpectrum.CONTINUUM_HALF);
    for (int p = 0; p < flux.length; p++) {
      double x = Heliocentric.topocentric(spectrum.wavelength()[p], velocity);
      int cell = (int) Math.round((Math.log10(x) - START) / STEP);
      if (!Double.isNaN(flux[p]) && cell >= 0 && cell < row.length) {
        row[cell] = (float) ((flux[p] - continuum[p]) * Math.sqrt(spectrum.ivar()[p]));
      }
    }
    rows.add(row);
  }

  /** Median signal-to-noise ratio of a spectrum's pixels. */
  public static double signalToNoise(ReleaseSpectrum spectrum) {
    double[] signal = new double[spectrum.pixelCount()];
    for (int p = 0; p < signal.length; p++) {
      double ivar = spectrum.ivar()[p];
      signal[p] = ivar > 0 ? spectrum.flux()[p] * Math.sqrt(ivar) : Double.NaN;
    }
    return RobustStatistics.median(signal);
  }

  /** Number of spectra. */
  public int spectra() {
    return rows.size();
  }

  /** Wavelengths in vacuum, Angstrom. */
  public double[] wavelength() {
    double[] wavelength = new double[SIZE];
    Arrays.setAll(wavelength, k -> Math.pow(10, START + k * STEP));
    return wavelength;
  }

  /**
   * The scatter over spectra (NMAD) at each of {@link #wavelength}; 1 where noise is all there is,
   * NaN where too few spectra tell.
   */
  public double[] scatter() {
    double[] scatter = new double[SIZE];
    double[] values = new double[rows.size()];
    for (int k = 0; k < scatter.length; k++) {
      int known = 0;
      for (int s = 0; s < values.length; s++) {
        values[s] = rows.get(s)[k];
        known += Double.isNaN(values[s]) ? 0 : 1;
      }
      scatter[k] = known < FEWEST ? Double.NaN : RobustStatistics.nmad(values);
    }
    return scatter;
  }

  /**
   * The mean of the scatter inside the windows of sky lines, or outside, over one range.
   *
   * @param low first wavelength, Angstrom
   * @param high last wavelength, Angstrom
   */
  public double mean(double low, double high, boolean inLines) {
    double[] wavelength = wavelength();
    double[] scatter = scatter();
    return IntStream.range(0, scatter.length)
        .filter(k -> wavelength[k] >= low && wavelength[k] <= high)
        .filter(k -> isLine(wavelength[k]) == inLines && Double.isFinite(scatter[k]))
        .mapToDouble(k -> scatter[k])
        .average()
        .orElse(Double.NaN);
  }

  /** Whether a wavelength is in a window of sky lines. */
  public static boolean isLine(double wavelength) {
    return Instrument.LAMOST.optics().stream()
        .flatMap(arm -> SkyLines.windows(arm).stream())
        .anyMatch(w -> wavelength >= w.low() && wavelength <= w.high());
  }
}
