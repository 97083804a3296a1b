package org.skymi.experiment;

import java.util.List;

/** A way to foretell the level of a sky fibre that is held out. */
public interface LevelPredictor {
  /** Its name in the table. */
  String name();

  /**
   * Learns from whole exposures.
   *
   * @param exposures of other nights than those that will be foretold, nothing held out
   */
  Fitted learn(List<LevelExposure> exposures);

  /** What has learnt. */
  interface Fitted {
    /**
     * Foretells z of all fibres of an exposure; of those held out it has no equations.
     *
     * @return {@code [nFrame][nFibre]}; only those held out are judged
     */
    double[][] predict(LevelExposure exposure);
  }
}
