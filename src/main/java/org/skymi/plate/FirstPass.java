package org.skymi.plate;

import java.util.Map;
import java.util.Optional;
import org.skymi.sky.judge.HoldOut;
import org.skymi.sky.judge.Method;
import org.skymi.sky.memory.Patterns;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.survey.Arm;

/**
 * What the first pass over a plate's frames is to find.
 *
 * @param holdOut which sky fibres are held out together
 * @param pooling whether a base model's prior has a say in common skies
 * @param base model by whose memory frames will be seen
 * @param patterns of lines by arm; empty before they are learnt
 */
record FirstPass(
    HoldOut holdOut,
    boolean pooling,
    Optional<SkyModel> base,
    Optional<Map<Arm, Patterns>> patterns) {
  /** For learning patterns of lines: one estimate, from everything. */
  static final FirstPass FIRST_LOOK =
      new FirstPass(HoldOut.NONE, false, Optional.empty(), Optional.empty());

  /** For learning all else: one estimate, from everything. */
  static FirstPass learning(Map<Arm, Patterns> patterns) {
    return new FirstPass(HoldOut.NONE, false, Optional.empty(), Optional.of(patterns));
  }

  /** For a reduction. */
  static FirstPass of(ReductionOptions options, Optional<SkyModel> base) {
    boolean remembers =
        options.methods().contains(Method.MEMORY) || options.methods().contains(Method.SMI);
    return new FirstPass(
        options.holdOut(),
        options.has(ReductionOptions.Part.POOLING),
        base.filter(b -> remembers && b.memory().isPresent()),
        Optional.of(base.map(SkyModel::patterns).orElse(Map.of())));
  }

  /** Whether it is for the patterns of lines only. */
  boolean isFirstLook() {
    return patterns.isEmpty();
  }

  /** The patterns of an arm's lines. */
  Patterns patterns(Arm arm) {
    return patterns.orElse(Map.of()).getOrDefault(arm, Patterns.NONE);
  }

  boolean isLearning() {
    return holdOut == HoldOut.NONE;
  }
}
