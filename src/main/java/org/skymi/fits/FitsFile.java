package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_HEADER;
import static org.skymi.fits.FitsRejection.Reason.BAD_LENGTH;
import static org.skymi.fits.FitsRejection.Reason.CHECKSUM;
import static org.skymi.fits.FitsRejection.Reason.EMPTY;
import static org.skymi.fits.FitsRejection.Reason.MISSING_HDU;
import static org.skymi.fits.FitsRejection.Reason.NOT_FITS;
import static org.skymi.fits.FitsRejection.Reason.TOO_LARGE;
import static org.skymi.fits.FitsRejection.Reason.TRUNCATED;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A FITS file (FITS standard 4.0) held whole in memory, with its structure checked: every HDU is
 * there in full, nothing follows the last, and stored checksums agree. No data is decoded yet, and
 * nothing is allocated for what a header merely claims.
 */
final class FitsFile {
  static final int BLOCK = 2880;
  private static final byte[] MAGIC = "SIMPLE  =".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EXTENSION = "XTENSION".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_AXES = 9;

  private final String path;
  private final List<Hdu> hdus;

  private FitsFile(String path, List<Hdu> hdus) {
    this.path = path;
    this.hdus = hdus;
  }

  /**
   * Inflates a file if need be and walks through its HDUs.
   *
   * @param raw the whole file
   * @throws FitsRejection if anything is wrong with the file as FITS
   */
  static FitsFile open(String path, byte[] raw, FitsLimits limits) throws FitsRejection {
    List<Hdu> hdus = walk(path, Inflation.inflate(raw, path, limits), limits);
    for (Hdu hdu : hdus) {
      if (TileCompression.isIn(hdu.cards())) {
        return new FitsFile(path, walk(path, TileCompression.plain(hdus, limits), limits));
      }
    }
    return new FitsFile(path, hdus);
  }

  /** The HDUs as they are stored. */
  static List<Hdu> walk(String path, byte[] bytes, FitsLimits limits) throws FitsRejection {
    checkMagic(path, bytes);
    List<Hdu> hdus = new ArrayList<>();
    long offset = 0;
    while (offset < bytes.length) {
      Hdu hdu = hduAt(path, bytes, (int) offset, hdus.size(), limits);
      hdus.add(hdu);
      offset = hdu.end();
    }
    for (Hdu hdu : hdus) {
      verifyChecksums(hdu);
    }
    return hdus;
  }

  /** A length rounded up to whole blocks. */
  static long padded(long length) {
    return (length + BLOCK - 1) / BLOCK * BLOCK;
  }

  /**
   * @throws FitsRejection EMPTY or NOT_FITS
   */
  static void checkMagic(String path, byte[] bytes) throws FitsRejection {
    if (bytes.length == 0) {
      throw new FitsRejection(path, EMPTY, "", "no bytes");
    }
    if (!startsWith(bytes, 0, MAGIC)) {
      throw new FitsRejection(path, NOT_FITS, "byte 0", "does not begin with SIMPLE");
    }
  }

  Hdu primary() {
    return hdus.get(0);
  }

  List<Hdu> hdus() {
    return hdus;
  }

  /**
   * The extension of a name, in any case.
   *
   * @throws FitsRejection BAD_HEADER if two have it
   */
  Optional<Hdu> find(String name) throws FitsRejection {
    List<Hdu> found = hdus.stream().filter(hdu -> hdu.name().equalsIgnoreCase(name)).toList();
    if (found.size() > 1) {
      throw found.get(1).reject(BAD_HEADER, "the second HDU " + name);
    }
    return found.stream().findFirst();
  }

  /**
   * @throws FitsRejection MISSING_HDU
   */
  Hdu require(String name) throws FitsRejection {
    return find(name).orElseThrow(() -> new FitsRejection(path, MISSING_HDU, "", "no HDU " + name));
  }

