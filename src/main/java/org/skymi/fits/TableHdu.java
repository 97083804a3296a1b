package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_HEADER;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A binary table, decoded cell by cell. TSCALn, TZEROn and TNULLn are applied. Columns that nobody
 * asks for may be of any format.
 */
final class TableHdu {
  private static final Pattern FORMAT = Pattern.compile("(\\d{0,9})([LXBIJKAEDCMPQ]).*");
  private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");
  static final int MOST_COLUMNS = 999;

  /**
   * Where a column is in a row, and what its values mean.
   *
   * @param number of the column, from 1
   * @param offset of its first byte
   * @param count of its values
   */
  private record Place(int number, int offset, int count, char type) {}

  /** What makes a value of a stored number; the integer that stands for none, if one does. */
  private record Scaling(double scale, double zero, OptionalLong none) {
    double apply(long stored) {
      return none.isPresent() && stored == none.getAsLong() ? Double.NaN : apply((double) stored);
    }

    double apply(double stored) {
      return zero + scale * stored;
    }
  }

  private final Hdu hdu;
  private final ByteBuffer data;
  private final int rowLength;
  private final int rows;
  private final Map<String, Place> columns = new HashMap<>();
  private final Map<Integer, Scaling> scalings = new HashMap<>();
  private final Set<String> twice = new HashSet<>();

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
      long width = type == 'X' ? (count + 7L) / 8 : (long) count * size(type);
      if (offset + width > rowLength) {
        throw hdu.badShape("the columns do not fit the rows of " + rowLength + " bytes");
      }
      String name = hdu.cards().text("TTYPE" + i).orElse("").toUpperCase(Locale.ROOT);
      if (columns.putIfAbsent(name, new Place(i, (int) offset, count, type)) != null) {
        twice.add(name);
      }
      offset += width;
    }
    if (offset != rowLength) {
      throw hdu.badShape("the columns fill " + offset + " of " + rowLength + " bytes of a row");
    }
  }

  private Scaling scaling(Place place) throws FitsRejection {
    Scaling known = scalings.get(place.number);
    if (known != null) {
      return known;
    }
    double scale = hdu.cards().coefficient("TSCAL" + place.number, 1);
    double zero = hdu.cards().coefficient("TZERO" + place.number, 0);
    boolean integers = "BIJK".indexOf(place.type) >= 0;
    if (scale == 0) {
      throw hdu.cards().reject("TSCAL" + place.number + " = 0");
    }
    Scaling scaling =
        new Scaling(
            scale,
            zero,
            integers ? hdu.cards().integer("TNULL" + place.number) : OptionalLong.empty());
    scalings.put(place.number, scaling);
    return scaling;
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

  /** TUNITn of a column, empty if it has none. */
  String unit(String column) throws FitsRejection {
    return hdu.cards().text("TUNIT" + place(column).number).orElse("");
  }

  /** The numbers of a cell; NaN for none. */
  double[] numbers(String column, int row) throws FitsRejection {
    Place place = numeric(column);
    Scaling scaling = scaling(place);
    double[] values = new double[place.count];
    int at = row * rowLength + place.offset;
    for (int i = 0; i < place.count; i++) {
      values[i] = number(place, scaling, at + i * size(place.type));
    }
    return values;
  }

  /**
   * The reals of a cell as they are stored, to be changed in place.
   *
   * @throws FitsRejection BAD_SHAPE if they are no reals, or scaled ones
   */
  StoredReals reals(String column, int row) throws FitsRejection {
    Place place = plain(column);
    return StoredReals.dense(cell(place, row), place.type == 'D');
  }

  /**
   * A column of single reals as they are stored, to be changed in place.
   *
   * @throws FitsRejection BAD_SHAPE if they are no reals, or scaled ones
   */
  StoredReals reals(String column) throws FitsRejection {
    Place place = plain(column);
    ByteBuffer rest = data.slice(place.offset, data.limit() - place.offset);
    return new StoredReals(rest, place.type == 'D', rowLength);
  }

  private Place plain(String column) throws FitsRejection {
    Place place = place(column);
    Scaling scaling = scaling(place);
    if ("ED".indexOf(place.type) < 0 || scaling.scale != 1 || scaling.zero != 0) {
      throw hdu.badShape("column " + column + " holds no plain reals");
    }
    return place;
  }

  /** A column of single numbers, {@code [row]}; NaN for none. */
  double[] column(String column) throws FitsRejection {
    Place place = single(column);
    Scaling scaling = scaling(place);
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = number(place, scaling, row * rowLength + place.offset);
    }
    return values;
  }

  private double number(Place place, Scaling scaling, int at) {
    return switch (place.type) {
      case 'B' -> scaling.apply(data.get(at) & 0xffL);
      case 'I' -> scaling.apply((long) data.getShort(at));
      case 'J' -> scaling.apply((long) data.getInt(at));
      case 'K' -> scaling.apply(data.getLong(at));
      case 'E' -> scaling.apply((double) data.getFloat(at));
      default -> scaling.apply(data.getDouble(at));
    };
  }

  private Place numeric(String column) throws FitsRejection {
    Place place = place(column);
    if ("BIJKED".indexOf(place.type) < 0) {
      throw hdu.badShape("column " + column + " holds no numbers");
    }
    return place;
  }

  private Place single(String column) throws FitsRejection {
    Place place = numeric(column);
    if (place.count != 1) {
      throw hdu.badShape("column " + column + " holds arrays");
    }
    return place;
  }

  /** The one number of a cell. */
  double number(String column, int row) throws FitsRejection {
    Place place = single(column);
    return number(place, scaling(place), row * rowLength + place.offset);
  }

  /**
   * The text of a cell, up to its first NUL, without blanks at its end; '?' for what is no
   * printable ASCII.
   */
  String text(String column, int row) throws FitsRejection {
    Place place = place(column);
    if (place.type != 'A') {
      throw hdu.badShape("column " + column + " holds no text");
    }
    byte[] bytes = new byte[place.count];
    cell(place, row).get(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    return UNPRINTABLE
        .matcher(end < 0 ? text : text.substring(0, end))
        .replaceAll("?")
        .stripTrailing();
  }

  private ByteBuffer cell(Place place, int row) {
    return data.slice(row * rowLength + place.offset, place.count * size(place.type));
  }

  private Place place(String column) throws FitsRejection {
    Place place = columns.get(column);
    if (place == null) {
      throw hdu.badShape("no column " + column);
    }
    if (twice.contains(column)) {
      throw hdu.reject(BAD_HEADER, "two columns " + column);
    }
    return place;
  }

  private static int size(char type) {
    return switch (type) {
      case 'I' -> 2;
      case 'J', 'E' -> 4;
      case 'K', 'D', 'C', 'P' -> 8;
      case 'M', 'Q' -> 16;
      default -> 1;
    };
  }
}
