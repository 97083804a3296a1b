package org.skymi.spark;

import java.io.Serializable;
import java.util.List;

/**
 * A unit that a run could not do, and that the next run does again.
 *
 * @param key of the unit
 * @param why in one line
 */
public record FailedUnit(String key, String why) implements Serializable {
  /** What to say of some: how many, and why one of them failed. */
  public static String told(List<FailedUnit> failed) {
    FailedUnit first = failed.get(0);
    return failed.size() + " plates failed, among them " + first.key() + ": " + first.why();
  }
}
