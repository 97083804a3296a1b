package org.skymi.plate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.PipelineSky;
import org.skymi.sky.supersky.SuperSkyOptions;

/** The survey pipelines' Super Sky. */
final class SuperMethod implements SkyMethod {
  private final SuperSkyOptions options;

  SuperMethod(SuperSkyOptions options) {
    this.options = options;
  }

  @Override
  public Method name() {
    return Method.SUPER;
  }

  @Override
  public Optional<FrameSkies> skies(FramePixels pixels) {
    return Optional.of(new PipelineSkies(pixels));
  }

  private final class PipelineSkies implements FrameSkies {
    private final FramePixels pixels;

    /** By fold: what its sky fibres taught. */
    private final Map<Integer, PipelineSky> learnt = new HashMap<>();

    PipelineSkies(FramePixels pixels) {
      this.pixels = pixels;
    }

    private PipelineSky learnt(int fibre) {
      return learnt.computeIfAbsent(
          pixels.fold(fibre),
          f -> PipelineSky.learn(pixels.sky(fibre), pixels.corrected(f), options));
    }

    @Override
    public Sky sky(int fibre) {
      return learnt(fibre).sky(fibre, pixels.wavelength(fibre));
    }

    @Override
    public Sky with(int fibre, Probe probe) {
      ArmSky sky = pixels.sky(fibre);
      CleanFrame with =
          pixels.raw.with(fibre, probe.object[pixels.arm.ordinal()]).corrected(sky.crossTalk());
      return learnt(fibre)
          .with(probe.sky.arm(pixels.arm).orElseThrow(), with)
          .sky(fibre, pixels.wavelength(fibre));
    }

    @Override
    public void tell(Method method, RecipeBuilder recipe) {
      recipe.fibres().stream().findFirst().ifPresent(i -> recipe.scaled(learnt(i)));
    }
  }
}
