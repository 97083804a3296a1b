package org.skymi.plate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skymi.sky.prior.SkyBasis;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.survey.Arm;

/**
 * Every exposure's common sky as one fold has it, drawn towards what the skies of the plate's other
 * exposures and spectrographs look like; where the first pass drew it towards a base model's, that
 * one.
 */
final class PooledSkies {
  private final int fold;
  private final Map<PlateExposure, SkyBasis.Projection[]> skies = new IdentityHashMap<>();

  /**
   * Pools.
   *
   * @param fold that is held out, -1 for none
   * @param pooling false: every sky stays as its own sky fibres have it
   */
  PooledSkies(int fold, List<PlateExposure> exposures, boolean pooling) {
    this.fold = fold;
    List<Arm> arms =
        exposures.stream().flatMap(e -> e.instrument.arms().stream()).distinct().sorted().toList();
    exposures.forEach(e -> skies.put(e, new SkyBasis.Projection[arms.size()]));
    for (Arm arm : arms) {
      for (PlateExposure e : exposures) {
        e.seen(fold, arm).ifPresent(seen -> skies.get(e)[arm.ordinal()] = seen.common());
      }
      Map<Integer, List<PlateExposure>> byGrid = new HashMap<>();
      for (PlateExposure e : exposures) {
        if (sky(e, arm) == null) {
          master(e, arm)
              .ifPresent(
                  s ->
                      byGrid
                          .computeIfAbsent(s.grid().spline().size(), k -> new ArrayList<>())
                          .add(e));
        }
      }
      byGrid.values().forEach(same -> pool(same, arm, pooling));
    }
  }

  private void pool(List<PlateExposure> same, Arm arm, boolean pooling) {
    List<ArmSky> masters = same.stream().map(e -> master(e, arm).orElseThrow()).toList();
    List<SkyPrior> priors = pooling ? priors(masters) : List.of();
    for (int k = 0; k < masters.size(); k++) {
      ArmSky s = masters.get(k);
      skies.get(same.get(k))[arm.ordinal()] =
          priors.isEmpty()
              ? new SkyBasis.Projection(s.master(), s.masterVariance(), new double[0])
              : priors.get(k).fit(s.grid(), s.normal());
    }
  }

  /** What of each sky the plate's others say. */
  private static List<SkyPrior> priors(List<ArmSky> masters) {
    return masters.size() < 2
        ? List.of()
        : SkyPrior.leavingOut(
            masters.get(0).grid(),
            masters.stream().map(ArmSky::master).toList(),
            masters.stream().map(ArmSky::masterVariance).toList(),
            SkyPrior.MOST_COMPONENTS);
  }

  private Optional<ArmSky> master(PlateExposure e, Arm arm) {
    return e.analysis(fold).arm(arm).filter(ArmSky::hasSky);
  }

  /** An exposure's common sky in an arm; null where there is none. */
  SkyBasis.Projection sky(PlateExposure exposure, Arm arm) {
    return skies.get(exposure)[arm.ordinal()];
  }
}
