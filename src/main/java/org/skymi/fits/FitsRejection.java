package org.skymi.fits;

/**
 * A file that must not be used, and why: one row of the quarantine table. The rest of its plate
 * goes on.
 */
public final class FitsRejection extends Exception {
  private static final long serialVersionUID = 1;

  /** What is wrong with a file; the names are the codes in the quarantine table. */
  public enum Reason {
    /** No bytes at all, or a gzip stream of none. */
    EMPTY,
    /** Does not begin as a FITS file. */
    NOT_FITS,
    /** FITS, but neither a fibre frame nor a spectrum of a known survey. */
    UNKNOWN_KIND,
    /** The gzip stream is damaged, of wrong CRC, or followed by other bytes. */
    BAD_GZIP,
    /** A bzip2 stream, or tiles of an image or table, that cannot be decompressed. */
    BAD_COMPRESSION,
    /** Ends before its headers say it should. */
    TRUNCATED,
    /** The length is no multiple of 2880. */
    BAD_LENGTH,
    /** A header that cannot be read, lacks a card, or holds an impossible value. */
    BAD_HEADER,
    /** CHECKSUM or DATASUM disagree with the bytes. */
    CHECKSUM,
    MISSING_HDU,
    /** The HDUs disagree in their sizes, or have sizes that mean nothing. */
    BAD_SHAPE,
    /** Wavelengths not finite, not increasing, or not in vacuum. */
    BAD_WAVELENGTH,
    /** The fibre map is unusable: unknown fibre type, impossible or repeated fibre. */
    BAD_FIBERMAP,
    NO_USABLE_PIXEL,
    /** The file name claims another identity than the header. */
    IDENTITY_MISMATCH,
    /** Another file of the archive has the same identity. */
    DUPLICATE,
    /** Looks like data by its name, but of a kind that is not read here. */
    NOT_READ,
    /** Inflates to, or claims, more than is allowed. */
    TOO_LARGE,
    /** The file system would not give the bytes. */
    UNREADABLE
  }

  private final String path;
  private final Reason reason;
  private final String location;
  private final String detail;

  /**
   * @param path the file
   * @param location the HDU or byte offset, like {@code "HDU 2 MASK"} or {@code "byte 2880"}; empty
   *     if it is the file as a whole
   * @param detail one line for a person
   */
  public FitsRejection(String path, Reason reason, String location, String detail) {
    super(
        path + ": " + reason + (location.isEmpty() ? "" : " at " + location) + ": " + detail, null);
    this.path = path;
    this.reason = reason;
    this.location = location;
    this.detail = detail;
  }

  public String path() {
    return path;
  }

  public Reason reason() {
    return reason;
  }

  /** The HDU or byte offset; empty if it is the file as a whole. */
  public String location() {
    return location;
  }

  /** What is wrong, without the path. */
  public String detail() {
    return detail;
  }
}
