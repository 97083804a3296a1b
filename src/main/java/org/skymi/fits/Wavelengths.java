package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_WAVELENGTH;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * What is checked of wavelengths, and what their unit makes of them; arrays are {@code
 * [nFibre][nPixel]}.
 */
final class Wavelengths {
  /** Cards that say whether wavelengths are in vacuum. */
  static final List<String> CARDS = List.of("VACUUM", "AIRORVAC", "CTYPE1");

  private static final List<String> TRUE = List.of("T", "TRUE", "1", "Y", "YES");

  /** What spectra of any optical survey lie within, Angstrom. */
  private static final double BLUEST = 2500;

  private static final double REDDEST = 12500;

  /** An arm's middle may be so far on its neighbour's side of what is used of it, Angstrom. */
  private static final double MARGIN = 50;

  private static final Map<String, Double> ANGSTROM =
      Map.ofEntries(
          Map.entry("angstrom", 1.0),
          Map.entry("angstroms", 1.0),
          Map.entry("ang", 1.0),
          Map.entry("a", 1.0),
          Map.entry("aa", 1.0),
          Map.entry("nm", 10.0),
          Map.entry("nanometer", 10.0),
          Map.entry("nanometers", 10.0),
          Map.entry("nanometre", 10.0),
          Map.entry("nanometres", 10.0),
          Map.entry("um", 1e4),
          Map.entry("micron", 1e4),
          Map.entry("microns", 1e4),
          Map.entry("micrometer", 1e4),
          Map.entry("mm", 1e7),
          Map.entry("cm", 1e8),
          Map.entry("m", 1e10));

  /** A logarithm or none, a factor or none, and the unit's name. */
  private static final Pattern UNIT =
      Pattern.compile(
          "(?:(log10|log|dex|ln)\\W+)?(?:(\\d[\\d.]*(?:e[+-]?\\d+)?)[\\s*]*)?([a-z]+)\\W*");

  private Wavelengths() {}

  /**
   * @throws FitsRejection BAD_WAVELENGTH if a card says that wavelengths are in air, or not that
   *     they are in vacuum
   */
  static void requireVacuum(Cards cards) throws FitsRejection {
    String vacuum = cards.text("VACUUM").orElse("T").toUpperCase(Locale.ROOT);
    String medium = cards.text("AIRORVAC").orElse("vac").toUpperCase(Locale.ROOT);
    String type = cards.text("CTYPE1").orElse("").toUpperCase(Locale.ROOT);
    if (!TRUE.contains(vacuum)) {
      throw cards.reject(BAD_WAVELENGTH, "VACUUM = " + vacuum + ": wavelengths in air");
    }
    if (!medium.startsWith("VAC")) {
      throw cards.reject(BAD_WAVELENGTH, "AIRORVAC = " + medium + ": wavelengths in air");
    }
    if (type.startsWith("AWAV")) {
      throw cards.reject(BAD_WAVELENGTH, "CTYPE1 = " + type + ": wavelengths in air");
    }
  }

  /**
   * Makes Angstrom of stored values, in place.
   *
   * @param unit as written; empty for Angstrom
   * @throws FitsRejection BAD_WAVELENGTH if the unit is not known
   */
  static void toAngstrom(Hdu hdu, String unit, double[][] values) throws FitsRejection {
    if (unit.isBlank()) {
      return;
    }
    Matcher parts = UNIT.matcher(unit.strip().toLowerCase(Locale.ROOT));
    Double factor = parts.matches() ? ANGSTROM.get(parts.group(3)) : null;
    double count = factor == null || parts.group(2) == null ? 1 : number(parts.group(2));
    if (factor == null || !(count > 0)) {
      throw hdu.reject(BAD_WAVELENGTH, "unit '" + unit + "' is not known here");
    }
    String logarithm = parts.group(1);
    double base = "ln".equals(logarithm) ? Math.E : 10;
    double scale = factor * count;
    if (logarithm == null && scale == 1) {
      return;
    }
    for (double[] row : values) {
      for (int k = 0; k < row.length; k++) {
        row[k] = scale * (logarithm == null ? row[k] : Math.pow(base, row[k]));
      }
    }
  }

  private static double number(String text) {
    return Cards.parseNumber(text);
  }

