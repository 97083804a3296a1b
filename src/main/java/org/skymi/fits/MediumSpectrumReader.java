package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_WAVELENGTH;
import static org.skymi.fits.FitsRejection.Reason.MISSING_HDU;
import static org.skymi.fits.FitsRejection.Reason.UNKNOWN_KIND;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.ArrayUtils;
import org.skymi.math.Binary;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;
import org.skymi.survey.MediumSpectrum;

/**
 * Reads LAMOST's medium-resolution files, docs/formats.md section 3: a table per arm of co-added
 * spectra and one per arm and single exposure, in both layouts of columns there are: a row per
 * pixel, or (since DR9) one row of arrays.
 *
 * <p>Single exposures are stored from the red end in some; all are given in rising order.
 */
public final class MediumSpectrumReader {
  private static final Pattern NAME = Pattern.compile("(?:(COADD)_([BR])|([BR])-(\\d{8}))");

  /** Local time at Xinglong less UTC. */
  private static final int HOURS_EAST = 8;

  private static final LocalDateTime EPOCH = LocalDateTime.of(1858, 11, 17, 0, 0);

  /** How far beyond an arm's range its middle may lie, Angstrom. */
  private static final double TOLERANCE = 100;

  private MediumSpectrumReader() {}

  /**
   * The spectra in a file, co-added ones first, exposures in order of time.
   *
   * @param path the file, for its name and for rejections
   * @param raw the whole file, gzipped or not
   * @throws FitsRejection if any of its spectra is not as it must be
   */
  public static List<MediumSpectrum> read(String path, byte[] raw, FitsLimits limits)
      throws FitsRejection {
    FitsFile file = FitsFile.open(path, raw, limits);
    FileIdentity identity = FitsHeaders.identity(path, file.primary().cards());
    if (identity.kind() != FitsKind.MEDIUM_SPECTRUM) {
      throw file.primary().reject(UNKNOWN_KIND, "no medium-resolution spectrum");
    }
    return read(file, identity).stream().map(Stored::spectrum).toList();
  }

  /**
   * A spectrum and where it is stored.
   *
   * @param spectrum in rising order
   * @param hdu its table
   * @param descending whether it is stored from the red end
   */
  record Stored(MediumSpectrum spectrum, Hdu hdu, boolean descending) {
    /** The reals of a column, in the order in which they are stored. */
    StoredReals reals(String column) throws FitsRejection {
      TableHdu table = new TableHdu(hdu);
      return isOfArrays(table) ? table.reals(column, 0) : table.reals(column);
    }
  }

  /** The spectra in an open file. */
  static List<Stored> read(FitsFile file, FileIdentity identity) throws FitsRejection {
    Cards cards = file.primary().cards();
    Wavelengths.requireVacuum(cards);
    List<Stored> spectra = new ArrayList<>();
    for (Hdu hdu : file.hdus()) {
      Matcher name = NAME.matcher(hdu.name().toUpperCase(Locale.ROOT));
      if (name.matches()) {
        boolean coadd = name.group(1) != null;
        Arm arm = Instrument.LAMOST_MEDIUM.arm((coadd ? name.group(2) : name.group(3)).charAt(0));
        int lmjm = coadd ? 0 : minute(hdu, Integer.parseInt(name.group(4)));
        spectra.add(spectrum(hdu, identity, cards, arm, lmjm));
      }
    }
    if (spectra.isEmpty()) {
      throw file.primary()
          .reject(MISSING_HDU, "neither COADD_B, COADD_R nor any B- or R- exposure");
    }
    spectra.sort(
        Comparator.comparing(
            Stored::spectrum,
            Comparator.comparingInt(MediumSpectrum::lmjm).thenComparing(MediumSpectrum::arm)));
    for (int k = 1; k < spectra.size(); k++) {
      MediumSpectrum s = spectra.get(k).spectrum();
      MediumSpectrum last = spectra.get(k - 1).spectrum();
      if (s.lmjm() == last.lmjm() && s.arm() == last.arm()) {
        throw file.primary()
            .reject(FitsRejection.Reason.BAD_HEADER, "two spectra " + s.lmjm() + " " + s.arm());
      }
    }
    return List.copyOf(spectra);
  }

