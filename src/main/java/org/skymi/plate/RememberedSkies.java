package org.skymi.plate;

import org.skymi.math.Binary;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.Method;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.Prediction;
import org.skymi.sky.memory.Slack;
import org.skymi.sky.recipe.FibreRecipe;

/**
 * The skies of one frame's fibres as one fold has them, corrected by what an archive expects of
 * each fibre and by what the fibre's own line windows say. A fibre that the fold holds out tells
 * nothing of any other.
 */
final class RememberedSkies {
  private final FoldFrame frame;

  /** By fibre: what is expected of those held out, what is known of the others. */
  private final Prediction[] known;

  /** What no coefficient explains. */
  private final Slack slack;

  /** By fibre, what of it is kept; null until asked for. */
  private final Prediction[] kept;

  /**
   * @param known by fibre, of those with equations once these are seen
   */
  RememberedSkies(FoldFrame frame, Prediction[] known) {
    this.frame = frame;
    this.known = known;
    this.slack = frame.corrections.slack(known);
    this.kept = new Prediction[known.length];
  }

  /** The sky of a living fibre that the fold is asked for. */
  Sky sky(int fibre) {
    return frame.sky(this, fibre);
  }

  /** What the sky of a living fibre that the fold is asked for is drawn from. */
  ArmCorrections.Known of(int fibre) {
    return new ArmCorrections.Known(kept(fibre), slack);
  }

  /** The same with an object in a fibre that is held out. */
  Sky with(int fibre, Probe probe) {
    FoldFrame.Look look = frame.with(fibre, probe);
    return look.corrections.sky(fibre, z(look), frame.common.variance(), slack);
  }

  /** Tells what the skies of the fibres that the fold is asked for are drawn from. */
  void tell(Method method, RecipeBuilder recipe) {
    recipe.corrected(method, frame.corrections, frame.common.variance(), slack, this::kept);
  }

  private Prediction kept(int fibre) {
    if (kept[fibre] == null) {
      kept[fibre] = z(frame.at(fibre));
    }
    return kept[fibre];
  }

  /** A fibre's coefficients in the digits that are kept of them. */
  private Prediction z(FoldFrame.Look look) {
    boolean isToTell = frame.isHeldOut.test(look.fibre) && frame.equations.isPresent();
    Prediction before = known[look.fibre];
    Prediction z = isToTell ? before.posterior(look.told()) : before;
    FibreRecipe.Correction kept = FibreRecipe.Correction.of(z.mean(), z.covariance());
    return new Prediction(Binary.doubles(kept.mean()), kept.covariance());
  }
}
