package org.skymi.plate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.skymi.sky.judge.Method;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.smi.FibreFeatures;
import org.skymi.smi.Observation;
import org.skymi.survey.Arm;

/**
 * The full Super Sky on a common sky that is drawn towards what other skies look like, and, where a
 * base model has a memory of the fibres, corrected by it.
 */
final class MemoryMethod implements SkyMethod {
  private final PooledPlate pooled;
  private final Optional<LinearMemory> memory;
  private final Map<Arm, Double> scaleError = new EnumMap<>(Arm.class);

  MemoryMethod(PooledPlate pooled, Optional<LinearMemory> memory) {
    this.pooled = pooled;
    this.memory = memory;
    if (memory.isEmpty()) {
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
  }

  @Override
  public Method name() {
    return Method.MEMORY;
  }

  @Override
  public FrameSkies skies(FramePixels pixels) {
    return memory
        .<FrameSkies>map(m -> new ForeseenSkies(pixels, pooled, f -> m.posterior(f, i -> true)))
        .orElseGet(() -> alone(pixels));
  }

  private FrameSkies alone(FramePixels pixels) {
    return new AnalysedSkies(
        pixels,
        (fold, both, fibre) -> {
          double[] z =
              both.coefficients(
                  pixels.arm, fibre, both.amplitudes(fibre), both.amplitudeErrors(fibre));
          return pooled
              .of(fold)
              .sky(pixels, both, fibre, z, scaleError.get(pixels.arm));
        });
  }
}
