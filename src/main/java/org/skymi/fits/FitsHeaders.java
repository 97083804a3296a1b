package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.TRUNCATED;
import static org.skymi.fits.FitsRejection.Reason.UNKNOWN_KIND;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.skymi.survey.Arm;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.PlateId;

/** What the primary header alone tells of a file; the first 64 KiB of almost any file suffice. */
public final class FitsHeaders {
  /** How many bytes of a file hold the primary header, gzipped or not, unless it is a long one. */
  public static final int PREFIX = 64 << 10;

  /** The only version of the frame format there is. */
  static final int FRAME_VERSION = 1;

  private static final int GROWTH = 16;
  private static final int FIRST_LMJD = 40000;
  private static final int LAST_LMJD = 99999;

  /** What names of medium-resolution files begin with. */
  private static final String MEDIUM = "med-";

  /** A plan's id becomes part of paths. */
  private static final Pattern PLAN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_+.-]{0,63}");

  private FitsHeaders() {}

  /**
   * The kind and identity of a file, by its primary header, held against its name.
   *
   * @param path the file, for its name and for rejections
   * @param bytes the file, or at least its first {@link #PREFIX} bytes, inflated or not
   * @throws FitsRejection if the header cannot be read, has no identity, or contradicts the name
   */
  public static FileIdentity sniff(String path, byte[] bytes) throws FitsRejection {
    return identify(path, primary(path, bytes));
  }

  /** As {@link #sniff}, by the header that {@link #primary} gave. */
  public static FileIdentity identify(String path, byte[] header) throws FitsRejection {
    return identity(path, Cards.parse(path, "HDU 0", header, 0, header.length));
  }

  /**
   * The primary header as stored, inflated, with its padding: a multiple of 2880 bytes. Of an image
   * compressed by tiles behind an empty primary HDU, the image's.
   *
   * @param bytes the file, or at least its first {@link #PREFIX} bytes, inflated or not
   * @throws FitsRejection EMPTY, NOT_FITS, BAD_GZIP, or TRUNCATED if the header has no end within
   *     the bytes
   */
  public static byte[] primary(String path, byte[] bytes) throws FitsRejection {
    int most = PREFIX;
    while (true) {
      byte[] inflated = Inflation.inflatePrefix(bytes, path, most);
      if (inflated.length == 0 && Bzip2.isIn(bytes)) {
        throw new FitsRejection(path, TRUNCATED, "byte 0", "the first block has no end");
      }
      FitsFile.checkMagic(path, inflated);
      int length = Cards.headerLength(inflated, 0);
      if (length >= 0) {
        return ofImage(path, inflated, length);
      }
      if (inflated.length < most || most > Integer.MAX_VALUE / GROWTH) {
        throw new FitsRejection(path, TRUNCATED, "byte 0", "the header has no end");
      }
      most *= GROWTH;
    }
  }

  private static byte[] ofImage(String path, byte[] inflated, int length) throws FitsRejection {
    int second = Cards.headerLength(inflated, length);
    if (second > 0
        && FitsFile.isExtension(inflated, length)
        && TileCompression.isShell(
            Cards.parse(path, "HDU 0", inflated, 0, length),
            Cards.parse(path, "HDU 1", inflated, length, second))) {
      return Arrays.copyOfRange(inflated, length, length + second);
    }
    return Arrays.copyOf(inflated, length);
  }

  /** The identity of a file, held against its name. */
  static FileIdentity identity(String path, Cards cards) throws FitsRejection {
    if (cards.text(SubtractedFrameWriter.SUBTRACTED).filter("T"::equals).isPresent()) {
      throw cards.reject(UNKNOWN_KIND, "the sky is subtracted already (SKYSUB = T)");
    }
    FileIdentity identity = unnamed(path, cards);
    if (identity.kind() != FitsKind.OTHER) {
      long obsId = cards.integer(LamostKeyword.OBS_ID.key()).orElse(0);
      FileName.check(path, identity, obsId);
    }
    return identity;
  }

  private static FileIdentity unnamed(String path, Cards cards) throws FitsRejection {
    if (cards.has(LamostKeyword.FRAME_VERSION)) {
      return FileIdentity.frame(frameId(cards));
    }
    if (cards.has(LamostKeyword.PLAN_ID) && cards.has(LamostKeyword.FIBRE_ID)) {
      int fibre = cards.requiredInteger(LamostKeyword.FIBRE_ID, 1, Instrument.LAMOST.fibres());
      return isMediumResolution(path, cards)
          ? FileIdentity.mediumSpectrum(plate(cards), spectrograph(cards), fibre)
          : FileIdentity.releaseSpectrum(plate(cards), spectrograph(cards), fibre);
    }
    if (DesiHeader.matches(cards)) {
      return DesiHeader.identity(path, cards);
    }
    if (SdssHeader.isSpectrum(cards)) {
      return SdssHeader.spectrum(cards);
    }
    return SdssHeader.matches(cards)
        ? FileIdentity.frame(SdssHeader.frameId(path, cards))
        : FileIdentity.OTHER;
  }

  private static boolean isMediumResolution(String path, Cards cards) {
    return path.substring(path.lastIndexOf('/') + 1).startsWith(MEDIUM)
        || cards.text("FILENAME").filter(name -> name.startsWith(MEDIUM)).isPresent()
        || cards.text("COMBIN_B").isPresent();
  }

  private static FrameId frameId(Cards cards) throws FitsRejection {
    cards.requiredInteger(LamostKeyword.FRAME_VERSION, FRAME_VERSION, FRAME_VERSION);
    PlateId plate = plate(cards);
    Instrument instrument = Instrument.of(plate);
    return new FrameId(
        plate,
        cards.requiredInteger(LamostKeyword.LMJM, FIRST_LMJD * 1440, LAST_LMJD * 1440),
        cards.requiredInteger(LamostKeyword.SPECTROGRAPH, 1, instrument.spectrographs()),
        arm(instrument, cards));
  }

  private static PlateId plate(Cards cards) throws FitsRejection {
    String planId = cards.requiredText(LamostKeyword.PLAN_ID);
    if (!PLAN_ID.matcher(planId).matches()) {
      throw cards.reject("PLANID = '" + planId + "' is no plan id");
    }
    return new PlateId(planId, cards.requiredInteger(LamostKeyword.LMJD, FIRST_LMJD, LAST_LMJD));
  }

  private static int spectrograph(Cards cards) throws FitsRejection {
    return cards.requiredInteger(LamostKeyword.SPECTROGRAPH, 1, Instrument.LAMOST.spectrographs());
  }

  private static Arm arm(Instrument instrument, Cards cards) throws FitsRejection {
    String arm = cards.requiredText(LamostKeyword.ARM);
    if (arm.length() != 1 || !instrument.letters().contains(arm.toLowerCase(Locale.ROOT))) {
      throw cards.reject(
          "ARM = '" + arm + "', not '" + String.join("' or '", instrument.letters()) + "'");
    }
    return instrument.arm(arm.charAt(0));
  }
}
