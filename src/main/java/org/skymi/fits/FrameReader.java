package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_SHAPE;
import static org.skymi.fits.FitsRejection.Reason.MISSING_HDU;
import static org.skymi.fits.FitsRejection.Reason.NO_USABLE_PIXEL;
import static org.skymi.fits.FitsRejection.Reason.UNKNOWN_KIND;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skymi.survey.FibreMap;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.Pointing;

/**
 * Reads fibre frames, docs/formats.md section 1, and SDSS's spFrame, docs/sdss.md, and DESI's
 * frame, docs/desi.md.
 *
 * <p>A pixel whose flux, ivar or mask is not finite or BLANK, or whose ivar is negative, becomes
 * unusable: flux and ivar 0. All else is as stored, scaled as its HDU says and in the units of
 * {@link Frame}.
 */
public final class FrameReader {
  private static final List<String> ELECTRONS =
      List.of("electron", "electrons", "e-", "e", "photoelectron", "photoelectrons");

  private static final int LONGEST_DATE = 40;

  private FrameReader() {}

  /**
   * The frame in a file.
   *
   * @param path the file, for its name and for rejections
   * @param raw the whole file, gzipped or not
   * @throws FitsRejection if anything in docs/formats.md section 3 is not as it must be
   */
  public static Frame read(String path, byte[] raw) throws FitsRejection {
    return read(path, raw, FitsLimits.DEFAULT);
  }

  /** As {@link #read(String, byte[])}, within other limits. */
  public static Frame read(String path, byte[] raw, FitsLimits limits) throws FitsRejection {
    return read(path, FitsFile.open(path, raw, limits));
  }

  /**
   * A frame with the truth in its file.
   *
   * @param truth see {@link #readTruth}
   * @param why there is none although the file has one; else empty
   */
  public record Content(Frame frame, Optional<float[][]> truth, String why) {}

  /**
   * The frame in a file, and its truth if that can be read.
   *
   * @throws FitsRejection as {@link #read}
   */
  public static Content content(String path, byte[] raw, FitsLimits limits) throws FitsRejection {
    FitsFile file = FitsFile.open(path, raw, limits);
    Frame frame = read(path, file);
    try {
      return new Content(frame, optionalImage(file, FrameWriter.TRUTH_SKY), "");
    } catch (FitsRejection e) {
      return new Content(frame, Optional.empty(), e.getMessage());
    }
  }

  private static Frame read(String path, FitsFile file) throws FitsRejection {
    FrameId id = frameId(path, file);
    Cards cards = file.primary().cards();
    Wavelengths.requireVacuum(cards);
    if (!cards.has(LamostKeyword.FRAME_VERSION)) {
      return DesiHeader.matches(cards)
          ? DesiFrameReader.read(file, id)
          : SdssFrameReader.read(file, id);
    }
    ImageHdu flux = flux(file);
    requireElectrons(cards);
    Hdu map = file.require("FIBERMAP");
    double focus = cards.number("FOCUS", Double.NaN);
    FibreMap fibres = FibreMapTable.read(map, Instrument.of(id.plate()), flux.height(), focus);
    ImageHdu mask = image(file, "MASK", flux);
    float[][] electrons = flux.floats();
    float[][] ivar = image(file, "IVAR", flux).floats();
    mask.dropBlank(ivar);
    Pixels.dropUnusable(electrons, ivar);
    if (!Pixels.anyUsable(ivar)) {
      throw new FitsRejection(path, NO_USABLE_PIXEL, "HDU 1 IVAR", "no pixel has ivar > 0");
    }
    if (!mask.isInteger()) {
      throw file.require("MASK").reject(BAD_SHAPE, "the mask is not of integers");
    }
    Hdu axis = file.require("WAVELENGTH");
    double[][] wavelength = image(file, "WAVELENGTH", flux).doubles();
    Wavelengths.requireVacuum(axis.cards());
    Wavelengths.toAngstrom(axis, axis.cards().text(LamostKeyword.BUNIT).orElse(""), wavelength);
    Wavelengths.complete(axis, wavelength, ivar);
    Wavelengths.requireArm(axis, wavelength, Instrument.of(id.plate()), id.arm());
    AirLines.requireNone(axis, fibres, electrons, ivar, wavelength);
    return new Frame(id, pointing(cards), fibres, electrons, ivar, mask.ints(), wavelength);
  }

  /**
   * A simulation's noiseless sky, {@code [nFibre][nPixel]}, electron; empty in real data. For
   * judging estimates only.
   *
   * @throws FitsRejection as {@link #read}
   */
  public static Optional<float[][]> readTruth(String path, byte[] raw, FitsLimits limits)
      throws FitsRejection {
    return optionalImage(path, raw, limits, FrameWriter.TRUTH_SKY);
  }

