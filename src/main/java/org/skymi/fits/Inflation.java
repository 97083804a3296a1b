package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_GZIP;
import static org.skymi.fits.FitsRejection.Reason.TOO_LARGE;
import static org.skymi.fits.FitsRejection.Reason.TRUNCATED;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Gzip (RFC 1952) or bzip2, inflated whole and checked before a byte of it is used. The JDK's
 * stream of gzip is not used because it takes whatever follows the last member for its end.
 */
public final class Inflation {
  private static final int TRAILER = 8;
  private static final int PART = 1 << 17;

  /** The shortest header of a member. */
  private static final int MEMBER = 10;

  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final byte[] raw;
  private final String path;
  private final long limit;
  private byte[] out;
  private int length;
  private int position;

  private Inflation(byte[] raw, String path, long limit) {
    this.raw = raw;
    this.path = path;
    this.limit = limit;
    this.out = new byte[firstGuess(raw, limit)];
  }

  /**
   * The bytes of a file, inflated if they are gzip or bzip2 by their first bytes, whatever the
   * file's name.
   *
   * @param raw the whole file; returned as it is if it is neither
   * @throws FitsRejection BAD_GZIP or BAD_COMPRESSION on a damaged stream, a wrong CRC or bytes
   *     after the last member; TRUNCATED if it ends early; TOO_LARGE beyond the limits
   */
  public static byte[] inflate(byte[] raw, String path, FitsLimits limits) throws FitsRejection {
    if (Bzip2.isIn(raw)) {
      return Bzip2.inflate(raw, path, limits.inflatedBytes());
    }
    if (!isGzip(raw)) {
      if (raw.length > limits.inflatedBytes()) {
        throw new FitsRejection(path, TOO_LARGE, "", raw.length + " bytes");
      }
      return raw;
    }
    Inflation inflation = new Inflation(raw, path, limits.inflatedBytes());
    do {
      inflation.member(true);
    } while (inflation.position < raw.length);
    return inflation.result();
  }

  /**
   * The beginning of a file of which only a prefix is at hand; unchecked, since the CRC comes last.
   *
   * @param most bytes wanted at most
   * @throws FitsRejection BAD_GZIP if the prefix is no beginning of a gzip stream
   */
  static byte[] inflatePrefix(byte[] prefix, String path, int most) throws FitsRejection {
    if (Bzip2.isIn(prefix)) {
      return Bzip2.inflatePrefix(prefix, most);
    }
    if (!isGzip(prefix)) {
      return prefix.length <= most ? prefix : Arrays.copyOf(prefix, most);
    }
    Inflation inflation = new Inflation(prefix, path, most);
    do {
      inflation.member(false);
    } while (inflation.length < most && prefix.length - inflation.position >= MEMBER);
    return inflation.result();
  }

  /** Whether the bytes begin as gzip does. */
  static boolean isGzip(byte[] raw) {
    return raw.length >= 2 && raw[0] == 0x1f && raw[1] == (byte) 0x8b;
  }

  /** The size in the trailer, unless it is a lie: deflate gains a factor of 1032 at most. */
  private static int firstGuess(byte[] raw, long limit) {
    long claimed = raw.length < TRAILER ? 0 : littleEndian(raw, raw.length - 4);
    return (int) Math.min(limit, Math.max(64, Math.min(claimed, 8L * raw.length)));
  }

  private byte[] result() {
    return length == out.length ? out : Arrays.copyOf(out, length);
  }

  private void member(boolean whole) throws FitsRejection {
    int start = position;
    header();
    Inflater inflater = new Inflater(true);
    try {
      int from = length;
      CRC32 crc = new CRC32();
      boolean ended = deflated(inflater, whole, crc);
      if (whole) {
        if (!ended || raw.length - position < TRAILER) {
          throw cut();
        }
        trailer(start, from, crc);
      } else {
        position = ended ? position + TRAILER : raw.length;
      }
    } catch (DataFormatException e) {
      throw bad(position + inflater.getBytesRead(), "damaged deflate stream");
    } finally {
      inflater.end();
    }
  }

  private void header() throws FitsRejection {
    if (raw.length - position < MEMBER) {
      throw cut();
    }
    if ((raw[position] & 0xff) != 0x1f || (raw[position + 1] & 0xff) != 0x8b) {
      throw bad(position, "bytes after the gzip stream");
    }
    int flags = raw[position + 3] & 0xff;
    if (raw[position + 2] != 8 || (flags & RESERVED) != 0) {
      throw bad(position + 2, "unknown compression");
    }
    position += MEMBER;
    if ((flags & FEXTRA) != 0) {
      skip(2);
      skip((raw[position - 2] & 0xff) | (raw[position - 1] & 0xff) << 8);
    }
    if ((flags & FNAME) != 0) {
      skipText();
    }
    if ((flags & FCOMMENT) != 0) {
      skipText();
    }
    if ((flags & FHCRC) != 0) {
      skip(2);
    }
  }

  private void skip(int bytes) throws FitsRejection {
    position += bytes;
    if (position > raw.length) {
      throw cut();
    }
  }

  private void skipText() throws FitsRejection {
    do {
      skip(1);
    } while (raw[position - 1] != 0);
  }

  /** Inflates one member; false if the input ended first or, for a prefix, enough was got. */
  private boolean deflated(Inflater inflater, boolean whole, CRC32 crc)
      throws DataFormatException, FitsRejection {
    inflater.setInput(raw, position, raw.length - position);
    while (!inflater.finished()) {
      if (length == out.length && !grow()) {
        // One more byte tells a stream of exactly the limit from a longer one.
        if (whole && inflater.inflate(new byte[1]) > 0) {
          throw new FitsRejection(path, TOO_LARGE, "", "inflates to more than " + limit + " bytes");
        }
        if (!whole) {
          return false;
        }
      }
      // In parts that are still in the processor's cache when their CRC is taken.
      int got = inflater.inflate(out, length, Math.min(PART, out.length - length));
      crc.update(out, length, got);
      length += got;
      if (got == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
        return inflater.finished();
      }
    }
    position += Math.toIntExact(inflater.getBytesRead());
    return true;
  }

  private boolean grow() {
    if (out.length >= limit) {
      return false;
    }
    out = Arrays.copyOf(out, (int) Math.min(limit, 2L * out.length));
    return true;
  }

  private void trailer(int start, int from, CRC32 crc) throws FitsRejection {
    if (crc.getValue() != littleEndian(raw, position)) {
      throw bad(start, "wrong CRC: the content is damaged");
    }
    if (length - from != littleEndian(raw, position + 4)) {
      throw bad(start, "wrong length");
    }
    position += TRAILER;
  }

  private FitsRejection cut() {
    return new FitsRejection(path, TRUNCATED, "byte " + raw.length, "the gzip stream ends early");
  }

  private FitsRejection bad(long offset, String detail) {
    return new FitsRejection(path, BAD_GZIP, "byte " + offset, detail);
  }

  private static long littleEndian(byte[] bytes, int offset) {
    return (bytes[offset] & 0xffL)
        | (bytes[offset + 1] & 0xffL) << 8
        | (bytes[offset + 2] & 0xffL) << 16
        | (bytes[offset + 3] & 0xffL) << 24;
  }
}
