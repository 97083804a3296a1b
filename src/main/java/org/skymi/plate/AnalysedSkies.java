package org.skymi.plate;

import java.util.HashMap;
import java.util.Map;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.CoaddComponents;
import org.skymi.sky.supersky.LineComponents;
import org.skymi.sky.supersky.SpectrographSky;

/**
 * The skies of one frame's fibres by a method that sees a fibre by the classical analysis alone.
 *
 * <p>Of co-added spectra {@link CoaddComponents} are added as far as the fibre's own lines have
 * them.
 */
final class AnalysedSkies implements SkyMethod.FrameSkies {
  private final FramePixels pixels;
  private final ByAnalysis method;

  /** By fold: what is learnt from all other fibres. */
  private final Map<Integer, LineComponents> components = new HashMap<>();

  /** By fibre: its share of each component. */
  private final Map<Integer, double[]> shares = new HashMap<>();

  AnalysedSkies(FramePixels pixels, ByAnalysis method) {
    this.pixels = pixels;
    this.method = method;
  }

  /** The method. */
  @FunctionalInterface
  interface ByAnalysis {
    /** The sky of a fibre as a fold's analysis of all arms sees it. */
    Sky sky(int fold, SpectrographSky both, int fibre);
  }

  @Override
  public Sky sky(int fibre) {
    int fold = pixels.fold(fibre);
    Sky sky = method.sky(fold, pixels.analysis(fibre), fibre);
    shares.put(fibre, components(fold).addTo(sky.flux(), fibre));
    return sky;
  }

  @Override
  public Sky with(int fibre, Probe probe) {
    int fold = pixels.fold(fibre);
    Sky sky = method.sky(fold, probe.sky, fibre);
    ArmSky arm = probe.sky.arm(pixels.arm).orElseThrow();
    CleanFrame with =
        pixels.raw.with(fibre, probe.object[pixels.arm.ordinal()]).corrected(arm.crossTalk());
    components(fold).with(with, arm.calibration()).addTo(sky.flux(), fibre);
    return sky;
  }

  @Override
  public void tell(Method name, RecipeBuilder recipe) {
    recipe.full(name, components(recipe.fold()), shares);
  }

  private LineComponents components(int fold) {
    return pixels.raw.isCoadd()
        ? components.computeIfAbsent(fold, this::learn)
        : LineComponents.NONE;
  }

  private LineComponents learn(int fold) {
    SpectrographSky both = pixels.exposure.analysis(fold);
    ArmSky own = both.arm(pixels.arm).orElseThrow();
    return CoaddComponents.learn(
        pixels.corrected(fold), own, i -> method.sky(fold, both, i).flux());
  }
}
