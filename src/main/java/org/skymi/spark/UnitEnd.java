package org.skymi.spark;

import java.io.Serializable;
import org.skymi.campaign.UnitOutcome;

/**
 * How a unit's task ended: one of both is null.
 *
 * @param outcome what became of its files
 * @param failed why nothing did
 */
record UnitEnd(UnitOutcome outcome, FailedUnit failed) implements Serializable {
  static UnitEnd done(UnitOutcome outcome) {
    return new UnitEnd(outcome, null);
  }

  static UnitEnd failed(String key, String why) {
    return new UnitEnd(null, new FailedUnit(key, why));
  }

  String key() {
    return isDone() ? outcome.key() : failed.key();
  }

  boolean isDone() {
    return outcome != null;
  }
}