  /**
   * Gives pixels without ivar that have no wavelength either, at the ends of rows or anywhere, the
   * one that the row's others ask for, and a row of none that of the nearest row, so that every row
   * increases.
   *
   * @throws FitsRejection BAD_WAVELENGTH unless all others are finite, positive and increasing
   */
  static void complete(Hdu hdu, double[][] wavelength, float[][] ivar) throws FitsRejection {
    boolean[] empty = new boolean[wavelength.length];
    int full = -1;
    for (int i = 0; i < wavelength.length; i++) {
      empty[i] = isDead(wavelength[i], ivar[i]) || !complete(wavelength[i], ivar[i]);
      if (!empty[i]) {
        check(hdu, wavelength[i], i);
        for (int e = i - 1; e >= 0 && empty[e] && (full < 0 || i - e < e - full); e--) {
          wavelength[e] = wavelength[i].clone();
        }
        full = i;
      } else if (full >= 0) {
        wavelength[i] = wavelength[full].clone();
      }
    }
    if (full < 0) {
      throw hdu.reject(BAD_WAVELENGTH, "no fibre has wavelengths");
    }
  }

  /** Whether a row of no usable pixel has wavelengths that are none. */
  private static boolean isDead(double[] row, float[] ivar) {
    boolean increasing = true;
    for (int k = 0; k < row.length; k++) {
      if (ivar[k] > 0) {
        return false;
      }
      increasing &= row[k] > (k == 0 ? 0 : row[k - 1]);
    }
    return !increasing;
  }

  /** False if fewer than two pixels of a row have a wavelength, and none of them ivar. */
  private static boolean complete(double[] row, float[] ivar) {
    int last = -1;
    int before = -1;
    for (int k = 0; k < row.length; k++) {
      if (isPadding(row[k], ivar[k])) {
        continue;
      }
      double step = last < 0 ? 0 : (row[k] - row[last]) / (k - last);
      for (int gap = last + 1; last >= 0 && gap < k; gap++) {
        row[gap] = row[last] + step * (gap - last);
      }
      before = last;
      last = k;
    }
    if (last < 0 || (before < 0 && row.length > 1)) {
      return last >= 0 && ivar[last] > 0;
    }
    extrapolate(row, ivar);
    return true;
  }

  private static void extrapolate(double[] row, float[] ivar) {
    int first = 0;
    while (isPadding(row[first], ivar[first])) {
      first++;
    }
    int last = row.length - 1;
    while (isPadding(row[last], ivar[last])) {
      last--;
    }
    for (int k = first - 1; k >= 0; k--) {
      row[k] = row[first] - (first - k) * (row[first + 1] - row[first]);
    }
    for (int k = last + 1; k < row.length; k++) {
      row[k] = row[last] + (k - last) * (row[last] - row[last - 1]);
    }
  }

  private static boolean isPadding(double wavelength, float ivar) {
    return !(ivar > 0) && !(wavelength > 0 && wavelength < Double.POSITIVE_INFINITY);
  }

  private static void check(Hdu hdu, double[] row, int i) throws FitsRejection {
    double last = 0;
    for (int k = 0; k < row.length; k++) {
      // Written so that NaN fails.
      if (!(row[k] > last) || row[k] == Double.POSITIVE_INFINITY) {
        throw hdu.reject(
            BAD_WAVELENGTH,
            "wavelength " + row[k] + " after " + last + ", row " + i + " pixel " + k);
      }
      last = row[k];
    }
  }

  /**
   * @throws FitsRejection BAD_WAVELENGTH if wavelengths are none of an optical spectrum in Angstrom
   */
  static void requireOptical(Hdu hdu, double[][] wavelength) throws FitsRejection {
    for (double[] row : wavelength) {
      double middle = row[row.length / 2];
      if (middle < BLUEST || middle > REDDEST) {
        throw hdu.reject(
            BAD_WAVELENGTH, range(wavelength) + ": no Angstrom of an optical spectrum");
      }
    }
  }

  /**
   * @throws FitsRejection BAD_WAVELENGTH if the range is not the arm's
   */
  static void requireArm(Hdu hdu, double[][] wavelength, Instrument instrument, Arm arm)
      throws FitsRejection {
    requireOptical(hdu, wavelength);
    double[] middle = wavelength[wavelength.length / 2];
    double centre = (middle[0] + middle[middle.length - 1]) / 2;
    Instrument.Optics optics = instrument.arm(arm);
    boolean below = arm.ordinal() > 0 && centre < optics.low() - MARGIN;
    boolean beyond =
        arm.ordinal() < instrument.arms().size() - 1 && centre > optics.high() + MARGIN;
    if (below || beyond) {
      throw hdu.reject(
          BAD_WAVELENGTH, range(wavelength) + ": not the arm that ARM says, " + arm.letter());
    }
  }

  private static String range(double[][] wavelength) {
    double[] row = wavelength[wavelength.length / 2];
    return String.format(
        Locale.ROOT, "wavelengths %.2f to %.2f Angstrom", row[0], row[row.length - 1]);
  }
}
