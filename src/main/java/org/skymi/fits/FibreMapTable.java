package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_FIBERMAP;

import java.util.Arrays;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.Instrument;

/** The HDU FIBERMAP of a frame: one row per fibre, in the order of the rows of the images. */
final class FibreMapTable {
  static final String NAME = "FIBERMAP";

  /** Middle of a fibre's patrol disc; optional columns. */
  private static final String HOME_X = "X_HOME";

  private static final String HOME_Y = "Y_HOME";
  private static final int TYPE_WIDTH = 8;
  private static final int OBJECT_WIDTH = 16;

  /** Half of the widest focal plane, deg. */
  private static final double WIDEST = 30;

  private FibreMapTable() {}

  /**
   * The HDU, to be written.
   *
   * @throws IllegalArgumentException if an object type is not ASCII
   */
  static TableHduWriter of(FibreMap fibres) {
    int longest = Arrays.stream(fibres.objectType()).mapToInt(String::length).max().orElse(0);
    TableHduWriter table =
        new TableHduWriter(fibres.size())
            .integers("FIBERID", fibres.fibreId())
            .texts("FIBERTYPE", TYPE_WIDTH, i -> fibres.type()[i].label())
            .texts("OBJTYPE", Math.max(OBJECT_WIDTH, longest), i -> fibres.objectType()[i])
            .doubles("RA", "deg", fibres.ra())
            .doubles("DEC", "deg", fibres.dec())
            .doubles("X_FOCAL", "deg", fibres.x())
            .doubles("Y_FOCAL", "deg", fibres.y())
            .floats("MAG", "mag", fibres.magnitude());
    return fibres.hasHomes()
        ? table.doubles(HOME_X, "deg", fibres.homeX()).doubles(HOME_Y, "deg", fibres.homeY())
        : table;
  }

  /**
   * The fibre map of a frame.
   *
   * @param instrument whose fibres they are
   * @param n rows of the frame's images
   * @param focus the telescope's focal length, mm, for positions in mm; NaN if unknown
   * @throws FitsRejection BAD_SHAPE or BAD_FIBERMAP
   */
  static FibreMap read(Hdu hdu, Instrument instrument, int n, double focus) throws FitsRejection {
    TableHdu table = new TableHdu(hdu);
    if (table.rows() != n) {
      throw hdu.badShape(table.rows() + " fibres, but the images have " + n + " rows");
    }
    if (n > instrument.fibres()) {
      throw hdu.badShape(n + " fibres, more than " + instrument.fibres());
    }
    FibreMap map = FibreMap.ofSize(n);
    Angle ra = Angle.of(hdu, table, "RA");
    Angle dec = Angle.of(hdu, table, "DEC");
    Angle x = Angle.of(hdu, table, "X_FOCAL", focus);
    Angle y = Angle.of(hdu, table, "Y_FOCAL", focus);
    boolean homes = table.has(HOME_X) && table.has(HOME_Y);
    boolean[] seen = new boolean[instrument.fibres() + 1];
    for (int i = 0; i < n; i++) {
      double fibre = table.number("FIBERID", i);
      if (!(fibre >= 1 && fibre <= instrument.fibres()) || seen[(int) fibre]) {
        throw hdu.reject(BAD_FIBERMAP, "FIBERID " + fibre + " in row " + i);
      }
      seen[(int) fibre] = true;
      map.fibreId()[i] = (int) fibre;
      map.type()[i] = type(hdu, table.text("FIBERTYPE", i), i);
      map.objectType()[i] = table.text("OBJTYPE", i);
      map.ra()[i] = ra.degrees(i, -180, 360);
      map.dec()[i] = dec.degrees(i, -90, 90);
      map.x()[i] = x.degrees(i);
      map.y()[i] = y.degrees(i);
      if (Math.max(Math.abs(map.x()[i]), Math.abs(map.y()[i])) > WIDEST) {
        throw hdu.reject(BAD_FIBERMAP, "X_FOCAL or Y_FOCAL of row " + i + ": no degrees");
      }
      map.magnitude()[i] = (float) Magnitudes.known(table.number("MAG", i));
      if (homes) {
        map.homeX()[i] = table.number(HOME_X, i);
        map.homeY()[i] = table.number(HOME_Y, i);
      }
    }
    return map;
  }

  private static FibreType type(Hdu hdu, String label, int row) throws FitsRejection {
    return FibreType.ofLabel(label)
        .orElseThrow(() -> hdu.reject(BAD_FIBERMAP, "FIBERTYPE '" + label + "' in row " + row));
  }
}
