package org.skymi.smi;

import java.util.Random;

/** Permutations that follow from a seed. */
public final class Shuffle {
  private Shuffle() {}

  /** A random order of 0 .. n-1. */
  public static int[] permutation(int n, Random random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
