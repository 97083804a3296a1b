package org.skymi.plate;

import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.Prediction;

/** What is known of a frame's fibres from an archive and from what the frame's fibres say. */
@FunctionalInterface
interface Foresight {
  /**
   * Coefficients by fibre: of those with equations once these are seen, of others what is expected
   * of them.
   *
   * @param fold as which the frame is seen
   */
  Prediction[] of(FrameEquations frame, int fold);
}
