package org.skymi.plate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.prior.SkyBasis;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SkyColumns;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.sky.supersky.SuperSky;
import org.skymi.smi.SkyModel;
import org.skymi.survey.Arm;

/**
 * Every exposure's common sky as one fold has it, drawn towards what other skies look like: a base
 * model's prior, or without one the plate's other exposures and spectrographs.
 */
final class PooledSkies {
  private final int fold;
  private final Map<PlateExposure, SkyBasis.Projection[]> skies = new IdentityHashMap<>();

  /**
   * Pools.
   *
   * @param fold that is held out, -1 for none
   * @param pooling false: every sky stays as its own sky fibres have it
   * @param base model whose prior of skies is used
   */
  PooledSkies(int fold, List<PlateExposure> exposures, boolean pooling, Optional<SkyModel> base) {
    this.fold = fold;
    exposures.forEach(e -> skies.put(e, new SkyBasis.Projection[Arm.values().length]));
    for (Arm arm : Arm.values()) {
      Map<Integer, List<PlateExposure>> byGrid = new HashMap<>();
      for (PlateExposure e : exposures) {
        master(e, arm)
            .ifPresent(
                s ->
                    byGrid
                        .computeIfAbsent(s.grid().spline().size(), k -> new ArrayList<>())
                        .add(e));
      }
      byGrid.values().forEach(same -> pool(same, arm, pooling, base));
    }
  }

  private void pool(List<PlateExposure> same, Arm arm, boolean pooling, Optional<SkyModel> base) {
    List<ArmSky> masters = same.stream().map(e -> master(e, arm).orElseThrow()).toList();
    List<SkyPrior> priors = pooling ? priors(masters, base) : List.of();
    for (int k = 0; k < masters.size(); k++) {
      ArmSky s = masters.get(k);
      skies.get(same.get(k))[arm.ordinal()] =
          priors.isEmpty()
              ? new SkyBasis.Projection(s.master(), s.masterVariance(), new double[0])
              : priors.get(k).fit(s.grid(), s.normal());
    }
  }

  /** The base model's prior, or for each sky what the plate's others say of it. */
  private static List<SkyPrior> priors(List<ArmSky> masters, Optional<SkyModel> base) {
    SkyGrid grid = masters.get(0).grid();
    if (base.isPresent()) {
      return Collections.nCopies(masters.size(), base.get().prior(grid));
    }
    return masters.size() < 2
        ? List.of()
        : SkyPrior.leavingOut(
            grid,
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

  /**
   * The sky of a fibre with given coefficients of {@link SkyColumns}.
   *
   * @param both the analysis that the fibre is seen by
   * @param scaleError relative error of a scale that nothing is better than
   */
  Sky sky(FramePixels pixels, SpectrographSky both, int fibre, double[] z, double scaleError) {
    ArmSky own = both.arm(pixels.arm).orElseThrow();
    SkyBasis.Projection sky = sky(pixels.exposure, pixels.arm);
    double[] wavelength = pixels.wavelength(fibre);
    float[] flux =
        new SkyColumns(own.grid(), sky.coefficients()).sky(z, own.calibration(), fibre, wavelength);
    double scale = Math.max(scaleError, pixels.analysis(fibre).throughput(fibre).greyError());
    return new Sky(flux, SuperSky.ivar(own.grid(), sky.variance(), flux, z[0], scale, wavelength));
  }
}
