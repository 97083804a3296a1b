package org.skymi.plate;

import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.Patterns;
import org.skymi.sky.memory.Prediction;
import org.skymi.sky.prior.SkyBasis;

/**
 * The skies of one frame's fibres as one fold has them, corrected by what an archive expects of
 * each fibre and by what the fibre's own line windows say. A fibre that the fold holds out tells
 * nothing of any other.
 */
final class RememberedSkies {
  private final FramePixels pixels;
  private final SkyBasis.Projection common;
  private final Patterns patterns;

  /** By fibre: what is expected of those held out, what is known of the others. */
  private final Prediction[] known;

  /** By fibre, of those that the fold is asked for. */
  private final Sky[] skies;

  /**
   * @param known by fibre, of those with equations once these are seen
   */
  RememberedSkies(FramePixels pixels, FoldFrame frame, Prediction[] known) {
    this.pixels = pixels;
    this.common = frame.common;
    this.patterns = frame.patterns;
    this.known = known;
    Prediction[] z = known.clone();
    for (int i = 0; i < z.length; i++) {
      if (frame.isHeldOut.test(i) && pixels.isAlive(i)) {
        z[i] = known[i].posterior(frame.corrections.ofWindows(i));
      }
    }
    skies = frame.corrections.skies(z, common.variance(), frame.isAsked);
  }

  /** The sky of a fibre that the fold is asked for. */
  Sky sky(int fibre) {
    return skies[fibre];
  }

  /** The same with an object in a fibre that is held out. */
  Sky with(int fibre, Probe probe) {
    CleanFrame with =
        pixels
            .raw
            .with(fibre, probe.object[pixels.arm.ordinal()])
            .corrected(pixels.sky(fibre).crossTalk());
    boolean[] may = pixels.exposure.folds.mayTrain(pixels.fold(fibre));
    ArmCorrections seen =
        new ArmCorrections(probe.sky, common.coefficients(), patterns, with, i -> may[i]);
    Prediction[] z = known.clone();
    z[fibre] = known[fibre].posterior(seen.ofWindows(fibre));
    return seen.skies(z, common.variance(), i -> i == fibre)[fibre];
  }
}
