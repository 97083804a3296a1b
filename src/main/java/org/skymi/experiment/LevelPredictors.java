package org.skymi.experiment;

import java.util.ArrayList;
import java.util.List;

/** The predictors of the table, each better than the one before. */
public final class LevelPredictors {
  private LevelPredictors() {}

  /** All that need no networks. */
  public static List<LevelPredictor> all() {
    return new ArrayList<>(LevelBaselines.all());
  }
}
