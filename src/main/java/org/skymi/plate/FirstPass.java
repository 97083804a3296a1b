package org.skymi.plate;

import java.util.Optional;
import org.skymi.sky.judge.HoldOut;
import org.skymi.sky.judge.Method;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;

/**
 * What the first pass over a plate's frames is to find.
 *
 * @param holdOut which sky fibres are held out together
 * @param pooling whether a base model's prior has a say in common skies
 * @param base model by whose memory frames will be seen
 */
record FirstPass(HoldOut holdOut, boolean pooling, Optional<SkyModel> base) {
  /** For learning: one estimate, from everything. */
  static final FirstPass LEARNING = new FirstPass(HoldOut.NONE, false, Optional.empty());

  /** For a reduction. */
  static FirstPass of(ReductionOptions options, Optional<SkyModel> base) {
    boolean remembers =
        options.methods().contains(Method.MEMORY) || options.methods().contains(Method.SMI);
    return new FirstPass(
        options.holdOut(),
        options.has(ReductionOptions.Part.POOLING),
        base.filter(b -> remembers && b.memory().isPresent()));
  }

  boolean isLearning() {
    return holdOut == HoldOut.NONE;
  }
}
