package org.skymi.table;

import java.util.List;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.MediumSpectrum;
import org.skymi.survey.PlateId;
import org.skymi.survey.ReleaseSpectrum;

/**
 * Which fibre of which exposure a row is about: the key columns and the fibre map's.
 *
 * @param kind {@code frame} or {@code release}
 * @param unit of flux; null where it is relative
 * @param key which fibre of which exposure
 * @param obsId identifier in LAMOST's catalogues, 0 if unknown
 * @param position in the sky and in the focal plane
 * @param source what the fibre was pointed at
 */
public record FibreSite(
    String kind, String unit, Key key, long obsId, Position position, Source source) {
  /**
   * Which fibre of which exposure.
   *
   * @param plate the plate
   * @param lmjm local modified Julian minute of the exposure; 0 for released spectra, which are
   *     sums of exposures
   * @param spectrograph from 1
   * @param arm {@code b}, {@code r}, or {@code c} for the combined arms of a released spectrum
   * @param fibreId from 1; SDSS: of the plate
   */
  public record Key(PlateId plate, int lmjm, int spectrograph, String arm, int fibreId) {}

  /**
   * Where a fibre is.
   *
   * @param ra deg
   * @param dec deg
   * @param x tangent-plane position, deg; NaN for released spectra
   * @param y tangent-plane position, deg; NaN for released spectra
   * @param xMillimetre focal-plane position of a released spectrum, mm; NaN for frames
   * @param yMillimetre focal-plane position of a released spectrum, mm; NaN for frames
   */
  public record Position(
      double ra, double dec, double x, double y, double xMillimetre, double yMillimetre) {}

  /**
   * What a fibre was pointed at.
   *
   * @param type of the fibre
   * @param objectType the input catalogue's class
   * @param magnitude g or V, NaN if unknown
   */
  public record Source(FibreType type, String objectType, float magnitude) {}

  static final String FRAME = "frame";
  static final String RELEASE = "release";

  /** {@code arm} of a released spectrum. */
  static final String COMBINED = "c";

  static final List<Column<FibreSite>> KEYS =
      new Columns<FibreSite>()
          .key(
              "planid",
              ColumnType.TEXT,
              "meta.id",
              "plan of the plate",
              s -> s.key().plate().planId())
          .key(
              "lmjd",
              ColumnType.INT,
              "time.epoch",
              "local modified Julian day of the plate",
              s -> s.key().plate().lmjd())
          .key(
              "lmjm",
              ColumnType.INT,
              "time.epoch",
              "local modified Julian minute of the exposure; 0 for released spectra and"
                  + " co-added ones; SDSS, DESI: the exposure's number",
              s -> s.key().lmjm())
          .key(
              "spid",
              ColumnType.INT,
              "meta.id;instr",
              "spectrograph, from 1; DESI: petal + 1",
              s -> s.key().spectrograph())
          .key(
              "arm",
              ColumnType.TEXT,
              "meta.id;instr",
              "the arm's letter: b blue, r red, z DESI's infrared; c combined (released spectra)",
              s -> s.key().arm())
          .key(
              "fiberid",
              ColumnType.INT,
              "meta.id;instr",
              "fibre of the spectrograph, from 1; SDSS: of the plate; DESI: FIBER, from 0",
              s -> s.key().fibreId())
          .list();

  static final List<Column<FibreSite>> PLACE =
      new Columns<FibreSite>()
          .result(
              "night",
              ColumnType.INT,
              "",
              "time.epoch",
              "local date of the night's evening, YYYYMMDD",
              s -> nightNumber(s.key().plate()))
          .result(
              "kind",
              ColumnType.TEXT,
              "",
              "meta.code",
              "frame (sky not subtracted) or release (a released spectrum)",
              FibreSite::kind)
          .result(
              "unit",
              ColumnType.TEXT,
              "",
              "meta.unit",
              "unit of what is called electron here: electron, or that of co-added, flux-calibrated"
                  + " spectra; null of released spectra, whose flux is relative",
              FibreSite::unit)
          .result(
              "obsid",
              ColumnType.LONG,
              "",
              "meta.id",
              "identifier in LAMOST's catalogues, if known",
              s -> s.obsId() == 0 ? null : s.obsId())
          .result(
              "ra",
              ColumnType.DOUBLE,
              "deg",
              "pos.eq.ra",
              "right ascension",
              s -> s.position().ra())
          .result(
              "dec", ColumnType.DOUBLE, "deg", "pos.eq.dec", "declination", s -> s.position().dec())
          .result(
              "x",
              ColumnType.DOUBLE,
              "deg",
              "pos.cartesian.x;instr.fov",
              "tangent-plane position, plate centre 0; frames only",
              s -> s.position().x())
          .result(
              "y",
              ColumnType.DOUBLE,
              "deg",
              "pos.cartesian.y;instr.fov",
              "tangent-plane position, plate centre 0; frames only",
              s -> s.position().y())
          .result(
              "x_focal",
              ColumnType.DOUBLE,
              "mm",
              "pos.cartesian.x;instr.fov",
              "focal-plane position as released; released spectra only",
              s -> s.position().xMillimetre())
          .result(
              "y_focal",
              ColumnType.DOUBLE,
              "mm",
              "pos.cartesian.y;instr.fov",
              "focal-plane position as released; released spectra only",
              s -> s.position().yMillimetre())
          .result(
              "fibertype",
              ColumnType.TEXT,
              "",
              "meta.code",
              "what the fibre was pointed at: Obj, Sky, F-std, Unused, PosErr, Dead",
              s -> s.source().type().label())
          .result(
              "objtype",
              ColumnType.TEXT,
              "",
              "meta.code.class",
              "class in the input catalogue, as written",
              s -> s.source().objectType())
          .result(
              "mag",
              ColumnType.FLOAT,
              "mag",
              "phot.mag;em.opt.V",
              "magnitude in g or V from the input catalogue",
              s -> s.source().magnitude())
          .list();

  /** A fibre of a frame, by its row. */
  public static FibreSite ofFrame(Frame frame, int row) {
    FibreMap map = frame.fibres();
    return new FibreSite(
        FRAME,
        frame.unit(),
        new Key(
            frame.id().plate(),
            frame.id().lmjm(),
            frame.id().spectrograph(),
            String.valueOf(frame.id().arm().letter()),
            map.fibreId()[row]),
        0,
        new Position(
            map.ra()[row], map.dec()[row], map.x()[row], map.y()[row], Double.NaN, Double.NaN),
        new Source(map.type()[row], map.objectType()[row], map.magnitude()[row]));
  }

  /** The fibre of a released spectrum. */
  public static FibreSite ofRelease(ReleaseSpectrum s) {
    return new FibreSite(
        RELEASE,
        null,
        new Key(s.plate(), 0, s.spectrograph(), COMBINED, s.fibreId()),
        s.obsId(),
        new Position(s.ra(), s.dec(), Double.NaN, Double.NaN, s.x(), s.y()),
        new Source(s.type(), s.objectType(), s.magnitude()));
  }

  /** The fibre of a medium-resolution spectrum. */
  public static FibreSite ofMedium(MediumSpectrum s) {
    FibreSite site = ofRelease(s.spectrum());
    Key key =
        new Key(
            site.key.plate(),
            s.lmjm(),
            site.key.spectrograph(),
            String.valueOf(s.arm().letter()),
            site.key.fibreId());
    return new FibreSite(site.kind, site.unit, key, site.obsId, site.position, site.source);
  }

  /** A plate's night as the number YYYYMMDD. */
  static int nightNumber(PlateId plate) {
    return Integer.parseInt(plate.night().label());
  }
}
