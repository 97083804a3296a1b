package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.IDENTITY_MISMATCH;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file's name claims. Names that follow no scheme claim nothing. */
final class FileName {
  private static final Pattern SCHEME =
      Pattern.compile("(frame|spec)-.*|\\d{5,12}", Pattern.CASE_INSENSITIVE);
  private static final Pattern ENDING =
      Pattern.compile("\\.fits?(\\.gz)?$", Pattern.CASE_INSENSITIVE);
  private static final Pattern FULL =
      Pattern.compile("(frame-\\d+-.+_sp\\d+[br]|spec-\\d+-.+_sp\\d+-\\d+|\\d{5,12})");

  private FileName() {}

  /** Whether a name is that of a FITS file, gzipped or not. */
  static boolean isFits(String name) {
    return ENDING.matcher(name).find();
  }

  /**
   * Holds a header's identity against the file's name.
   *
   * @param path any path; only its last part counts
   * @param obsId card OBSID, 0 if absent
   * @throws FitsRejection IDENTITY_MISMATCH if the name claims another identity
   */
  static void check(String path, FileIdentity identity, long obsId) throws FitsRejection {
    Matcher ending = ENDING.matcher(path);
    String stem = ending.find() ? path.substring(0, ending.start()) : path;
    stem = stem.substring(stem.lastIndexOf('/') + 1);
    if (!SCHEME.matcher(stem).matches() || !FULL.matcher(stem).matches()) {
      return;
    }
    boolean agrees =
        Character.isDigit(stem.charAt(0))
            ? isObsId(Long.parseLong(stem), identity, obsId)
            : stem.equals(identity.toString());
    if (!agrees) {
      throw new FitsRejection(
          path, IDENTITY_MISMATCH, "HDU 0", "the header says " + identity + named(obsId));
    }
  }

  /** Without the card, the spectrograph and fibre in the number's last five digits must do. */
  private static boolean isObsId(long name, FileIdentity identity, long obsId) {
    if (identity.kind() != FitsKind.RELEASE_SPECTRUM) {
      return false;
    }
    long inPlan = identity.spectrograph() * 1000L + identity.fibreId();
    return obsId == 0 ? name % 100000 == inPlan : name == obsId;
  }

  private static String named(long obsId) {
    return obsId == 0 ? "" : ", OBSID " + obsId;
  }
}
