package org.skymi.plate;

import java.util.Optional;
import java.util.function.IntPredicate;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.FrameLight;
import org.skymi.sky.memory.FrameMemory;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.Patterns;
import org.skymi.sky.prior.SkyBasis;

/** A frame as one fold has it, the same for all methods that correct a common sky. */
final class FoldFrame {
  final SkyBasis.Projection common;
  final ArmCorrections corrections;

  /** What its fibres say of their coefficients; empty without a base model. */
  final Optional<FrameEquations> equations;

  /** Fibres that the fold holds out. */
  final IntPredicate isHeldOut;

  /** Fibres whose coefficients are needed: the fold is asked for them, or they tell of errors. */
  final IntPredicate isWanted;

  private FrameMemory seen;

  /**
   * @param fold whose held-out fibres are asked for; -1: the fibres that no fold holds out
   * @param common the frame's sky as the fold has it
   */
  FoldFrame(FramePixels pixels, int fold, SkyBasis.Projection common) {
    this.common = common;
    Optional<PlateExposure.Seen> own = pixels.exposure.seen(fold, pixels.arm);
    boolean[] may = pixels.exposure.folds.mayTrain(fold);
    corrections =
        new ArmCorrections(
            pixels.exposure.analysis(fold),
            common.coefficients(),
            own.map(PlateExposure.Seen::patterns).orElse(Patterns.NONE),
            own.map(PlateExposure.Seen::light).orElse(FrameLight.NONE),
            pixels.corrected(fold),
            i -> may[i]);
    equations = own.map(PlateExposure.Seen::equations);
    isHeldOut = i -> fold >= 0 && pixels.fold(i) == fold;
    isWanted = i -> pixels.fold(i) == fold || corrections.teaches(i);
  }

  /**
   * The frame, of which there are equations, as the archive's memory sees it.
   *
   * @param memory the base model's one memory
   */
  FrameMemory of(LinearMemory memory) {
    if (seen == null) {
      seen = memory.of(equations.orElseThrow());
    }
    return seen;
  }
}
