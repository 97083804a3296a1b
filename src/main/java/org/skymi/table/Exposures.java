package org.skymi.table;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.skymi.survey.MediumSpectrum;
import org.skymi.survey.Pointing;
import org.skymi.survey.ReleaseSpectrum;

/** The columns that say when and under what sky an exposure was taken. */
final class Exposures {
  private static final double MJD_OF_EPOCH = 40587;
  private static final double DAY = 86_400_000;
  private static final double LUNATION = 29.53;

  static final List<Column<Pointing>> COLUMNS =
      new Columns<Pointing>()
          .result(
              "date_obs",
              ColumnType.TIMESTAMP,
              "",
              "time.start;obs.exposure",
              "start of the exposure, UTC, as in the header",
              p -> start(p.dateObs()))
          .result(
              "mjd",
              ColumnType.DOUBLE,
              "d",
              "time.start;obs.exposure",
              "start of the exposure, modified Julian date, UTC",
              p -> mjd(start(p.dateObs())))
          .result(
              "exptime",
              ColumnType.FLOAT,
              "s",
              "time.duration;obs.exposure",
              "exposure time",
              Pointing::exposureTime)
          .result(
              "airmass",
              ColumnType.FLOAT,
              "",
              "obs.airMass",
              "airmass, if known",
              Pointing::airmass)
          .result(
              "moon_phase",
              ColumnType.FLOAT,
              "",
              "time.phase",
              "illuminated fraction of the moon, 0 new to 1 full, if known",
              Pointing::moonPhase)
          .result(
              "moon_sep",
              ColumnType.FLOAT,
              "deg",
              "pos.angDistance",
              "distance of the moon, if known",
              Pointing::moonSeparation)
          .list();

  private Exposures() {}

  /**
   * What a released spectrum says of its exposures. Its card MOONPHA is a day of the lunation,
   * turned here into the illuminated fraction that frames give.
   */
  static Pointing ofRelease(ReleaseSpectrum s) {
    double illuminated = (1 - Math.cos(2 * Math.PI * s.moonPhase() / LUNATION)) / 2;
    return new Pointing(
        s.dateObs(), Double.NaN, s.ra(), s.dec(), Double.NaN, illuminated, Double.NaN);
  }

  /** The same of a medium-resolution spectrum, whose exposure time is known. */
  static Pointing ofMedium(MediumSpectrum s) {
    Pointing p = ofRelease(s.spectrum());
    return new Pointing(
        p.dateObs(),
        s.exposureTime(),
        p.ra(),
        p.dec(),
        p.airmass(),
        p.moonPhase(),
        p.moonSeparation());
  }

  private static Instant start(String dateObs) {
    try {
      String text = dateObs.strip().replace(' ', 'T');
      return LocalDateTime.parse(
              text.endsWith("Z") ? text.substring(0, text.length() - 1) : text,
              DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static Double mjd(Instant start) {
    return start == null ? null : MJD_OF_EPOCH + start.toEpochMilli() / DAY;
  }
}
