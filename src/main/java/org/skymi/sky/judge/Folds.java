package org.skymi.sky.judge;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which sky fibres are held out together. A fold holds out a block of sky fibres that follow each
 * other along the slit, because objects are farther from sky fibres than sky fibres are from each
 * other.
 *
 * <p>Fibres within {@link #REACH} of a held-out fibre don't train, either: cross-talk put a little
 * of the held-out fibre's light into them.
 */
public final class Folds implements Serializable {
  /**
   * Fibres that a fibre's light reaches: two by cross-talk, and twice as many because a correction
   * uses neighbours that were themselves corrected.
   */
  public static final int REACH = 4;

  private static final int BLOCK = 5;

  /** As many as LAMOST's twenty sky fibres make: more judge no better, only slower. */
  private static final int MOST = 4;

  private final int[] foldOf;
  private final int count;
  private final int reach;

  private Folds(int[] foldOf, int count, int reach) {
    this.foldOf = foldOf;
    this.count = count;
    this.reach = reach;
  }

  /**
   * Blocks of about five sky fibres, or more if they are many; at least two folds, none for fewer
   * than two sky fibres.
   */
  public static Folds blocks(int fibres, int[] skyFibres) {
    int n = skyFibres.length;
    int count = n < 2 ? 0 : Math.min(MOST, Math.max(2, (int) Math.round((double) n / BLOCK)));
    return of(fibres, skyFibres, count);
  }

  /** Every sky fibre a fold of its own. */
  public static Folds leaveOneOut(int fibres, int[] skyFibres) {
    return of(fibres, skyFibres, skyFibres.length < 2 ? 0 : skyFibres.length);
  }

  private static Folds of(int fibres, int[] skyFibres, int count) {
    int[] foldOf = new int[fibres];
    Arrays.fill(foldOf, -1);
    for (int k = 0; k < skyFibres.length && count > 0; k++) {
      foldOf[skyFibres[k]] = k * count / skyFibres.length;
    }
    return new Folds(foldOf, count, REACH);
  }

  /** The same folds of fibres of which none is next to another: all that are not held out train. */
  public Folds apart() {
    return new Folds(foldOf, count, 0);
  }

  /** Number of folds. */
  public int count() {
    return count;
  }

  /** The fold in which a fibre is held out, -1 if none. */
  public int foldOf(int fibre) {
    return foldOf[fibre];
  }

  /**
   * The fibres held out in a fold; none for fold -1, which stands for the estimate from everything.
   */
  public int[] heldOut(int fold) {
    return fold < 0
        ? new int[0]
        : IntStream.range(0, foldOf.length).filter(i -> foldOf[i] == fold).toArray();
  }

  /** Which fibres may train in a fold: those out of the held-out fibres' reach. */
  public boolean[] mayTrain(int fold) {
    boolean[] may = new boolean[foldOf.length];
    Arrays.fill(may, true);
    for (int i : heldOut(fold)) {
      Arrays.fill(may, Math.max(0, i - reach), Math.min(may.length, i + reach + 1), false);
    }
    return may;
  }
}
