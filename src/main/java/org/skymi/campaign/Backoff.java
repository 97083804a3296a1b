package org.skymi.campaign;

import java.io.InterruptedIOException;
import java.util.concurrent.ThreadLocalRandom;

/** Waits between tries: twice as long each time, and no two rivals alike. */
final class Backoff {
  private static final long FIRST_MILLIS = 50;
  private static final int MOST_DOUBLINGS = 6;

  private Backoff() {}

  /**
   * Waits before another try.
   *
   * @param tried tries so far, from 1 on
   * @throws InterruptedIOException if the thread is interrupted
   */
  static void after(int tried) throws InterruptedIOException {
    long most = FIRST_MILLIS << Math.min(tried - 1, MOST_DOUBLINGS);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for another try");
    }
  }
}
