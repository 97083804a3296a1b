package org.skymi.plate;

import org.skymi.math.NormalEquations;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.Prediction;
import org.skymi.sky.prior.SkyBasis;
import org.skymi.sky.supersky.SpectrographSky;
import org.skymi.survey.FrameId;

/**
 * The skies of one frame's fibres as one fold has them, corrected by what a memory expects of each
 * fibre and by what the fibre's own line windows say. A fibre that the fold holds out tells nothing
 * of the frame's state.
 */
final class RememberedSkies {
  private final FramePixels pixels;
  private final SkyBasis.Projection sky;
  private final ArmCorrections corrections;
  private final Prediction[] expected;

  /**
   * @param fold whose held-out fibres are asked for; -1: the fibres that no fold holds out
   * @param sky the frame's common sky as the fold has it
   */
  RememberedSkies(FramePixels pixels, int fold, SkyBasis.Projection sky, LinearMemory memory) {
    this.pixels = pixels;
    this.sky = sky;
    SpectrographSky both = pixels.exposure.analysis(fold);
    corrections = new ArmCorrections(both, sky.coefficients(), pixels.corrected(fold));
    FrameId id = pixels.frame.id();
    FrameEquations equations =
        corrections.equations(
            when(id), id.spectrograph(), i -> fold >= 0 && pixels.fold(i) == fold);
    expected = memory.predict(equations, i -> true);
  }

  /** When a frame was taken. */
  static FrameEquations.When when(FrameId id) {
    return new FrameEquations.When(id.plate().lmjd(), id.lmjm());
  }

  /** The sky of a fibre. */
  Sky sky(int fibre) {
    return sky(corrections, fibre);
  }

  /** The same with an object in the fibre. */
  Sky with(int fibre, Probe probe) {
    CleanFrame with =
        pixels
            .raw
            .with(fibre, probe.object[pixels.arm.ordinal()])
            .corrected(pixels.sky(fibre).crossTalk());
    return sky(new ArmCorrections(probe.sky, sky.coefficients(), with), fibre);
  }

  private Sky sky(ArmCorrections seen, int fibre) {
    NormalEquations own = seen.ofWindows(fibre);
    return seen.sky(fibre, expected[fibre].posterior(own), sky.variance());
  }
}
