package org.skymi.smi;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.skymi.sky.judge.HoldOut;
import org.skymi.sky.judge.Method;
import org.skymi.sky.supersky.SuperSkyOptions;

/**
 * Settings of a reduction that change its numbers; part of a run's identity.
 *
 * @param seed of every random choice
 * @param methods that are run
 * @param training how long and on what networks are trained
 * @param parts what is not left out
 * @param holdOut which sky fibres are held out together to judge
 * @param superSky what the Super Sky beside it does
 */
public record ReductionOptions(
    long seed,
    Set<Method> methods,
    Training training,
    Set<Part> parts,
    HoldOut holdOut,
    SuperSkyOptions superSky)
    implements Serializable {

  /**
   * How networks are trained.
   *
   * @param epochs over an archive's frames
   * @param commonWeight of the mutual information between halves of an exposure's fibres
   * @param individualWeight of the bounds on that of fibres' own parts, with each other and with
   *     the common one
   * @param adaptationSteps of the optimiser in each increment of a plate at the most; 0 leaves
   *     networks as they came from the archive
   * @param fewestVisits of an archive's sky fibres to an arm that networks are trained on; of fewer
   *     there are none
   */
  public record Training(
      int epochs,
      double commonWeight,
      double individualWeight,
      int adaptationSteps,
      int fewestVisits)
      implements Serializable {
    /**
     * @throws IllegalArgumentException if a number is negative
     */
    public Training {
      boolean isNegative = epochs < 0 || adaptationSteps < 0 || fewestVisits < 0;
      if (isNegative || commonWeight < 0 || individualWeight < 0) {
        throw new IllegalArgumentException("numbers of a training can't be negative");
      }
    }
  }

  /** Parts of a reduction that can be left out, to see what they are worth. */
  public enum Part {
    /** Exposures' skies are drawn towards what others are like. */
    POOLING,

    /** Object fibres join a plate's training. */
    INCREMENTS,

    /** Training steps that don't help held-out sky fibres are undone. */
    ROLLBACK;

    /** Its name in settings and model cards. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws IllegalArgumentException if no sky fibres are held out
   */
  public ReductionOptions {
    EnumSet<Part> own = EnumSet.noneOf(Part.class);
    own.addAll(parts);
    parts = Collections.unmodifiableSet(own);
    if (holdOut == HoldOut.NONE) {
      throw new IllegalArgumentException("a reduction has to hold sky fibres out");
    }
  }

  /** The defaults. */
  public static ReductionOptions defaults() {
    return new ReductionOptions(
        1,
        Method.defaults(),
        new Training(20, 0.1, 2e-3, 4, 200),
        EnumSet.allOf(Part.class),
        HoldOut.BLOCKS,
        SuperSkyOptions.pipeline());
  }

  /** Whether a part is not left out. */
  public boolean has(Part part) {
    return parts.contains(part);
  }

  /** The same with another seed and other methods. */
  public ReductionOptions with(long otherSeed, Set<Method> otherMethods) {
    return new ReductionOptions(otherSeed, otherMethods, training, parts, holdOut, superSky);
  }

  /** The same with other training. */
  public ReductionOptions with(Training other) {
    return new ReductionOptions(seed, methods, other, parts, holdOut, superSky);
  }

  /** The same without a part. */
  public ReductionOptions without(Part part) {
    EnumSet<Part> rest = EnumSet.noneOf(Part.class);
    rest.addAll(parts);
    rest.remove(part);
    return new ReductionOptions(seed, methods, training, rest, holdOut, superSky);
  }

  /** The same with other fibres held out. */
  public ReductionOptions with(HoldOut other) {
    return new ReductionOptions(seed, methods, training, parts, other, superSky);
  }

  /** How networks adapt to a plate. */
  public Adaptation adaptation() {
    return new Adaptation(training.adaptationSteps, has(Part.INCREMENTS), has(Part.ROLLBACK), seed);
  }

  /** Networks of an arm, to be trained on an archive. */
  public NetworkSettings networks(NetworkSettings.Sizes sizes) {
    NetworkSettings settings = NetworkSettings.of(sizes, seed);
    return settings
        .with(settings.terms().weighing(training.commonWeight, training.individualWeight))
        .with(settings.training().of(training.epochs));
  }

  /** Every value by its name. */
  public Map<String, String> byName() {
    Map<String, String> values = new TreeMap<>();
    values.put("seed", String.valueOf(seed));
    values.put("methods", String.valueOf(methods));
    values.put("epochs", String.valueOf(training.epochs));
    values.put("commonWeight", String.valueOf(training.commonWeight));
    values.put("individualWeight", String.valueOf(training.individualWeight));
    values.put("adaptationSteps", String.valueOf(training.adaptationSteps));
    values.put("fewestVisits", String.valueOf(training.fewestVisits));
    for (Part part : Part.values()) {
      values.put(part.label(), String.valueOf(has(part)));
    }
    values.put("holdOut", String.valueOf(holdOut));
    values.put("superSky", String.valueOf(superSky));
    return values;
  }
}
