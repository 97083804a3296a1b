package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.UNKNOWN_KIND;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.Night;
import org.skymi.survey.PlateId;
import org.skymi.survey.Pointing;

/**
 * The primary header of DESI's frame-CAMERA-EXPID and sky-CAMERA-EXPID (desihub/desidatamodel), in
 * this project's terms, docs/desi.md: tile t is plan {@code DESI-t}, the exposure's number stands
 * for LMJM, camera b0 is the blue arm of spectrograph 1.
 */
final class DesiHeader {
  /** The cards that are read beyond LAMOST's. */
  static final List<String> CARDS =
      List.of("CAMERA", "EXPID", "NIGHT", "TILEID", "FLAVOR", "HELIOCOR", "MJD", "MOONFRAC");

  private static final int LAST_EXPOSURE = 99_999_999;
  private static final Pattern CAMERA = Pattern.compile("([a-z])([0-9])");
  private static final Pattern SUBTRACTED = Pattern.compile("([a-z]+frame)-.*");

  private DesiHeader() {}

  /** Whether these are cards of an exposure's extracted spectra, or of their sky. */
  static boolean matches(Cards cards) {
    return cards.text("CAMERA").isPresent()
        && cards.text("EXPID").isPresent()
        && cards.text("NIGHT").isPresent()
        && (is(cards, "FLUX") || is(cards, "SKY"));
  }

  private static boolean is(Cards cards, String name) {
    return cards.text("EXTNAME").filter(name::equalsIgnoreCase).isPresent();
  }

  /**
   * The identity of a frame or of its sky.
   *
   * @throws FitsRejection if a card is missing or impossible, it is no science exposure, or the sky
   *     is subtracted
   */
  static FileIdentity identity(String path, Cards cards) throws FitsRejection {
    Matcher name = SUBTRACTED.matcher(path.substring(path.lastIndexOf('/') + 1));
    if (name.matches()) {
      throw cards.reject(
          UNKNOWN_KIND, name.group(1) + " is no input: give the exposure's frame, as extracted");
    }
    if (cards.text(LamostKeyword.BUNIT).filter(u -> u.contains("erg")).isPresent()) {
      throw cards.reject(UNKNOWN_KIND, "flux-calibrated (cframe): give the exposure's frame");
    }
    String flavor = cards.text("FLAVOR").orElse("science");
    if (!flavor.equalsIgnoreCase("science")) {
      throw cards.reject(UNKNOWN_KIND, "FLAVOR = '" + flavor + "': no science exposure");
    }
    FrameId id = frameId(cards);
    return is(cards, "SKY") ? FileIdentity.frameSky(id) : FileIdentity.frame(id);
  }

  private static FrameId frameId(Cards cards) throws FitsRejection {
    String said = cards.text("CAMERA").orElse("").toLowerCase(Locale.ROOT);
    Matcher camera = CAMERA.matcher(said);
    if (!camera.matches() || !Instrument.DESI.letters().contains(camera.group(1))) {
      throw cards.reject("CAMERA = '" + said + "', not like 'b0'");
    }
    int tile = (int) within(cards, "TILEID", 0, Integer.MAX_VALUE);
    return new FrameId(
        new PlateId(Instrument.DESI.plans() + tile, night(cards).lmjd()),
        (int) within(cards, "EXPID", 0, LAST_EXPOSURE),
        1 + Integer.parseInt(camera.group(2)),
        Instrument.DESI.arm(camera.group(1).charAt(0)));
  }

  private static Night night(Cards cards) throws FitsRejection {
    long night = cards.requiredInteger("NIGHT");
    try {
      return Night.parse(Long.toString(night));
    } catch (IllegalArgumentException e) {
      throw cards.reject("NIGHT = " + night + ": " + e.getMessage());
    }
  }

  private static long within(Cards cards, String name, long low, long high) throws FitsRejection {
    long value = cards.requiredInteger(name);
    if (value < low || value > high) {
      throw cards.reject(name + " = " + value + " is not within " + low + ".." + high);
    }
    return value;
  }

  /** CAMERA as DESI has it. */
  static String camera(FrameId id) {
    return "" + id.arm().letter() + (id.spectrograph() - 1);
  }

  /**
   * What wavelengths were multiplied by to be the solar system barycentre's; 1 if they are as the
   * observatory saw them.
   *
   * @throws FitsRejection if it is no such factor
   */
  static double barycentric(Cards cards) throws FitsRejection {
    double factor = cards.coefficient("HELIOCOR", 1);
    if (Math.abs(factor - 1) > 2e-4) {
      throw cards.reject("HELIOCOR = " + factor + ": more than the earth moves");
    }
    return factor;
  }

  /** The exposure. */
  static Pointing pointing(Cards cards) throws FitsRejection {
    return new Pointing(
        cards.requiredText(LamostKeyword.DATE_OBS),
        SdssHeader.exposureTime(cards),
        first(cards, "TILERA", "SKYRA", "TARGTRA", "TELRA", "RA"),
        first(cards, "TILEDEC", "SKYDEC", "TARGTDEC", "TELDEC", "DEC"),
        cards.number(LamostKeyword.AIRMASS),
        cards.number("MOONFRAC", Double.NaN),
        cards.number(LamostKeyword.MOON_SEPARATION));
  }

  private static double first(Cards cards, String... names) {
    for (String name : names) {
      double value = cards.number(name, Double.NaN);
      if (Double.isFinite(value)) {
        return value;
      }
    }
    return Double.NaN;
  }
}
