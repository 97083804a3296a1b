package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_WAVELENGTH;

import java.util.Arrays;
import java.util.Locale;
import org.skymi.math.Increasing;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;

/**
 * Whether a frame's wavelengths are in air though its header does not say so: the brightest lines
 * of the night sky tell, being 1.5 to 2.5 Angstrom apart in air and vacuum. Only a frame whose
 * lines agree on air is rejected; nothing is said of one that is merely off, or without bright
 * lines.
 */
final class AirLines {
  /** Bright lines that stand alone or are as good as symmetric, vacuum Angstrom: [OI], OH. */
  private static final double[] LINES = {
    5578.89, 6302.05, 6365.54, 7318.29, 7342.96, 7796.39, 7823.46, 8346.90, 8432.48, 8829.53
  };

  /** Half the stretch around a line that is looked at, Angstrom. */
  private static final double REACH = 10;

  /** Half the stretch whose centre of light is the line's place. */
  private static final double CORE = 3.5;

  /** A line's peak over its own background's scatter. */
  private static final double BRIGHT = 15;

  private static final int FEWEST = 3;

  private AirLines() {}

  /**
   * @param flux {@code [nFibre][nPixel]}, with ivar 0 where unusable
   * @throws FitsRejection BAD_WAVELENGTH if the lines of sky fibres lie where air puts them
   */
  static void requireNone(
      Hdu hdu, FibreMap fibres, float[][] flux, float[][] ivar, double[][] wavelength)
      throws FitsRejection {
    double[] share = shares(fibres, flux, ivar, wavelength);
    int n = share.length;
    if (n < FEWEST) {
      return;
    }
    Arrays.sort(share);
    double quarter = share[n / 4];
    double median = share[n / 2];
    double three = share[3 * n / 4];
    if (quarter > 0.6 && median > 0.75 && median < 1.25 && three < 1.4) {
      throw hdu.reject(
          BAD_WAVELENGTH,
          String.format(
              Locale.ROOT,
              "sky lines lie where air puts them: %d lines, %.2f of the shift from vacuum to air",
              n,
              median));
    }
  }

  /** How far lines are from vacuum, one for each that is seen well: 1 is the place in air. */
  static double[] shares(FibreMap fibres, float[][] flux, float[][] ivar, double[][] wavelength) {
    int[] skies = fibres.indicesOf(FibreType.SKY);
    double[] share = new double[skies.length * LINES.length];
    int n = 0;
    for (int i : skies) {
      for (double line : LINES) {
        double place = place(line, flux[i], ivar[i], wavelength[i]);
        if (!Double.isNaN(place)) {
          share[n++] = (line - place) / (line - air(line));
        }
      }
    }
    return Arrays.copyOf(share, n);
  }

  /** Where a line is, Angstrom: the centre of its light; NaN if it is not seen well. */
  private static double place(double line, float[] flux, float[] ivar, double[] wavelength) {
    int from = Increasing.firstFrom(wavelength, line - REACH);
    int to = Increasing.firstFrom(wavelength, line + REACH);
    if (from == 0 || to == wavelength.length || to - from < 8) {
      return Double.NaN;
    }
    int peak = -1;
    for (int k = from; k < to; k++) {
      if (!(ivar[k] > 0)) {
        return Double.NaN;
      }
      if (Math.abs(wavelength[k] - line) < CORE && (peak < 0 || flux[k] > flux[peak])) {
        peak = k;
      }
    }
    if (peak < 0) {
      return Double.NaN;
    }
    double[] sorted = new double[to - from];
    for (int k = from; k < to; k++) {
      sorted[k - from] = flux[k];
    }
    Arrays.sort(sorted);
    double background = sorted[sorted.length / 4];
    double scatter = Math.max(background - sorted[0], 1 / Math.sqrt(ivar[peak]));
    if (flux[peak] - background < BRIGHT * scatter) {
      return Double.NaN;
    }
    double light = 0;
    double moment = 0;
    for (int k = from; k < to; k++) {
      double above = flux[k] - background;
      if (Math.abs(wavelength[k] - wavelength[peak]) <= CORE && above > 0) {
        light += above;
        moment += above * wavelength[k];
      }
    }
    return moment / light;
  }

  /** Wavelength in air of one in vacuum, Angstrom (Morton 1991, ApJS 77, 119). */
  static double air(double vacuum) {
    double s = 1e8 / (vacuum * vacuum);
    double n = 1 + 6.4328e-5 + 2.94981e-2 / (146 - s) + 2.5540e-4 / (41 - s);
    return vacuum / n;
  }
}
