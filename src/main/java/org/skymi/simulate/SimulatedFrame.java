package org.skymi.simulate;

import org.skymi.survey.Frame;

/**
 * A frame and its truth, kept apart so that no estimator is handed the truth by accident.
 *
 * @param frame what is observed
 * @param truthSky noiseless sky as each fibre records it, electron, {@code [nFibre][nPixel]}:
 *     throughput, line spread and true wavelengths included, cross-talk not, and the scattered
 *     light of the whole frame: what must be taken off; 0 for dead fibres
 * @param truth what is true of its fibres
 * @param hidden what made them so, by effect; nothing in the matched world
 */
public record SimulatedFrame(Frame frame, float[][] truthSky, Truth truth, Hidden hidden) {}
