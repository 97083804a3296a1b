package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_SHAPE;

import java.nio.ByteBuffer;

/**
 * One header-data unit of a file held as bytes.
 *
 * @param path the file, for rejections
 * @param index 0 for the primary
 * @param bytes the whole file
 * @param headerOffset where the header begins
 * @param dataOffset where the data begin
 * @param dataLength bytes of data without padding
 */
record Hdu(
    String path,
    int index,
    Cards cards,
    byte[] bytes,
    int headerOffset,
    int dataOffset,
    int dataLength) {

  /** EXTNAME, empty if it has none. */
  String name() {
    return cards.text("EXTNAME").orElse("");
  }

  /** Where it is, for a person. */
  String location() {
    return location(index, name());
  }

  static String location(int index, String name) {
    return name.isEmpty() ? "HDU " + index : "HDU " + index + " " + name;
  }

  /** The data, big-endian. */
  ByteBuffer data() {
    return ByteBuffer.wrap(bytes, dataOffset, dataLength).slice();
  }

  /** The offset after the data and their padding. */
  long end() {
    return dataOffset + FitsFile.padded(dataLength);
  }

  boolean isTable() {
    return cards.text("XTENSION").filter(name -> name.equals("BINTABLE")).isPresent();
  }

  /** NAXISn, or 0 beyond NAXIS, whatever stray cards say. */
  int axis(int n) throws FitsRejection {
    if (n > cards.requiredInteger("NAXIS")) {
      return 0;
    }
    return (int) Math.min(Integer.MAX_VALUE, cards.requiredInteger("NAXIS" + n));
  }

  int bitpix() throws FitsRejection {
    return (int) cards.requiredInteger("BITPIX");
  }

  FitsRejection reject(FitsRejection.Reason reason, String detail) {
    return new FitsRejection(path, reason, location(), detail);
  }

  FitsRejection badShape(String detail) {
    return reject(BAD_SHAPE, detail);
  }
}
