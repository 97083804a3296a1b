package org.skymi.experiment;

import java.util.List;
import org.skymi.sky.memory.FrameEquations;

/**
 * One exposure of sky fibres that gave one number each: their level. A fibre's only coefficient z
 * is its level relative to the median of those that are not held out.
 *
 * @param night as yyyymmdd
 * @param number of the exposure, in order of time
 * @param frames one a spectrograph, in order
 */
public record LevelExposure(int night, long number, List<LevelFrame> frames) {
  /**
   * The sky fibres of one spectrograph.
   *
   * @param equations of one coefficient; those of held-out fibres are null
   * @param x place in the field, deg, {@code [nFibre]}
   * @param y likewise
   */
  public record LevelFrame(FrameEquations equations, double[] x, double[] y) {}
}
