package org.skymi.plate;

import org.skymi.sky.judge.Method;
import org.skymi.sky.supersky.SuperSky;

/** Super Sky with every correction that one exposure allows. */
final class FullMethod implements SkyMethod {
  @Override
  public Method name() {
    return Method.FULL;
  }

  @Override
  public FrameSkies skies(FramePixels pixels) {
    return new AnalysedSkies(
        pixels,
        (fold, both, fibre) ->
            SuperSky.full(
                both, both.arm(pixels.arm).orElseThrow(), fibre, pixels.wavelength(fibre)));
  }
}
