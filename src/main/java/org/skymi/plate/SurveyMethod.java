package org.skymi.plate;

import java.util.Optional;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;

/**
 * The sky that the survey's own pipeline subtracted, as its files have it; it estimates nothing.
 */
final class SurveyMethod implements SkyMethod {
  @Override
  public Method name() {
    return Method.SURVEY;
  }

  @Override
  public Optional<FrameSkies> skies(FramePixels pixels) {
    return pixels.frame.surveySky().map(SurveyMethod::skies);
  }

  private static FrameSkies skies(float[][] sky) {
    return new FrameSkies() {
      @Override
      public Sky sky(int fibre) {
        // How well it is known is not told.
        return new Sky(sky[fibre].clone(), new float[sky[fibre].length]);
      }

      @Override
      public Sky with(int fibre, Probe probe) {
        return Sky.unknown(sky[fibre].length);
      }

      @Override
      public void tell(Method method, RecipeBuilder recipe) {
        // It is in the input.
      }
    };
  }
}