  private static Hdu hduAt(String path, byte[] bytes, int offset, int index, FitsLimits limits)
      throws FitsRejection {
    String location = "byte " + offset;
    if (index > 0 && !isExtension(bytes, offset)) {
      boolean ragged = bytes.length % BLOCK != 0;
      throw new FitsRejection(
          path, ragged ? BAD_LENGTH : BAD_HEADER, location, "bytes after the last HDU");
    }
    int headerLength = Cards.headerLength(bytes, offset);
    if (headerLength < 0) {
      throw new FitsRejection(path, TRUNCATED, location, "the header has no end");
    }
    Cards cards = Cards.parse(path, "HDU " + index, bytes, offset, headerLength);
    long length = dataLength(cards);
    if (length > limits.inflatedBytes()) {
      throw new FitsRejection(
          path, TOO_LARGE, "HDU " + index, "the header claims " + length + " bytes or more");
    }
    int dataOffset = offset + headerLength;
    if (dataOffset + length > bytes.length) {
      throw new FitsRejection(
          path,
          TRUNCATED,
          "HDU " + index,
          "data of " + length + " bytes, " + (bytes.length - dataOffset) + " are there");
    }
    if (dataOffset + padded(length) > bytes.length) {
      throw new FitsRejection(
          path, BAD_LENGTH, "byte " + bytes.length, "the length is no multiple of " + BLOCK);
    }
    return new Hdu(path, index, cards, bytes, offset, dataOffset, (int) length);
  }

  /** Bytes of data that a header claims, Long.MAX_VALUE if beyond counting. */
  private static long dataLength(Cards cards) throws FitsRejection {
    long bitpix = cards.requiredInteger("BITPIX");
    if (!List.of(8L, 16L, 32L, 64L, -32L, -64L).contains(bitpix)) {
      throw cards.reject("BITPIX = " + bitpix);
    }
    long axes = cards.requiredInteger("NAXIS");
    if (axes < 0 || axes > MOST_AXES) {
      throw cards.reject("NAXIS = " + axes);
    }
    if (axes == 0) {
      return 0;
    }
    long elements = 1;
    boolean none = false;
    for (int i = 1; i <= axes; i++) {
      long axis = notNegative(cards, "NAXIS" + i);
      none |= axis == 0;
      elements = times(elements, Math.max(1, axis));
    }
    long extra = cards.integer("PCOUNT").isPresent() ? notNegative(cards, "PCOUNT") : 0;
    long groups = cards.integer("GCOUNT").orElse(1);
    if (groups != 1) {
      throw cards.reject("GCOUNT = " + groups);
    }
    long count = none ? extra : elements + extra;
    return count < 0 ? Long.MAX_VALUE : times(count, Math.abs(bitpix) / 8);
  }

  private static long notNegative(Cards cards, String name) throws FitsRejection {
    long value = cards.requiredInteger(name);
    if (value < 0) {
      throw cards.reject(name + " = " + value);
    }
    return value;
  }

  /** The product of two positive numbers, Long.MAX_VALUE if it overflows. */
  private static long times(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }

  private static void verifyChecksums(Hdu hdu) throws FitsRejection {
    Optional<String> dataSum = hdu.cards().text("DATASUM");
    Optional<String> checksum = hdu.cards().text("CHECKSUM");
    if (dataSum.isEmpty() && checksum.isEmpty()) {
      return;
    }
    int padded = (int) padded(hdu.dataLength());
    long ofData = Checksum.of(hdu.bytes(), hdu.dataOffset(), padded);
    if (dataSum.isPresent() && Cards.parseNumber(dataSum.get()) != ofData) {
      throw hdu.reject(CHECKSUM, "DATASUM = " + dataSum.get() + ", data: " + ofData);
    }
    long ofHeader =
        Checksum.of(hdu.bytes(), hdu.headerOffset(), hdu.dataOffset() - hdu.headerOffset());
    if (checksum.isPresent() && !Checksum.isZero(Checksum.add(ofHeader, ofData))) {
      throw hdu.reject(CHECKSUM, "CHECKSUM disagrees with the HDU");
    }
  }

  /** Whether an extension's header begins at an offset. */
  static boolean isExtension(byte[] bytes, int offset) {
    return startsWith(bytes, offset, EXTENSION);
  }

  private static boolean startsWith(byte[] bytes, int offset, byte[] wanted) {
    if (bytes.length - offset < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[offset + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
