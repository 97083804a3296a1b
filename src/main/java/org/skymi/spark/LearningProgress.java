package org.skymi.spark;

import java.util.Locale;

/**
 * How far something is that takes long while a base model is learnt.
 *
 * @param what is counted
 * @param done so far
 * @param of in all
 * @param perSecond rate since this run began with it
 */
public record LearningProgress(String what, int done, int of, double perSecond) {
  /** What the rest will take if it goes on like this. */
  public double secondsLeft() {
    return perSecond > 0 ? (of - done) / perSecond : 0;
  }

  /** One line for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %d/%d (%.2f/s)  %s left",
        what,
        done,
        of,
        perSecond,
        RunProgress.clock(secondsLeft()));
  }
}