  /**
   * The survey pipeline's own sky, {@code [nFibre][nPixel]}, electron, if the file has it.
   *
   * @throws FitsRejection as {@link #read}
   */
  public static Optional<float[][]> readPipelineSky(String path, byte[] raw) throws FitsRejection {
    return optionalImage(path, raw, FitsLimits.DEFAULT, FrameWriter.SUPERSKY);
  }

  /**
   * The sky in a file of kind {@link FitsKind#FRAME_SKY}.
   *
   * @return {@code [nFibre][nPixel]}, electron, NaN where it is not known
   * @throws FitsRejection as {@link #read}
   */
  public static float[][] readSky(String path, byte[] raw, FitsLimits limits) throws FitsRejection {
    FitsFile file = FitsFile.open(path, raw, limits);
    return DesiFrameReader.readSky(file, frameId(path, file));
  }

  /**
   * What is wrong with the images beside a frame's own, one line each; they are set aside, and the
   * frame is used.
   *
   * @throws FitsRejection as {@link #read}
   */
  public static List<String> sideProblems(String path, byte[] raw) throws FitsRejection {
    FitsFile file = FitsFile.open(path, raw, FitsLimits.DEFAULT);
    List<String> problems = new ArrayList<>();
    for (String name : List.of(FrameWriter.SUPERSKY, FrameWriter.TRUTH_SKY)) {
      try {
        optionalImage(file, name);
      } catch (FitsRejection e) {
        problems.add(e.location() + " set aside: " + e.detail());
      }
    }
    return problems;
  }

  /**
   * DESI's flat of a camera's fibres.
   *
   * @return {@code [nFibre][nPixel]}, NaN where it is not known
   * @throws FitsRejection if it is no such file
   */
  public static float[][] readFlat(String path, byte[] raw, FitsLimits limits)
      throws FitsRejection {
    return DesiFrameReader.readFlat(FitsFile.open(path, raw, limits));
  }

  /**
   * What the wavelengths in a file are multiplied by to be those of the solar system's barycentre;
   * 1 if they are as the observatory saw them, or the format has no word for it.
   *
   * @throws FitsRejection as {@link #read}
   */
  public static double barycentric(String path, byte[] raw, FitsLimits limits)
      throws FitsRejection {
    return DesiHeader.barycentric(FitsFile.open(path, raw, limits).primary().cards());
  }

  private static Optional<float[][]> optionalImage(
      String path, byte[] raw, FitsLimits limits, String name) throws FitsRejection {
    FitsFile file = FitsFile.open(path, raw, limits);
    frameId(path, file);
    return optionalImage(file, name);
  }

  private static Optional<float[][]> optionalImage(FitsFile file, String name)
      throws FitsRejection {
    Cards cards = file.primary().cards();
    if (DesiHeader.matches(cards)) {
      FrameId id = frameId(file.primary().path(), file);
      return DesiFrameReader.readImage(file, id, name);
    }
    Optional<Hdu> hdu = file.find(name);
    return hdu.isEmpty() ? Optional.empty() : Optional.of(image(file, name, flux(file)).floats());
  }

  private static FrameId frameId(String path, FitsFile file) throws FitsRejection {
    FileIdentity identity = FitsHeaders.identity(path, file.primary().cards());
    return identity
        .frameId()
        .orElseThrow(() -> file.primary().reject(UNKNOWN_KIND, "no fibre frame"));
  }

  private static ImageHdu flux(FitsFile file) throws FitsRejection {
    Hdu primary = file.primary();
    if (!primary.name().isEmpty() && !primary.name().equalsIgnoreCase("FLUX")) {
      throw primary.reject(MISSING_HDU, "the primary HDU is not FLUX");
    }
    return ImageHdu.of(primary);
  }

  private static String date(Cards cards) throws FitsRejection {
    String date = cards.requiredText(LamostKeyword.DATE_OBS);
    if (date.length() > LONGEST_DATE) {
      throw cards.reject("DATE-OBS = '" + date + "' is no date");
    }
    return date;
  }

  /** Noise is told from flux, which works in electrons only. */
  private static void requireElectrons(Cards cards) throws FitsRejection {
    String unit = cards.text(LamostKeyword.BUNIT).orElse("electron").toLowerCase(Locale.ROOT);
    if (!ELECTRONS.contains(unit)) {
      throw cards.reject("BUNIT = '" + unit + "', not electrons");
    }
  }

  private static ImageHdu image(FitsFile file, String name, ImageHdu like) throws FitsRejection {
    return ImageHdu.of(file.require(name), like.width(), like.height());
  }

  private static Pointing pointing(Cards cards) throws FitsRejection {
    return new Pointing(
        date(cards),
        SdssHeader.exposureTime(cards),
        cards.numberIfKnown(LamostKeyword.RA),
        cards.numberIfKnown(LamostKeyword.DEC),
        cards.number(LamostKeyword.AIRMASS),
        cards.number(LamostKeyword.MOON_PHASE),
        cards.number(LamostKeyword.MOON_SEPARATION));
  }
}
