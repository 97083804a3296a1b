package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_FIBERMAP;

import java.util.Locale;

/** What makes degrees of a table's column, by its unit. */
final class Angle {
  private final TableHdu table;
  private final String column;
  private final double degrees;

  private Angle(TableHdu table, String column, double degrees) {
    this.table = table;
    this.column = column;
    this.degrees = degrees;
  }

  /**
   * A column of angles.
   *
   * @throws FitsRejection BAD_FIBERMAP if its unit is not one of angles
   */
  static Angle of(Hdu hdu, TableHdu table, String column) throws FitsRejection {
    return of(hdu, table, column, Double.NaN);
  }

  /**
   * A column of angles, or of lengths on the focal plane.
   *
   * @param focus focal length, mm; NaN if unknown
   * @throws FitsRejection BAD_FIBERMAP if its unit is not known, or is of length without a focus
   */
  static Angle of(Hdu hdu, TableHdu table, String column, double focus) throws FitsRejection {
    String unit = table.unit(column);
    double degrees =
        switch (unit.toLowerCase(Locale.ROOT)) {
          case "", "deg", "degree", "degrees" -> 1;
          case "arcmin" -> 1 / 60.0;
          case "arcsec" -> 1 / 3600.0;
          case "rad", "radian", "radians" -> Math.toDegrees(1);
          case "h", "hr", "hour", "hours", "hourangle" -> 15;
          case "mm" -> Math.toDegrees(1 / focus);
          case "m" -> Math.toDegrees(1000 / focus);
          default -> throw hdu.reject(BAD_FIBERMAP, column + " in '" + unit + "', not in degrees");
        };
    if (Double.isNaN(degrees)) {
      throw hdu.reject(
          BAD_FIBERMAP, column + " in " + unit + ", and no card FOCUS gives the scale");
    }
    return new Angle(table, column, degrees);
  }

  /** Of a row, deg; NaN if unknown. */
  double degrees(int row) throws FitsRejection {
    double stored = table.number(column, row);
    return Double.isFinite(stored) ? degrees * stored : Double.NaN;
  }

  /** Of a row, deg; NaN if unknown, or beyond what there is. */
  double degrees(int row, double low, double high) throws FitsRejection {
    double angle = degrees(row);
    return angle >= low && angle <= high ? angle : Double.NaN;
  }
}
