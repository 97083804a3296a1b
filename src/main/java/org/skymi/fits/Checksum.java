package org.skymi.fits;

import java.nio.ByteBuffer;

/**
 * The 32-bit ones' complement sum of the FITS checksum convention (FITS standard 4.0, appendix J).
 */
final class Checksum {
  private static final long ONES = 0xFFFFFFFFL;

  private Checksum() {}

  /**
   * The sum over bytes as big-endian words.
   *
   * @param length a multiple of 4
   */
  static long of(byte[] bytes, int offset, int length) {
    ByteBuffer words = ByteBuffer.wrap(bytes, offset, length);
    long sum = 0;
    while (words.hasRemaining()) {
      sum += words.getInt() & ONES;
    }
    return fold(sum);
  }

  static long add(long a, long b) {
    return fold(a + b);
  }

  /** Whether a sum is a zero of ones' complement, of which there are two. */
  static boolean isZero(long sum) {
    return sum == 0 || sum == ONES;
  }

  private static long fold(long sum) {
    long folded = sum;
    while (folded >>> 32 != 0) {
      folded = (folded & ONES) + (folded >>> 32);
    }
    return folded;
  }
}
