package org.skymi.plate;

import java.util.EnumMap;
import java.util.Map;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.smi.FibreFeatures;
import org.skymi.smi.Observation;
import org.skymi.survey.Arm;

/** The full Super Sky on a common sky that is drawn towards what other skies look like. */
final class MemoryMethod implements SkyMethod {
  private final PooledPlate pooled;
  private final Map<Arm, Double> scaleError = new EnumMap<>(Arm.class);

  MemoryMethod(PooledPlate pooled) {
    this.pooled = pooled;
    for (Arm arm : Arm.values()) {
      scaleError.put(
          arm,
          ScaleError.of(
              pooled.exposures(),
              (fold, e, i) ->
                  FibreFeatures.classical(Observation.of(e.analysis(fold), i, e.exposure)),
              arm));
    }
  }

  @Override
  public Method name() {
    return Method.MEMORY;
  }

  @Override
  public FrameSkies skies(FramePixels pixels) {
    return new FrameSkies() {
      @Override
      public Sky sky(int fibre) {
        return of(pixels.analysis(fibre), fibre);
      }

      @Override
      public Sky with(int fibre, Probe probe) {
        return of(probe.sky, fibre);
      }

      private Sky of(SpectrographSky both, int fibre) {
        double[] z =
            both.coefficients(
                pixels.arm, fibre, both.amplitudes(fibre), both.amplitudeErrors(fibre));
        return pooled
            .of(pixels.fold(fibre))
            .sky(pixels, both, fibre, z, scaleError.get(pixels.arm));
      }
    };
  }
}
