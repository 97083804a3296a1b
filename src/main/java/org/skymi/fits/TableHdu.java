package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_HEADER;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A binary table of fixed columns (no variable-length arrays), decoded cell by cell. */
final class TableHdu {
  private static final Pattern FORMAT = Pattern.compile("(\\d{0,9})([LBIJKAED]).*");
  private static final int MOST_COLUMNS = 999;

  /** Where a column is in a row: its first byte, its number of values, and their type. */
  private record Place(int offset, int count, char type) {}

  private final Hdu hdu;
  private final ByteBuffer data;
  private final int rowLength;
  private final int rows;
  private final Map<String, Place> columns = new HashMap<>();

  /**
   * @throws FitsRejection if the HDU is no such table, or its columns do not fill its rows
   */
  TableHdu(Hdu hdu) throws FitsRejection {
    this.hdu = hdu;
    if (!hdu.isTable() || hdu.cards().requiredInteger("NAXIS") != 2 || hdu.bitpix() != 8) {
      throw hdu.badShape("no binary table");
    }
    this.data = hdu.data();
    this.rowLength = hdu.axis(1);
    this.rows = hdu.axis(2);
    readColumns();
  }

  private void readColumns() throws FitsRejection {
    long fields = hdu.cards().requiredInteger("TFIELDS");
    if (fields < 0 || fields > MOST_COLUMNS) {
      throw hdu.reject(BAD_HEADER, "TFIELDS = " + fields);
    }
    long offset = 0;
    for (int i = 1; i <= fields; i++) {
      String format = hdu.cards().text("TFORM" + i).orElse("");
      Matcher parts = FORMAT.matcher(format);
      if (!parts.matches()) {
        throw hdu.reject(BAD_HEADER, "TFORM" + i + " = '" + format + "' is not known here");
      }
      int count = parts.group(1).isEmpty() ? 1 : Integer.parseInt(parts.group(1));
      char type = parts.group(2).charAt(0);
      if (offset + (long) count * size(type) > rowLength) {
        throw hdu.badShape("the columns do not fit the rows of " + rowLength + " bytes");
      }
      String name = hdu.cards().text("TTYPE" + i).orElse("").toUpperCase(Locale.ROOT);
      columns.putIfAbsent(name, new Place((int) offset, count, type));
      offset += (long) count * size(type);
    }
    if (offset != rowLength) {
      throw hdu.badShape("the columns fill " + offset + " of " + rowLength + " bytes of a row");
    }
  }

  int rows() {
    return rows;
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  /** Values per cell of a column. */
  int count(String column) throws FitsRejection {
    return place(column).count;
  }

  /** The numbers of a cell. */
  double[] numbers(String column, int row) throws FitsRejection {
    Place place = place(column);
    double[] values = new double[place.count];
    ByteBuffer cell = cell(place, row);
    for (int i = 0; i < place.count; i++) {
      values[i] =
          switch (place.type) {
            case 'B' -> cell.get() & 0xff;
            case 'I' -> cell.getShort();
            case 'J' -> cell.getInt();
            case 'K' -> cell.getLong();
            case 'E' -> cell.getFloat();
            case 'D' -> cell.getDouble();
            default -> throw hdu.badShape("column " + column + " holds no numbers");
          };
    }
    return values;
  }

  /** The one number of a cell. */
  double number(String column, int row) throws FitsRejection {
    if (place(column).count != 1) {
      throw hdu.badShape("column " + column + " holds arrays");
    }
    return numbers(column, row)[0];
  }

  /** The text of a cell, up to its first NUL, without blanks at its end. */
  String text(String column, int row) throws FitsRejection {
    Place place = place(column);
    if (place.type != 'A') {
      throw hdu.badShape("column " + column + " holds no text");
    }
    byte[] bytes = new byte[place.count];
    cell(place, row).get(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    return (end < 0 ? text : text.substring(0, end)).stripTrailing();
  }

  private ByteBuffer cell(Place place, int row) {
    return data.slice(row * rowLength + place.offset, place.count * size(place.type));
  }

  private Place place(String column) throws FitsRejection {
    Place place = columns.get(column);
    if (place == null) {
      throw hdu.badShape("no column " + column);
    }
    return place;
  }

  private static int size(char type) {
    return switch (type) {
      case 'I' -> 2;
      case 'J', 'E' -> 4;
      case 'K', 'D' -> 8;
      default -> 1;
    };
  }
}
