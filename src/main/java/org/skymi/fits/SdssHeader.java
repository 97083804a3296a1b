package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.UNKNOWN_KIND;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.PlateId;
import org.skymi.survey.Pointing;

/**
 * The primary header of SDSS's spFrame (data model SPECTRO_REDUX/RUN2D/PLATE4/spFrame), in this
 * project's terms, docs/sdss.md: plate or field p is plan {@code SDSS-p}, MJD is LMJD (it names the
 * same night), the exposure's number stands for LMJM, camera b1 is the blue arm of spectrograph 1.
 */
final class SdssHeader {
  /** The cards that are read beyond LAMOST's. */
  static final List<String> CARDS =
      List.of("CAMERAS", "PLATEID", "FIELDID", "FLAVOR", "EXPOSURE", "MJD", "TAI-BEG", "EXPID001");

  private static final int FIRST_MJD = 50000;
  private static final int LAST_MJD = 99999;
  private static final int LAST_FIELD = 999_999;
  private static final int LAST_EXPOSURE = 99_999_999;
  private static final int LAST_FIBRE = 9999;
  private static final Pattern EXPOSURE = Pattern.compile("[br]([1-9])-\\d+.*");
  private static final Pattern CAMERA = Pattern.compile("([br])([1-9])");

  private SdssHeader() {}

  /** Whether these are cards of a science exposure's extracted spectra, calibrated or not. */
  static boolean matches(Cards cards) throws FitsRejection {
    return cards.text("CAMERAS").isPresent()
        && (cards.text("PLATEID").isPresent() || cards.text("FIELDID").isPresent())
        && cards.text("FLAVOR").filter("science"::equals).isPresent()
        && cards.integer("ZBITPIX").orElse(cards.requiredInteger("BITPIX")) == -32;
  }

  /** Whether the flux is calibrated: that of spCFrame. */
  static boolean isCalibrated(Cards cards) {
    return cards
        .text(LamostKeyword.BUNIT)
        .filter(u -> u.toLowerCase(Locale.ROOT).contains("erg"))
        .isPresent();
  }

  /**
   * The identity.
   *
   * @throws FitsRejection if a card is missing or impossible, or a spCFrame does not say its unit
   */
  static FrameId frameId(String path, Cards cards) throws FitsRejection {
    boolean named = path.substring(path.lastIndexOf('/') + 1).startsWith("spCFrame");
    if (named && !isCalibrated(cards)) {
      throw cards.reject(UNKNOWN_KIND, "a spCFrame whose BUNIT is no calibrated flux");
    }
    Matcher camera = CAMERA.matcher(cards.text("CAMERAS").orElse(""));
    if (!camera.matches()) {
      throw cards.reject("CAMERAS = '" + cards.text("CAMERAS").orElse("") + "', not like 'b1'");
    }
    return new FrameId(
        plate(cards),
        integer(cards, "EXPOSURE", 1, LAST_EXPOSURE),
        Integer.parseInt(camera.group(2)),
        Instrument.BOSS.arm(camera.group(1).charAt(0)));
  }

  /** Whether these are cards of one fibre's co-added spectrum. */
  static boolean isSpectrum(Cards cards) throws FitsRejection {
    return cards.text("PLATEID").isPresent()
        && cards.text(LamostKeyword.FIBRE_ID).isPresent()
        && cards.text("CAMERAS").isEmpty()
        && cards.requiredInteger("NAXIS") == 0;
  }

  /**
   * The identity of a co-added spectrum. Its spectrograph is that of its first exposure's camera,
   * or else BOSS's numbering has it.
   *
   * @throws FitsRejection if a card is missing or impossible
   */
  static FileIdentity spectrum(Cards cards) throws FitsRejection {
    int fibre = integer(cards, LamostKeyword.FIBRE_ID.key(), 1, LAST_FIBRE);
    Matcher exposure = EXPOSURE.matcher(cards.text("EXPID001").orElse(""));
    int spectrograph =
        exposure.matches()
            ? Integer.parseInt(exposure.group(1))
            : 1 + (fibre - 1) / Instrument.BOSS.fibres();
    return FileIdentity.skySpectrum(plate(cards), spectrograph, fibre);
  }

  private static PlateId plate(Cards cards) throws FitsRejection {
    // SDSS-V observes fields without plates; some of its headers have both cards.
    boolean isField = cards.integer("FIELDID").orElse(0) > 0;
    int plate = integer(cards, isField ? "FIELDID" : "PLATEID", 1, LAST_FIELD);
    return new PlateId(
        String.format(Locale.ROOT, "%s%04d", Instrument.BOSS.plans(), plate),
        integer(cards, "MJD", FIRST_MJD, LAST_MJD));
  }

  /** The plate's number; -1 if it is none of SDSS's. */
  static int plate(PlateId plate) {
    String plan = plate.planId();
    return plan.startsWith(Instrument.BOSS.plans())
        ? Integer.parseInt(plan.substring(Instrument.BOSS.plans().length()))
        : -1;
  }

  /** The exposure; SDSS says nothing of the moon. */
  static Pointing pointing(Cards cards) throws FitsRejection {
    double start = cards.number("TAI-BEG", Double.NaN);
    // The other card is in TAI, too, and of SDSS-I a mere date.
    return pointing(
        cards, start > 0 ? AtomicTime.utc(start) : cards.requiredText(LamostKeyword.DATE_OBS));
  }

  /** What a co-added spectrum says of its exposures: their time together, often no date. */
  static Pointing coaddPointing(Cards cards) throws FitsRejection {
    double start = cards.number("TAI-BEG", Double.NaN);
    return pointing(
        cards, start > 0 ? AtomicTime.utc(start) : cards.text(LamostKeyword.DATE_OBS).orElse(""));
  }

  private static Pointing pointing(Cards cards, String date) throws FitsRejection {
    return new Pointing(
        date,
        exposureTime(cards),
        cards.numberIfKnown(LamostKeyword.RA),
        cards.numberIfKnown(LamostKeyword.DEC),
        cards.number(LamostKeyword.AIRMASS),
        Double.NaN,
        Double.NaN);
  }

  /**
   * EXPTIME, s.
   *
   * @throws FitsRejection BAD_HEADER unless it is positive
   */
  static double exposureTime(Cards cards) throws FitsRejection {
    double seconds = cards.requiredNumber(LamostKeyword.EXPOSURE_TIME);
    if (!(seconds > 0)) {
      throw cards.reject("EXPTIME = " + seconds + " s");
    }
    return seconds;
  }

  private static int integer(Cards cards, String name, int low, int high) throws FitsRejection {
    long value = cards.requiredInteger(name);
    if (value < low || value > high) {
      throw cards.reject(name + " = " + value + " is not within " + low + ".." + high);
    }
    return (int) value;
  }
}
