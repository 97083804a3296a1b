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
    // Nothing is remembered of co-added spectra, whose pixels hold most of a line.
    // Frames have equations only where there is a memory.
    return pixels.raw.isCoadd()
        ? new FullMethod().skies(pixels)
        : Optional.of(
            new ForeseenSkies(
                pixels,
                pooled,
                (frame, fold) -> frame.of(memory.orElseThrow()).posterior(frame.isWanted)));
  }
}
