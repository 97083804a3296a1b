package org.skymi.plate;

import org.skymi.sky.memory.Prediction;

/** What is known of a frame's fibres from an archive and from what the frame's fibres say. */
@FunctionalInterface
interface Foresight {
  /**
   * Coefficients by fibre's place in the equations: of those with equations once these are seen, of
   * others what is expected of them; null of fibres that are not wanted.
   *
   * @param frame that has equations, as the fold has it
   */
  Prediction[] of(FoldFrame frame, int fold);
}
