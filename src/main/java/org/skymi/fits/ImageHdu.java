package org.skymi.fits;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * An image of two axes, decoded row by row straight from the bytes of the file. BSCALE, BZERO and
 * BLANK are applied: a pixel without a value is NaN.
 *
 * <p>Not by the library, which would copy the file through a stream and allocate by the header's
 * word; here no row is longer than the bytes that are there.
 */
final class ImageHdu {
  private final Hdu hdu;
  private final ByteBuffer data;
  private final int bitpix;
  private final int width;
  private final int height;
  private final double scale;
  private final double zero;

  /** The integer that stands for no value; empty if none does. */
  private final OptionalLong blank;

  private ImageHdu(Hdu hdu) throws FitsRejection {
    this.hdu = hdu;
    this.data = hdu.data();
    this.bitpix = hdu.bitpix();
    this.width = hdu.axis(1);
    this.height = Math.max(1, hdu.axis(2));
    this.scale = hdu.cards().coefficient("BSCALE", 1);
    this.zero = hdu.cards().coefficient("BZERO", 0);
    this.blank = bitpix > 0 ? hdu.cards().integer("BLANK") : OptionalLong.empty();
    if (scale == 0) {
      throw hdu.cards().reject("BSCALE = 0");
    }
  }

  /**
   * @throws FitsRejection BAD_SHAPE if the HDU is no image of two axes, those of one pixel apart
   */
  static ImageHdu of(Hdu hdu) throws FitsRejection {
    boolean image =
        hdu.index() == 0
            || hdu.cards().text("XTENSION").filter(name -> name.equals("IMAGE")).isPresent();
    long axes = hdu.cards().requiredInteger("NAXIS");
    while (axes > 2 && hdu.axis((int) axes) == 1) {
      axes--;
    }
    if (!image || axes != 2) {
      throw hdu.badShape(image ? "an image of " + axes + " axes, not 2" : "no image");
    }
    if (hdu.dataLength() == 0) {
      // Else one axis of 0 would let the other claim any number of rows.
      throw hdu.badShape("no pixels");
    }
    return new ImageHdu(hdu);
  }

  /**
   * The values of an HDU of one axis, or of one row.
   *
   * @throws FitsRejection BAD_SHAPE if it has other than so many
   */
  static double[] vector(Hdu hdu, int length) throws FitsRejection {
    if (hdu.cards().requiredInteger("NAXIS") != 1) {
      return of(hdu, length, 1).doubles(0);
    }
    ImageHdu row = new ImageHdu(hdu);
    if (row.width != length || hdu.dataLength() == 0) {
      throw hdu.badShape(row.width + " values, not " + length);
    }
    return row.doubles(0);
  }

  /**
   * The image of an HDU that must have a shape.
   *
   * @throws FitsRejection BAD_SHAPE if it has not
   */
  static ImageHdu of(Hdu hdu, int width, int height) throws FitsRejection {
    ImageHdu image = of(hdu);
    if (image.width != width || image.height != height) {
      throw hdu.badShape(
          image.width + " x " + image.height + " pixels, not " + width + " x " + height);
    }
    return image;
  }

  /** Pixels of a row, NAXIS1. */
  int width() {
    return width;
  }

  /** Rows, NAXIS2. */
  int height() {
    return height;
  }

  boolean isInteger() {
    return bitpix > 0;
  }

  /** All rows, {@code [height][width]}. */
  float[][] floats() {
    float[][] rows = new float[height][];
    for (int i = 0; i < height; i++) {
      rows[i] = floats(i);
    }
    return rows;
  }

  /** All rows, {@code [height][width]}. */
  double[][] doubles() {
    double[][] rows = new double[height][];
    for (int i = 0; i < height; i++) {
      rows[i] = doubles(i);
    }
    return rows;
  }

  /**
   * All rows of an integer image, {@code [height][width]}, as the low 32 bits of each value; 0 for
   * none.
   */
  int[][] ints() {
    int[][] rows = new int[height][width];
    for (int i = 0; i < height; i++) {
      if (bitpix == 32 && isPlain()) {
        row(i).asIntBuffer().get(rows[i]);
      } else {
        double[] values = doubles(i);
        for (int k = 0; k < width; k++) {
          rows[i][k] = (int) Math.round(values[k]);
        }
      }
    }
    return rows;
  }

  float[] floats(int row) {
    float[] values = new float[width];
    if (bitpix == -32 && isPlain()) {
      row(row).asFloatBuffer().get(values);
      return values;
    }
    double[] exact = doubles(row);
    for (int k = 0; k < width; k++) {
      values[k] = (float) exact[k];
    }
    return values;
  }

  double[] doubles(int row) {
    double[] values = new double[width];
    ByteBuffer from = row(row);
    if (bitpix == -64 && isPlain()) {
      from.asDoubleBuffer().get(values);
      return values;
    }
    for (int k = 0; k < width; k++) {
      values[k] = zero + scale * next(from);
    }
    return values;
  }

  /**
   * The reals of a row as they are stored, to be changed in place.
   *
   * @throws FitsRejection BAD_SHAPE if they are no reals, or scaled ones
   */
  StoredReals reals(int row) throws FitsRejection {
    if (bitpix > 0 || !isPlain()) {
      throw hdu.badShape("no plain reals");
    }
    return StoredReals.dense(row(row), bitpix == -64);
  }

  /** Makes pixels unusable, ivar NaN, where this image has no value. */
  void dropBlank(float[][] ivar) {
    for (int i = 0; blank.isPresent() && i < height; i++) {
      double[] values = doubles(i);
      for (int k = 0; k < width; k++) {
        if (Double.isNaN(values[k])) {
          ivar[i][k] = Float.NaN;
        }
      }
    }
  }

  private double next(ByteBuffer from) {
    return switch (bitpix) {
      case 8 -> unlessBlank(from.get() & 0xff);
      case 16 -> unlessBlank(from.getShort());
      case 32 -> unlessBlank(from.getInt());
      case 64 -> unlessBlank(from.getLong());
      case -32 -> from.getFloat();
      default -> from.getDouble();
    };
  }

  private double unlessBlank(long stored) {
    return blank.isPresent() && stored == blank.getAsLong() ? Double.NaN : stored;
  }

  private ByteBuffer row(int row) {
    int bytes = width * Math.abs(bitpix) / 8;
    return data.slice(row * bytes, bytes);
  }

  private boolean isPlain() {
    return scale == 1 && zero == 0 && blank.isEmpty();
  }
}