  private static int minute(Hdu hdu, int named) throws FitsRejection {
    long card = hdu.cards().integer(LamostKeyword.LMJM.key()).orElse(named);
    if (card != named || named == 0) {
      throw hdu.cards().reject("LMJM = " + card + ", not as in the name of the HDU");
    }
    return named;
  }

  private static Stored spectrum(Hdu hdu, FileIdentity identity, Cards primary, Arm arm, int lmjm)
      throws FitsRejection {
    Cards own = hdu.cards();
    TableHdu table = new TableHdu(hdu);
    boolean arrays = isOfArrays(table);
    boolean linear = table.has("WAVELENGTH");
    String axis = linear ? "WAVELENGTH" : "LOGLAM";
    double[] wavelength = values(table, axis, arrays);
    if (!linear) {
      for (int p = 0; p < wavelength.length; p++) {
        wavelength[p] = Math.pow(10, wavelength[p]);
      }
    } else {
      Wavelengths.toAngstrom(hdu, table.unit(axis), new double[][] {wavelength});
    }
    double[] flux = values(table, "FLUX", arrays);
    double[] ivar = values(table, "IVAR", arrays);
    boolean both = table.has("ANDMASK");
    double[] and = values(table, both ? "ANDMASK" : "PIXMASK", arrays);
    double[] or = both ? values(table, "ORMASK", arrays) : and.clone();
    for (double[] column : List.of(flux, ivar, and, or)) {
      if (column.length != wavelength.length) {
        throw hdu.badShape("FLUX, IVAR, masks and " + axis + " differ in length");
      }
    }
    boolean descending = wavelength.length > 1 && wavelength[0] > wavelength[wavelength.length - 1];
    if (descending) {
      List.of(wavelength, flux, ivar, and).forEach(ArrayUtils::reverse);
      ArrayUtils.reverse(or);
    }
    ReleasePixels pixels =
        ReleasePixels.usable(hdu, wavelength, Binary.floats(flux), Binary.floats(ivar), and, or);
    requireArm(hdu, wavelength, arm);
    MediumSpectrum spectrum =
        new MediumSpectrum(
            ReleaseSpectrumReader.spectrum(
                identity,
                primary,
                lmjm == 0 ? primary.text(LamostKeyword.DATE_OBS).orElse("") : utc(lmjm),
                signalToNoise(own.number("SNR", Double.NaN), arm),
                pixels,
                wavelength),
            lmjm,
            arm,
            own.number(LamostKeyword.EXPOSURE_TIME));
    return new Stored(spectrum, hdu, descending);
  }

  private static boolean isOfArrays(TableHdu table) {
    return table.rows() == 1;
  }

  private static double[] values(TableHdu table, String column, boolean arrays)
      throws FitsRejection {
    return arrays ? table.numbers(column, 0) : table.column(column);
  }

  /** A spectrum without a usable pixel is one: a row says so. */
  private static void requireArm(Hdu hdu, double[] wavelength, Arm arm) throws FitsRejection {
    Wavelengths.complete(hdu, new double[][] {wavelength}, new float[][] {ones(wavelength.length)});
    Instrument.Optics optics = Instrument.LAMOST_MEDIUM.arm(arm);
    double middle = wavelength[wavelength.length / 2];
    if (middle < optics.low() - TOLERANCE || middle > optics.high() + TOLERANCE) {
      throw hdu.reject(
          BAD_WAVELENGTH,
          String.format(
              Locale.ROOT, "middle at %.1f Angstrom: not the %s arm", middle, arm.label()));
    }
  }

  private static float[] ones(int n) {
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static String utc(int lmjm) {
    return EPOCH.plusMinutes(lmjm).minusHours(HOURS_EAST).toString() + ":00";
  }

  /** In u, g, r, i, z: a blue arm lies in g, a red one in r. */
  private static float[] signalToNoise(double own, Arm arm) {
    float[] bands = new float[5];
    Arrays.fill(bands, Float.NaN);
    bands[1 + arm.ordinal()] = (float) own;
    return bands;
  }
}
