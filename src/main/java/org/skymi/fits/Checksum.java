package org.skymi.fits;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The 32-bit ones' complement sum of the FITS checksum convention (FITS standard 4.0, appendix J).
 */
final class Checksum {
  private static final long ONES = 0xFFFFFFFFL;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Checksum() {}

  /**
   * The sum over bytes as big-endian words.
   *
   * @param length a multiple of 4
   */
  static long of(byte[] bytes, int offset, int length) {
    // Pairs of words: of upper and lower halves one sum each, which can't overflow.
    long upper = 0;
    long lower = 0;
    int at = offset;
    for (int end = offset + length / 8 * 8; at < end; at += 8) {
      long pair = (long) LONGS.get(bytes, at);
      upper += pair >>> 32;
      lower += pair & ONES;
    }
    if (length % 8 != 0) {
      upper += (int) INTS.get(bytes, at) & ONES;
    }
    return add(fold(upper), fold(lower));
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
