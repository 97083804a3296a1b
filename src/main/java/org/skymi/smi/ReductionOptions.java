package org.skymi.smi;

import java.io.Serializable;
import org.skymi.sky.judge.HoldOut;
import org.skymi.sky.supersky.SuperSkyOptions;

/**
 * Settings of a reduction that change its numbers; part of a run's identity.
 *
 * @param seed of every random choice
 * @param fullBaseline whether the fully corrected Super Sky is written, too
 * @param individualSteps optimiser's steps of the individual stage, for sky fibres and for each
 *     increment
 * @param commonSteps of the common stage; 0 leaves the common state out
 * @param individualWeight of the mutual information between adjoining fibres; 0 leaves the term out
 * @param injection whether objects are injected into training fibres
 * @param pooling whether exposures' skies are written on a basis learnt from all spectrographs
 * @param increments whether object fibres join the training set
 * @param objects whether object fibres take any part in training: in increments, as injected
 *     objects, in the common stage
 * @param rollback whether training steps that worsen the loss on validation sky fibres are undone
 * @param holdOut which sky fibres are held out together to judge
 * @param superSky what the Super Sky beside it does
 */
public record ReductionOptions(
    long seed,
    boolean fullBaseline,
    int individualSteps,
    int commonSteps,
    double individualWeight,
    boolean injection,
    boolean pooling,
    boolean increments,
    boolean objects,
    boolean rollback,
    HoldOut holdOut,
    SuperSkyOptions superSky)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public ReductionOptions {
    if (individualSteps < 0 || commonSteps < 0 || individualWeight < 0) {
      throw new IllegalArgumentException("steps and weights of a reduction can't be negative");
    }
    if (holdOut == HoldOut.NONE) {
      throw new IllegalArgumentException("a reduction has to hold sky fibres out");
    }
  }

  /** The defaults. */
  public static ReductionOptions defaults() {
    return new ReductionOptions(
        1,
        false,
        120,
        60,
        1e-3,
        true,
        true,
        true,
        true,
        true,
        HoldOut.BLOCKS,
        SuperSkyOptions.pipeline());
  }

  /** The same with another seed and baseline. */
  public ReductionOptions with(long otherSeed, boolean otherBaseline) {
    return new ReductionOptions(
        otherSeed,
        otherBaseline,
        individualSteps,
        commonSteps,
        individualWeight,
        injection,
        pooling,
        increments,
        objects,
        rollback,
        holdOut,
        superSky);
  }
}
