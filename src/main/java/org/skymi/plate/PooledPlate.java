package org.skymi.plate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skymi.math.BandedNormal;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.prior.Companions;
import org.skymi.smi.SkyModel;

/** A plate's pooled skies: for every fold, and from everything. */
final class PooledPlate {
  private final List<PooledSkies> folds = new ArrayList<>();
  private final PooledSkies everything;
  private final List<PlateExposure> exposures;
  private final Optional<SkyModel> base;

  /**
   * Pools.
   *
   * @param pooling see {@link PooledSkies}
   * @param base model that knows how alike the skies of an exposure's spectrographs are, if any
   */
  PooledPlate(List<PlateExposure> exposures, boolean pooling, Optional<SkyModel> base) {
    this.exposures = List.copyOf(exposures);
    this.base = base;
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

  /** What the other spectrographs of an exposure say of a spectrograph's sky. */
  Optional<Companions> companions(PlateExposure own, SkyGrid grid) {
    List<BandedNormal> others =
        exposures.stream()
            .filter(e -> e != own && e.exposure == own.exposure)
            .flatMap(e -> e.told(grid.arm()).stream())
            .filter(n -> n.size() == grid.spline().size())
            .toList();
    return own.told(grid.arm()).isEmpty() || others.isEmpty()
        ? Optional.empty()
        : Companions.of(base.orElseThrow().prior(grid), grid, others);
  }
}
