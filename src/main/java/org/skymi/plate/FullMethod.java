package org.skymi.plate;

import java.util.Optional;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;
import org.skymi.sky.supersky.SpectrographSky;
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
        new FrameSkies() {
          @Override
          public Sky sky(int fibre) {
            return full(pixels.analysis(fibre), fibre);
          }

          @Override
          public Sky with(int fibre, Probe probe) {
            return full(probe.sky, fibre);
          }

          private Sky full(SpectrographSky both, int fibre) {
            return SuperSky.full(
                both, both.arm(pixels.arm).orElseThrow(), fibre, pixels.wavelength(fibre));
          }
        });
  }
}
