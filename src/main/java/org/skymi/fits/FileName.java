package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.IDENTITY_MISMATCH;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file's name claims, docs/formats.md. Names that follow no scheme claim nothing. */
final class FileName {
  private static final Pattern ENDING =
      Pattern.compile("\\.(fits?|fts)(\\.(gz|bz2|fz))?$", Pattern.CASE_INSENSITIVE);
  private static final Pattern FRAME =
      Pattern.compile("frame-(\\d{1,9})-(.+)_sp(\\d{1,3})([a-zA-Z])");
  private static final Pattern SPECTRUM =
      Pattern.compile("(spec|med)-(\\d{1,9})-(.+)_sp(\\d{1,3})-(\\d{1,4})");
  private static final Pattern SDSS = Pattern.compile("spC?Frame-([br])(\\d)-(\\d{1,9})");
  private static final Pattern SDSS_SPECTRUM =
      Pattern.compile("spec-(\\d{1,9})-(\\d{1,9})-(\\d{1,9})");
  private static final Pattern DESI = Pattern.compile("(frame|sky)-([a-z])(\\d)-(\\d{8})");
  private static final Pattern OBS_ID = Pattern.compile("\\d{5,15}");

  private FileName() {}

  /**
   * Holds a header's identity against the file's name.
   *
   * @param path any path; only its last part counts
   * @param obsId card OBSID, 0 if absent
   * @throws FitsRejection IDENTITY_MISMATCH if the name claims another identity
   */
  static void check(String path, FileIdentity identity, long obsId) throws FitsRejection {
    String stem = ENDING.matcher(path.substring(path.lastIndexOf('/') + 1)).replaceFirst("");
    if (!agrees(stem, identity, obsId)) {
      String detail = "the header says " + identity + (obsId == 0 ? "" : ", OBSID " + obsId);
      throw new FitsRejection(path, IDENTITY_MISMATCH, "HDU 0", detail);
    }
  }

  private static boolean agrees(String stem, FileIdentity identity, long obsId) {
    Matcher frame = FRAME.matcher(stem);
    Matcher spectrum = SPECTRUM.matcher(stem);
    if (frame.matches()) {
      return identity.kind() == FitsKind.FRAME
          && Integer.parseInt(frame.group(1)) == identity.lmjm()
          && frame.group(2).equals(identity.plate().planId())
          && Integer.parseInt(frame.group(3)) == identity.spectrograph()
          && frame.group(4).equalsIgnoreCase(String.valueOf(identity.arm().letter()));
    }
    Matcher sdss = SDSS.matcher(stem);
    if (sdss.matches()) {
      return identity.kind() == FitsKind.FRAME
          && sdss.group(1).charAt(0) == identity.arm().letter()
          && Integer.parseInt(sdss.group(2)) == identity.spectrograph()
          && Integer.parseInt(sdss.group(3)) == identity.lmjm();
    }
    Matcher desi = DESI.matcher(stem);
    if (desi.matches()) {
      FitsKind kind = desi.group(1).equals("sky") ? FitsKind.FRAME_SKY : FitsKind.FRAME;
      return identity.kind() == kind
          && desi.group(2).charAt(0) == identity.arm().letter()
          && Integer.parseInt(desi.group(3)) == identity.spectrograph() - 1
          && Integer.parseInt(desi.group(4)) == identity.lmjm();
    }
    Matcher withSky = SDSS_SPECTRUM.matcher(stem);
    if (withSky.matches()) {
      return identity.kind() == FitsKind.SKY_SPECTRUM
          && Integer.parseInt(withSky.group(1)) == SdssHeader.plate(identity.plate())
          && Integer.parseInt(withSky.group(2)) == identity.plate().lmjd()
          && Integer.parseInt(withSky.group(3)) == identity.fibreId();
    }
    if (spectrum.matches()) {
      boolean medium = spectrum.group(1).equals("med");
      return identity.kind() == (medium ? FitsKind.MEDIUM_SPECTRUM : FitsKind.RELEASE_SPECTRUM)
          && Integer.parseInt(spectrum.group(2)) == identity.plate().lmjd()
          && spectrum.group(3).equals(identity.plate().planId())
          && Integer.parseInt(spectrum.group(4)) == identity.spectrograph()
          && Integer.parseInt(spectrum.group(5)) == identity.fibreId();
    }
    return !OBS_ID.matcher(stem).matches() || isObsId(Long.parseLong(stem), identity, obsId);
  }

  /** Without the card, the spectrograph and fibre in the number's last five digits must do. */
  private static boolean isObsId(long name, FileIdentity identity, long obsId) {
    long inPlan = identity.spectrograph() * 1000L + identity.fibreId();
    boolean released =
        identity.kind() == FitsKind.RELEASE_SPECTRUM || identity.kind() == FitsKind.MEDIUM_SPECTRUM;
    return released && (obsId == 0 ? name % 100000 == inPlan : name == obsId);
  }
}
