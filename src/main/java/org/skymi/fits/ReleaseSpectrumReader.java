package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.NO_USABLE_PIXEL;
import static org.skymi.fits.FitsRejection.Reason.UNKNOWN_KIND;

import java.util.List;
import org.skymi.survey.FibreType;
import org.skymi.survey.ReleaseSpectrum;

/**
 * Reads the spectra of all public releases of LAMOST, DR1 on, docs/formats.md section 2.
 *
 * <p>A pixel whose flux, ivar or masks are not finite, or whose ivar is negative, becomes unusable:
 * flux and ivar 0. What a header lacks or leaves blank is unknown, unless it is the identity.
 */
public final class ReleaseSpectrumReader {
  private static final String MAGNITUDE = "MAG";
  private static final double NO_VELOCITY = -9000;

  private ReleaseSpectrumReader() {}

  /**
   * The spectrum in a file.
   *
   * @param path the file, for its name and for rejections
   * @param raw the whole file, gzipped or not
   * @throws FitsRejection if anything in docs/formats.md section 3 is not as it must be
   */
  public static ReleaseSpectrum read(String path, byte[] raw) throws FitsRejection {
    return read(path, raw, FitsLimits.DEFAULT);
  }

  /** As {@link #read(String, byte[])}, within other limits. */
  public static ReleaseSpectrum read(String path, byte[] raw, FitsLimits limits)
      throws FitsRejection {
    FitsFile file = FitsFile.open(path, raw, limits);
    FileIdentity identity = FitsHeaders.identity(path, file.primary().cards());
    if (identity.kind() != FitsKind.RELEASE_SPECTRUM) {
      throw file.primary().reject(UNKNOWN_KIND, "no spectrum of a LAMOST release");
    }
    return read(file, identity);
  }

  /** The spectrum in an open file. */
  static ReleaseSpectrum read(FitsFile file, FileIdentity identity) throws FitsRejection {
    Cards cards = file.primary().cards();
    Wavelengths.requireVacuum(cards);
    ReleasePixels pixels = ReleasePixels.of(file);
    if (!Pixels.anyUsable(new float[][] {pixels.ivar()})) {
      throw pixels.source().reject(NO_USABLE_PIXEL, "no pixel has ivar > 0");
    }
    double[][] wavelength = {pixels.wavelength()};
    Wavelengths.complete(pixels.source(), wavelength, new float[][] {pixels.ivar()});
    Wavelengths.requireOptical(pixels.source(), wavelength);
    return spectrum(
        identity,
        cards,
        cards.text(LamostKeyword.DATE_OBS).orElse(""),
        signalToNoise(cards),
        pixels,
        wavelength[0]);
  }

  /** A spectrum of what a primary header says of the fibre. */
  static ReleaseSpectrum spectrum(
      FileIdentity identity,
      Cards cards,
      String date,
      float[] signalToNoise,
      ReleasePixels pixels,
      double[] wavelength)
      throws FitsRejection {
    return new ReleaseSpectrum(
        identity.plate(),
        identity.spectrograph(),
        identity.fibreId(),
        cards.integer(LamostKeyword.OBS_ID.key()).orElse(0),
        date,
        type(cards),
        cards.text(LamostKeyword.OBJECT_TYPE).orElse(""),
        cards.numberIfKnown(LamostKeyword.RA),
        cards.numberIfKnown(LamostKeyword.DEC),
        cards.number(LamostKeyword.X_VALUE),
        cards.number(LamostKeyword.Y_VALUE),
        (float) magnitude(cards),
        cards.number(LamostKeyword.MOON_PHASE),
        heliocentricVelocity(cards),
        skyFibres(cards),
        cards.text(LamostKeyword.PIPELINE_VERSION).orElse(""),
        signalToNoise,
        wavelength,
        pixels.flux(),
        pixels.ivar(),
        pixels.andMask(),
        pixels.orMask());
  }

  /** An absent type is an object's: sky fibres are not released. */
  private static FibreType type(Cards cards) throws FitsRejection {
    String label = cards.text(LamostKeyword.FIBRE_TYPE).orElse(FibreType.OBJECT.label());
    return FibreType.ofLabel(label)
        .orElseThrow(() -> cards.reject("fibre type '" + label + "' is not known"));
  }

  /** The g magnitude, or V where that is what the catalogue had; MAGTYPE orders MAG1..MAG7. */
  private static double magnitude(Cards cards) {
    double magnitude = cards.number(LamostKeyword.MAGNITUDE_G);
    if (Double.isNaN(magnitude)) {
      List<String> bands = Magnitudes.filters(cards.text(LamostKeyword.MAGNITUDE_TYPE).orElse(""));
      int band = bands.contains("g") ? bands.indexOf("g") : bands.indexOf("V");
      magnitude = band < 0 ? Double.NaN : cards.number(MAGNITUDE + (band + 1), Double.NaN);
    }
    return Magnitudes.known(magnitude);
  }

  private static double heliocentricVelocity(Cards cards) {
    double velocity = cards.number(LamostKeyword.HELIOCENTRIC_VELOCITY);
    boolean applied = !cards.isFalse(LamostKeyword.HELIOCENTRIC) && velocity > NO_VELOCITY;
    return applied ? velocity : 0;
  }

  private static int skyFibres(Cards cards) {
    double count = cards.number(LamostKeyword.SKY_FIBRES);
    return count >= 0 ? (int) count : -1;
  }

  private static float[] signalToNoise(Cards cards) {
    return new float[] {
      (float) cards.number(LamostKeyword.SN_U),
      (float) cards.number(LamostKeyword.SN_G),
      (float) cards.number(LamostKeyword.SN_R),
      (float) cards.number(LamostKeyword.SN_I),
      (float) cards.number(LamostKeyword.SN_Z)
    };
  }
}
