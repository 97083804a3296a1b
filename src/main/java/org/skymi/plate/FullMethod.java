package org.skymi.plate;

import java.util.Optional;
import org.skymi.sky.judge.Method;
import org.skymi.sky.supersky.SuperSky;

/** Super Sky with every correction that one exposure allows. */
final class FullMethod implements SkyMethod {
  @Override
  public Method name() {
    return Method.FULL;
  }

  @Override
  public Optional<FrameSkies> skies(FramePixels pixels) {
    return Optional.of(
        new AnalysedSkies(
            pixels,
            (fold, both, fibre) ->
                SuperSky.full(
                    both, both.arm(pixels.arm).orElseThrow(), fibre, pixels.wavelength(fibre))));
  }
}
