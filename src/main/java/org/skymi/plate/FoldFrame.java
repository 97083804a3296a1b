package org.skymi.plate;

import java.util.Optional;
import java.util.function.IntPredicate;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.Patterns;
import org.skymi.sky.prior.SkyBasis;

/** A frame as one fold has it, the same for all methods that correct a common sky. */
final class FoldFrame {
  final SkyBasis.Projection common;
  final Patterns patterns;
  final ArmCorrections corrections;

  /** What its fibres say of their coefficients; empty without a base model. */
  final Optional<FrameEquations> equations;

  /** Fibres that the fold is asked for. */
  final IntPredicate isAsked;

  /** Fibres, all of them asked for, that the fold holds out. */
  final IntPredicate isHeldOut;

  /**
   * @param fold whose held-out fibres are asked for; -1: the fibres that no fold holds out
   * @param common the frame's sky as the fold has it
   */
  FoldFrame(FramePixels pixels, int fold, SkyBasis.Projection common) {
    this.common = common;
    isAsked = i -> pixels.fold(i) == fold;
    isHeldOut = fold < 0 ? i -> false : isAsked;
    Optional<PlateExposure.Seen> seen = pixels.exposure.seen(fold, pixels.arm);
    patterns = seen.map(PlateExposure.Seen::patterns).orElse(Patterns.NONE);
    boolean[] may = pixels.exposure.folds.mayTrain(fold);
    corrections =
        new ArmCorrections(
            pixels.exposure.analysis(fold),
            common.coefficients(),
            patterns,
            pixels.corrected(fold),
            i -> may[i]);
    equations = seen.map(PlateExposure.Seen::equations);
  }
}
