package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_FIBERMAP;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.FrameId;

/** The HDU FIBERMAP of a frame: one row per fibre, in the order of the rows of the images. */
final class FibreMapTable {
  static final String NAME = "FIBERMAP";
  private static final int TYPE_WIDTH = 8;
  private static final int OBJECT_WIDTH = 16;
  private static final int ROW = 4 + TYPE_WIDTH + OBJECT_WIDTH + 4 * 8 + 4;

  /** Name, format and unit of the columns, in order. */
  private static final String[][] COLUMNS = {
    {"FIBERID", "J", ""},
    {"FIBERTYPE", TYPE_WIDTH + "A", ""},
    {"OBJTYPE", OBJECT_WIDTH + "A", ""},
    {"RA", "D", "deg"},
    {"DEC", "D", "deg"},
    {"X_FOCAL", "D", "deg"},
    {"Y_FOCAL", "D", "deg"},
    {"MAG", "E", "mag"},
  };

  private FibreMapTable() {}

  /**
   * Writes the HDU.
   *
   * @throws IllegalArgumentException if an object type is not ASCII of 16 characters at most
   */
  static void write(FibreMap fibres, OutputStream out) throws IOException {
    HduWriter hdu =
        HduWriter.extension("BINTABLE")
            .shape(8, ROW, fibres.size())
            .card("PCOUNT", 0, "")
            .card("GCOUNT", 1, "")
            .card("TFIELDS", COLUMNS.length, "");
    for (int i = 1; i <= COLUMNS.length; i++) {
      String[] column = COLUMNS[i - 1];
      hdu.card("TTYPE" + i, column[0], "").card("TFORM" + i, column[1], "");
      if (!column[2].isEmpty()) {
        hdu.card("TUNIT" + i, column[2], "");
      }
    }
    hdu.card("EXTNAME", NAME, "").write(rows(fibres), out);
  }

  private static byte[] rows(FibreMap fibres) {
    ByteBuffer bytes = ByteBuffer.allocate(ROW * fibres.size());
    for (int i = 0; i < fibres.size(); i++) {
      bytes.putInt(fibres.fibreId()[i]);
      bytes.put(text(fibres.type()[i].label(), TYPE_WIDTH));
      bytes.put(text(fibres.objectType()[i], OBJECT_WIDTH));
      bytes.putDouble(fibres.ra()[i]);
      bytes.putDouble(fibres.dec()[i]);
      bytes.putDouble(fibres.x()[i]);
      bytes.putDouble(fibres.y()[i]);
      bytes.putFloat(fibres.magnitude()[i]);
    }
    return bytes.array();
  }

  private static byte[] text(String text, int width) {
    if (text.length() > width || !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not ASCII of at most " + width + " characters");
    }
    return String.format("%-" + width + "s", text).getBytes(StandardCharsets.US_ASCII);
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
    FibreMap map =
        new FibreMap(
            new int[n],
            new FibreType[n],
            new String[n],
            new double[n],
            new double[n],
            new double[n],
            new double[n],
            new float[n]);
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
    }
    return map;
  }

  private static FibreType type(Hdu hdu, String label, int row) throws FitsRejection {
    return FibreType.ofLabel(label)
        .orElseThrow(() -> hdu.reject(BAD_FIBERMAP, "FIBERTYPE '" + label + "' in row " + row));
  }
}
