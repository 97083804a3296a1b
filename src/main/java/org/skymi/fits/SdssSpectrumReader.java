package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.MISSING_HDU;
import static org.skymi.fits.FitsRejection.Reason.NO_USABLE_PIXEL;
import static org.skymi.fits.FitsRejection.Reason.UNKNOWN_KIND;

import java.util.Locale;
import org.skymi.math.Binary;
import org.skymi.survey.FibreType;
import org.skymi.survey.Heliocentric;
import org.skymi.survey.SkySpectrum;

/**
 * Reads SDSS's {@code spec-PLATE-MJD-FIBER} (data model SPECTRO_REDUX/RUN2D/spectra/PLATE4/spec),
 * docs/sdss.md: HDU 1 a row per pixel, HDU 2 one row of catalogue.
 *
 * <p>A pixel whose flux, ivar or sky is not finite, or whose sky is 0, becomes unusable: of the
 * recorded light, flux and sky together, nothing is known there.
 */
public final class SdssSpectrumReader {
  /** The unit of all SDSS's spectra, as it is named here. */
  static final String UNIT = "1e-17 erg/s/cm2/Angstrom";

  /** Pixels of the plate's common grid per unit of log10 Angstrom. */
  private static final double PER_DEX = 1e4;

  /** BADTRACE, BADFLAT, BADARC of SPPIXMASK. */
  private static final int BAD_CALIBRATION = 0b1110;

  /** Band g among ugriz. */
  private static final int G = 1;

  private SdssSpectrumReader() {}

  /**
   * The spectrum in a file.
   *
   * @param path the file, for its name and for rejections
   * @param raw the whole file, gzipped or not
   * @throws FitsRejection if it is not as the data model says
   */
  public static SkySpectrum read(String path, byte[] raw, FitsLimits limits) throws FitsRejection {
    FitsFile file = FitsFile.open(path, raw, limits);
    return read(file, FitsHeaders.identity(path, file.primary().cards()));
  }

  /** The HDU with a row per pixel. */
  static Hdu pixels(FitsFile file) throws FitsRejection {
    return hdu(file, 1);
  }

  /** The spectrum in an open file. */
  static SkySpectrum read(FitsFile file, FileIdentity identity) throws FitsRejection {
    Cards cards = file.primary().cards();
    if (identity.kind() != FitsKind.SKY_SPECTRUM) {
      throw file.primary().reject(UNKNOWN_KIND, "no spectrum with its sky");
    }
    requireUnit(cards);
    Wavelengths.requireVacuum(cards);
    Hdu hdu = pixels(file);
    TableHdu pixels = new TableHdu(hdu);
    double[] log = pixels.column("LOGLAM");
    float[] flux = Binary.floats(pixels.column("FLUX"));
    float[] sky = Binary.floats(pixels.column("SKY"));
    float[] ivar = Binary.floats(pixels.column("IVAR"));
    int[] mask = mask(pixels.column("AND_MASK"));
    if (pixels.has("OR_MASK")) {
      addRejections(pixels.column("OR_MASK"), mask);
    }
    for (int p = 0; p < ivar.length; p++) {
      if (!Float.isFinite(sky[p]) || sky[p] == 0) {
        sky[p] = 0;
        ivar[p] = 0;
      }
    }
    Pixels.dropUnusable(new float[][] {flux}, new float[][] {ivar});
    if (!Pixels.anyUsable(new float[][] {ivar})) {
      throw hdu.reject(NO_USABLE_PIXEL, "no pixel has ivar > 0 and a sky");
    }
    double[][] wavelength = {wavelength(log, cards)};
    Wavelengths.complete(hdu, wavelength, new float[][] {ivar});
    Wavelengths.requireOptical(hdu, wavelength);
    TableHdu catalogue = new TableHdu(hdu(file, 2));
    if (catalogue.rows() != 1) {
      throw hdu(file, 2).badShape(catalogue.rows() + " rows, not 1");
    }
    String objectType = catalogue.has("OBJTYPE") ? catalogue.text("OBJTYPE", 0).strip() : "";
    FibreType type = SdssFrameReader.type(objectType);
    return new SkySpectrum(
        identity.plate(),
        identity.spectrograph(),
        identity.fibreId(),
        SdssHeader.coaddPointing(cards),
        // A released spectrum was plugged, whatever its catalogue calls it.
        type == FibreType.UNUSED ? FibreType.OBJECT : type,
        objectType,
        number(catalogue, "PLUG_RA", 1),
        number(catalogue, "PLUG_DEC", 1),
        number(catalogue, "XFOCAL", SdssFrameReader.PLATE_SCALE),
        number(catalogue, "YFOCAL", SdssFrameReader.PLATE_SCALE),
        magnitude(catalogue),
        UNIT,
        place(wavelength[0][0], cards),
        wavelength[0],
        flux,
        sky,
        ivar,
        mask);
  }

  private static void requireUnit(Cards cards) throws FitsRejection {
    String unit = cards.text(LamostKeyword.BUNIT).orElse("1E-17 erg").toUpperCase(Locale.ROOT);
    if (!unit.contains("1E-17") || !unit.contains("ERG")) {
      throw cards.reject("BUNIT = '" + unit + "', not " + UNIT);
    }
  }

  private static Hdu hdu(FitsFile file, int index) throws FitsRejection {
    if (index >= file.hdus().size()) {
      throw file.primary().reject(MISSING_HDU, "no HDU " + index + ", a spectrum has 3 and more");
    }
    return file.hdus().get(index);
  }

  private static double velocity(Cards cards) {
    return cards.number(LamostKeyword.HELIOCENTRIC_VELOCITY.key(), 0);
  }

  private static int place(double topocentric, Cards cards) {
    double heliocentric = topocentric / Heliocentric.topocentric(1, velocity(cards));
    return (int) Math.round(Math.log10(heliocentric) * PER_DEX);
  }

  private static double[] wavelength(double[] log, Cards cards) {
    double velocity = velocity(cards);
    double[] wavelength = new double[log.length];
    for (int p = 0; p < log.length; p++) {
      wavelength[p] = Heliocentric.topocentric(Math.pow(10, log[p]), velocity);
    }
    return wavelength;
  }

  private static int[] mask(double[] bits) {
    int[] mask = new int[bits.length];
    for (int p = 0; p < bits.length; p++) {
      // A bad flat or trace is what the survey released the spectrum in spite of: ivar has the say.
      mask[p] = SdssFrameReader.translated((int) (long) bits[p] & ~BAD_CALIBRATION);
    }
    return mask;
  }

  /** COMBINEREJ of any exposure has the very place of the bit that says so here. */
  private static void addRejections(double[] bits, int[] mask) {
    for (int p = 0; p < mask.length; p++) {
      mask[p] |= (int) (long) bits[p] & SkySpectrum.LACKS_EXPOSURE;
    }
  }

  private static double number(TableHdu catalogue, String column, double unit)
      throws FitsRejection {
    return catalogue.has(column) ? catalogue.number(column, 0) / unit : Double.NaN;
  }

  private static float magnitude(TableHdu catalogue) throws FitsRejection {
    double[] bands = catalogue.has("PSFMAG") ? catalogue.numbers("PSFMAG", 0) : new double[0];
    return (float) Magnitudes.known(bands.length > G ? bands[G] : Double.NaN);
  }
}
