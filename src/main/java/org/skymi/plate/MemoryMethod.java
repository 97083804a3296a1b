package org.skymi.plate;

import java.util.Optional;
import org.skymi.sky.judge.Method;
import org.skymi.sky.memory.LinearMemory;

/**
 * The full Super Sky on a common sky that is drawn towards what other skies look like, and, where a
 * base model has a memory of the fibres, corrected by it.
 */
final class MemoryMethod implements SkyMethod {
  private final PooledPlate pooled;
  private final Optional<LinearMemory> memory;

  MemoryMethod(PooledPlate pooled, Optional<LinearMemory> memory) {
    this.pooled = pooled;
    this.memory = memory;
  }

  @Override
  public Method name() {
    return Method.MEMORY;
  }

  @Override
  public Optional<FrameSkies> skies(FramePixels pixels) {
    // Of co-added spectra no archive is remembered, and full makes more of their pixels.
    // Frames have equations only where there is a memory.
    return pixels.raw.isCoadd()
        ? Optional.empty()
        : Optional.of(
            new ForeseenSkies(
                pixels, pooled, (frame, fold) -> memory.orElseThrow().posterior(frame, i -> true)));
  }
}
