package org.skymi.fits;

import java.util.List;

/**
 * The header cards that are read or written, with the names they had over the releases, newest
 * first.
 *
 * <p>Values are read by what they say rather than by how they are quoted: X_VALUE is a number in
 * some releases and a string in others, FIBERID a string in some mirrors, MOONPHA may be blank.
 */
@SuppressWarnings("ImmutableEnumChecker") // the list is of List.of
public enum LamostKeyword {
  // What both kinds of file have.
  TELESCOPE("", Type.TEXT, Authority.FITS, "telescope", "TELESCOP"),
  DATE_OBS("", Type.TEXT, Authority.FITS, "UTC of the observation", "DATE-OBS"),
  PLAN_ID("", Type.TEXT, Authority.LAMOST, "plan", "PLANID"),
  LMJD("d", Type.INTEGER, Authority.LAMOST, "local modified Julian day", "LMJD"),
  SPECTROGRAPH("", Type.INTEGER, Authority.LAMOST, "spectrograph, 1..16", "SPID"),
  RA("deg", Type.REAL, Authority.FITS, "right ascension", "RA"),
  DEC("deg", Type.REAL, Authority.FITS, "declination", "DEC"),
  EXPOSURE_TIME("s", Type.REAL, Authority.FITS, "exposure time", "EXPTIME"),
  MOON_PHASE("", Type.REAL, Authority.LAMOST, "frames: lit fraction; releases: day", "MOONPHA"),
  VACUUM("", Type.LOGICAL, Authority.LAMOST, "wavelengths are in vacuum", "VACUUM"),

  // Fibre frames.
  FRAME_VERSION("", Type.INTEGER, Authority.SKYMI, "version of the frame format", "FRAMEVER"),
  LMJM("min", Type.INTEGER, Authority.LAMOST, "local modified Julian minute", "LMJM"),
  ARM("", Type.TEXT, Authority.SKYMI, "arm, b or r", "ARM"),
  AIRMASS("", Type.REAL, Authority.FITS, "airmass", "AIRMASS"),
  MOON_SEPARATION("deg", Type.REAL, Authority.SKYMI, "distance of the moon", "MOONSEP"),
  BUNIT("", Type.TEXT, Authority.FITS, "unit of the image", "BUNIT"),

  // Release spectra.
  OBS_ID("", Type.INTEGER, Authority.LAMOST, "plan*100000 + SPID*1000 + FIBERID", "OBSID"),
  FIBRE_ID("", Type.INTEGER, Authority.LAMOST, "fibre, 1..250", "FIBERID"),
  FIBRE_TYPE("", Type.TEXT, Authority.LAMOST, "type of the fibre", "FIB_TYPE", "FIBERTYP"),
  OBJECT_TYPE("", Type.TEXT, Authority.LAMOST, "type in the input catalogue", "OBJTYPE"),
  X_VALUE("mm", Type.REAL, Authority.LAMOST, "x on the focal plane", "X_VALUE"),
  Y_VALUE("mm", Type.REAL, Authority.LAMOST, "y on the focal plane", "Y_VALUE"),
  MAGNITUDE_TYPE("", Type.TEXT, Authority.LAMOST, "bands of MAG1..MAG7", "MAGTYPE"),
  MAGNITUDE_G("mag", Type.REAL, Authority.LAMOST, "Pan-STARRS g", "MAG_PS_G"),
  SN_U("", Type.REAL, Authority.LAMOST, "S/N in u", "SNRU", "SN_U"),
  SN_G("", Type.REAL, Authority.LAMOST, "S/N in g", "SNRG", "SN_G"),
  SN_R("", Type.REAL, Authority.LAMOST, "S/N in r", "SNRR", "SN_R"),
  SN_I("", Type.REAL, Authority.LAMOST, "S/N in i", "SNRI", "SN_I"),
  SN_Z("", Type.REAL, Authority.LAMOST, "S/N in z", "SNRZ", "SN_Z"),
  SKY_FIBRES("", Type.INTEGER, Authority.LAMOST, "sky fibres the pipeline used", "NSKIES"),
  HELIOCENTRIC("", Type.LOGICAL, Authority.LAMOST, "heliocentric wavelengths", "HELIO"),
  HELIOCENTRIC_VELOCITY("km/s", Type.REAL, Authority.LAMOST, "their correction", "HELIO_RV"),
  PIPELINE_VERSION("", Type.TEXT, Authority.LAMOST, "version of the pipeline", "VERSPIPE"),
  ROWS("", Type.TEXT, Authority.LAMOST, "what the image's rows hold", "EXTEN0"),
  LOG_WAVELENGTH_0("", Type.REAL, Authority.LAMOST, "log10 A of pixel 0", "COEFF0", "CRVAL1"),
  LOG_WAVELENGTH_1("", Type.REAL, Authority.LAMOST, "log10 A per pixel", "COEFF1", "CD1_1");

  /** What a card's value is meant to be. */
  public enum Type {
    TEXT,
    INTEGER,
    REAL,
    LOGICAL
  }

  /** Who defines a card. */
  public enum Authority {
    /** The FITS standard and its common conventions. */
    FITS,
    /** The headers of the LAMOST releases, DR1 on. */
    LAMOST,
    /** This project's frame format, docs/formats.md. */
    SKYMI
  }

  private final String unit;
  private final Type type;
  private final Authority authority;
  private final String comment;
  private final List<String> names;

  LamostKeyword(String unit, Type type, Authority authority, String comment, String... names) {
    this.unit = unit;
    this.type = type;
    this.authority = authority;
    this.comment = comment;
    this.names = List.of(names);
  }

  /** The card's name, as written. */
  public String key() {
    return names.get(0);
  }

  /** All names the card had, newest first. */
  public List<String> names() {
    return names;
  }

  /** Unit, empty if it has none. */
  public String unit() {
    return unit;
  }

  public Type type() {
    return type;
  }

  public Authority authority() {
    return authority;
  }

  /** The card's comment with its unit, as FITS writes it. */
  public String comment() {
    return unit.isEmpty() ? comment : "[" + unit + "] " + comment;
  }
}
