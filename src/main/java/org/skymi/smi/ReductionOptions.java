package org.skymi.smi;

import java.io.Serializable;

/**
 * Settings of a reduction that change its numbers; part of a run's identity.
 *
 * @param seed of every random choice
 * @param fullBaseline whether the fully corrected Super Sky is estimated, too
 */
public record ReductionOptions(long seed, boolean fullBaseline) implements Serializable {
  /** The defaults. */
  public static ReductionOptions defaults() {
    return new ReductionOptions(1, false);
  }
}
