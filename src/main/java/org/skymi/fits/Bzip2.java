package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_COMPRESSION;
import static org.skymi.fits.FitsRejection.Reason.TOO_LARGE;
import static org.skymi.fits.FitsRejection.Reason.TRUNCATED;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Bzip2, decompressed whole; each of its blocks has a CRC, which the library checks. */
final class Bzip2 {
  private static final int CHUNK = 1 << 16;

  private Bzip2() {}

  /** Whether the bytes begin as bzip2 does. */
  static boolean isIn(byte[] raw) {
    return BZip2CompressorInputStream.matches(raw, raw.length);
  }

  /**
   * @throws FitsRejection BAD_COMPRESSION, TRUNCATED, or TOO_LARGE beyond the limit
   */
  static byte[] inflate(byte[] raw, String path, long limit) throws FitsRejection {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayInputStream from = new ByteArrayInputStream(raw);
    try (InputStream in = new BZip2CompressorInputStream(from, true)) {
      byte[] chunk = new byte[CHUNK];
      for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
        out.write(chunk, 0, got);
        if (out.size() > limit) {
          throw new FitsRejection(path, TOO_LARGE, "", "inflates to more than " + limit + " bytes");
        }
      }
    } catch (IOException | RuntimeException e) {
      // The library throws unchecked kinds on damaged streams, too.
      boolean cut = String.valueOf(e.getMessage()).contains("end of stream");
      throw new FitsRejection(
          path,
          cut ? TRUNCATED : BAD_COMPRESSION,
          "byte " + (raw.length - from.available()),
          "bzip2: " + e.getMessage());
    }
    return out.toByteArray();
  }

  /** What can be got of a file's beginning, most bytes at most; unchecked. */
  static byte[] inflatePrefix(byte[] prefix, int most) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = new BZip2CompressorInputStream(new ByteArrayInputStream(prefix), true)) {
      byte[] chunk = new byte[2880];
      for (int got = in.read(chunk); got >= 0 && out.size() < most; got = in.read(chunk)) {
        out.write(chunk, 0, got);
      }
    } catch (IOException | RuntimeException e) {
      // The prefix ends within a block: what came before it is what there is.
      return out.toByteArray();
    }
    return out.toByteArray();
  }
}
