package org.skymi.plate;

import java.util.EnumMap;
import java.util.Map;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;
import org.skymi.survey.Arm;

/** The networks' coefficients on the memory's common sky. */
final class SmiMethod implements SkyMethod {
  private final PooledPlate pooled;
  private final PlateNetworks networks;
  private final Map<Arm, Double> scaleError = new EnumMap<>(Arm.class);

  SmiMethod(PooledPlate pooled, PlateNetworks networks) {
    this.pooled = pooled;
    this.networks = networks;
    for (Arm arm : Arm.values()) {
      scaleError.put(
          arm,
          ScaleError.of(
              pooled.exposures(), (fold, e, i) -> networks.of(fold).coefficients(e, i), arm));
    }
  }

  @Override
  public Method name() {
    return Method.SMI;
  }

  @Override
  public FrameSkies skies(FramePixels pixels) {
    return new FrameSkies() {
      @Override
      public Sky sky(int fibre) {
        double[] z =
            networks.of(pixels.fold(fibre)).coefficients(pixels.exposure, fibre, pixels.arm);
        return pooled
            .of(pixels.fold(fibre))
            .sky(pixels, pixels.analysis(fibre), fibre, z, scaleError.get(pixels.arm));
      }

      @Override
      public Sky with(int fibre, Probe probe) {
        double[] z = networks.of(pixels.fold(fibre)).probed(pixels.exposure, fibre, pixels.arm);
        return pooled
            .of(pixels.fold(fibre))
            .sky(pixels, probe.sky, fibre, z, scaleError.get(pixels.arm));
      }
    };
  }
}
