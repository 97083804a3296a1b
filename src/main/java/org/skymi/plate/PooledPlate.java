package org.skymi.plate;

import java.util.ArrayList;
import java.util.List;

/** A plate's pooled skies: for every fold, and from everything. */
final class PooledPlate {
  private final List<PooledSkies> folds = new ArrayList<>();
  private final PooledSkies everything;

  /**
   * Pools.
   *
   * @param pooling see {@link PooledSkies}
   */
  PooledPlate(List<PlateExposure> exposures, boolean pooling) {
    int count = exposures.stream().mapToInt(e -> e.folds.count()).max().orElse(0);
    for (int fold = 0; fold < count; fold++) {
      folds.add(new PooledSkies(fold, exposures, pooling));
    }
    everything = new PooledSkies(-1, exposures, pooling);
  }

  /** The skies that never saw a fibre, if it is a sky fibre that some fold holds out. */
  PooledSkies of(int fold) {
    return fold < 0 ? everything : folds.get(fold);
  }
}
