package org.skymi.plate;

import org.skymi.sky.frame.Sky;
import org.skymi.sky.supersky.SpectrographSky;

/**
 * The skies of one frame's fibres by a method that sees a fibre by the classical analysis alone.
 */
final class AnalysedSkies implements SkyMethod.FrameSkies {
  private final FramePixels pixels;
  private final ByAnalysis method;

  AnalysedSkies(FramePixels pixels, ByAnalysis method) {
    this.pixels = pixels;
    this.method = method;
  }

  /** The method. */
  @FunctionalInterface
  interface ByAnalysis {
    /** The sky of a fibre as an analysis of both arms sees it. */
    Sky sky(SpectrographSky both, int fibre);
  }

  @Override
  public Sky sky(int fibre) {
    return method.sky(pixels.analysis(fibre), fibre);
  }

  @Override
  public Sky with(int fibre, Probe probe) {
    return method.sky(probe.sky, fibre);
  }
}
