package org.skymi.sky.judge;

/** Which sky fibres are held out together, to judge estimates that never saw them. */
public enum HoldOut {
  /** None are: only the estimate from everything is made. */
  NONE,
  /**
   * Blocks of about five neighbours, a quarter of many: objects are farther from sky fibres than
   * these from each other.
   */
  BLOCKS,
  /** Each by itself: as near to the estimate from everything as a held-out one can be, and slow. */
  LEAVE_ONE_OUT;

  /** The folds that judge; for {@link #NONE} those that would. */
  public Folds folds(int fibres, int[] skyFibres) {
    return this == LEAVE_ONE_OUT
        ? Folds.leaveOneOut(fibres, skyFibres)
        : Folds.blocks(fibres, skyFibres);
  }
}
