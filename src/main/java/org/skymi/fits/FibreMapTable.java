package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_FIBERMAP;

import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.FrameId;

/** The HDU FIBERMAP of a frame: one row per fibre, in the order of the rows of the images. */
final class FibreMapTable {
  static final String NAME = "FIBERMAP";

  /** Middle of a fibre's patrol disc; optional columns. */
  private static final String HOME_X = "X_HOME";

  private static final String HOME_Y = "Y_HOME";
  private static final int TYPE_WIDTH = 8;
  private static final int OBJECT_WIDTH = 16;

  private FibreMapTable() {}

  /**
   * The HDU, to be written.
   *
   * @throws IllegalArgumentException if an object type is not ASCII of 16 characters at most
   */
  static TableHduWriter of(FibreMap fibres) {
    TableHduWriter table =
        new TableHduWriter(fibres.size())
            .integers("FIBERID", fibres.fibreId())
            .texts("FIBERTYPE", TYPE_WIDTH, i -> fibres.type()[i].label())
            .texts("OBJTYPE", OBJECT_WIDTH, i -> fibres.objectType()[i])
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
   * @param n rows of the frame's images
   * @throws FitsRejection BAD_SHAPE or BAD_FIBERMAP
   */
  static FibreMap read(Hdu hdu, int n) throws FitsRejection {
    TableHdu table = new TableHdu(hdu);
    if (table.rows() != n) {
      throw hdu.badShape(table.rows() + " fibres, but the images have " + n + " rows");
    }
    if (n > FrameId.FIBRES) {
      throw hdu.badShape(n + " fibres, more than " + FrameId.FIBRES);
    }
    FibreMap map = FibreMap.ofSize(n);
    boolean homes = table.has(HOME_X) && table.has(HOME_Y);
    boolean[] seen = new boolean[FrameId.FIBRES + 1];
    for (int i = 0; i < n; i++) {
      double fibre = table.number("FIBERID", i);
      if (!(fibre >= 1 && fibre <= FrameId.FIBRES) || seen[(int) fibre]) {
        throw hdu.reject(BAD_FIBERMAP, "FIBERID " + fibre + " in row " + i);
      }
      seen[(int) fibre] = true;
      map.fibreId()[i] = (int) fibre;
      map.type()[i] = type(hdu, table.text("FIBERTYPE", i), i);
      map.objectType()[i] = table.text("OBJTYPE", i);
      map.ra()[i] = table.number("RA", i);
      map.dec()[i] = table.number("DEC", i);
      map.x()[i] = table.number("X_FOCAL", i);
      map.y()[i] = table.number("Y_FOCAL", i);
      map.magnitude()[i] = (float) table.number("MAG", i);
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
