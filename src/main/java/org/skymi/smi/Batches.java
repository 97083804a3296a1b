package org.skymi.smi;

import java.util.Arrays;
import java.util.Random;

/** Endless random batches of a training set: every row once before any row twice. */
final class Batches {
  private final int size;
  private final Random random;
  private int[] order;
  private int next;

  Batches(int rows, int size, Random random) {
    this.size = Math.min(rows, size);
    this.random = random;
    this.order = Shuffle.permutation(rows, random);
  }

  /** The next batch's rows. */
  int[] next() {
    if (next + size > order.length) {
      order = Shuffle.permutation(order.length, random);
      next = 0;
    }
    int[] batch = Arrays.copyOfRange(order, next, next + size);
    next += size;
    return batch;
  }
}
