package org.skymi.archive;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * By what a file is known again: a plan that was made for other files must not run on these.
 *
 * @param length bytes
 * @param modified ms since 1970
 * @param header first 128 bits of the SHA-256 of the inflated primary header, hex; of the file's
 *     first 64 KiB where that header cannot be read; empty if the file cannot
 * @param content SHA-256 of the whole file, hex; empty unless asked for
 */
public record Fingerprint(long length, long modified, String header, String content)
    implements Serializable {
  private static final int HEADER_BYTES = 16;

  static String ofHeader(byte[] header) {
    return hex(Arrays.copyOf(sha256().digest(header), HEADER_BYTES));
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
