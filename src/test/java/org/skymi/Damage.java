package org.skymi;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;

/** Seeded damage to files, for tests of what reads them. */
public final class Damage {
  private static final com.sun.management.ThreadMXBean THREAD =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Damage() {}

  /**
   * Damaged files of each kind: the property {@code skymi.fuzz.rounds}; more in the profile full.
   */
  public static int rounds() {
    return Integer.getInteger("skymi.fuzz.rounds", 2000);
  }

  /** Bytes that this thread has allocated so far. */
  public static long allocated() {
    return THREAD.getCurrentThreadAllocatedBytes();
  }

  /** One to three mutations; bytes are set to what headers are made of as often as not. */
  public static byte[] of(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    int mutations = 1 + random.nextInt(3);
    for (int i = 0; i < mutations; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) "0123456789-'/=ENDT ".charAt(random.nextInt(19));
        case 3 -> {
          // Digits near the mandatory cards: sizes that are lies.
          int card = random.nextInt(Math.min(6 * 80, bytes.length));
          bytes[card] = (byte) ('0' + random.nextInt(10));
        }
        case 4 -> bytes = Arrays.copyOf(bytes, 1 + at);
        default -> bytes = without(bytes, at, 1 + random.nextInt(100));
      }
    }
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at, int count) {
    int end = Math.min(bytes.length, at + count);
    byte[] shorter = new byte[Math.max(1, bytes.length - (end - at))];
    System.arraycopy(bytes, 0, shorter, 0, Math.min(at, shorter.length));
    if (end < bytes.length) {
      System.arraycopy(bytes, end, shorter, at, bytes.length - end);
    }
    return shorter;
  }
}
