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
   * @param individualSteps optimiser's steps of the individual stage, for sky fibres and for each
   *     increment
   * @param commonSteps of the common stage; 0 leaves the common state out
   * @param individualWeight of the mutual information between adjoining fibres; 0 leaves the term
   *     out
   */
  public record Training(int individualSteps, int commonSteps, double individualWeight)
      implements Serializable {
    /**
     * @throws IllegalArgumentException if a number is negative
     */
    public Training {
      if (individualSteps < 0 || commonSteps < 0 || individualWeight < 0) {
        throw new IllegalArgumentException("steps and weights of a reduction can't be negative");
      }
    }
  }

  /** Parts of a reduction that can be left out, to see what they are worth. */
  public enum Part {
    /** Objects are injected into training fibres. */
    INJECTION,

    /** Exposures' skies are written on a basis learnt from all spectrographs. */
    POOLING,

    /** Object fibres join the training set. */
    INCREMENTS,

    /**
     * Object fibres take part in training: in increments, as injected objects, in the common stage.
     */
    OBJECTS,

    /** Training steps that worsen the loss on validation sky fibres are undone. */
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
        new Training(120, 60, 1e-3),
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

  /** Every value by its name. */
  public Map<String, String> byName() {
    Map<String, String> values = new TreeMap<>();
    values.put("seed", String.valueOf(seed));
    values.put("methods", String.valueOf(methods));
    values.put("individualSteps", String.valueOf(training.individualSteps));
    values.put("commonSteps", String.valueOf(training.commonSteps));
    values.put("individualWeight", String.valueOf(training.individualWeight));
    for (Part part : Part.values()) {
      values.put(part.label(), String.valueOf(has(part)));
    }
    values.put("holdOut", String.valueOf(holdOut));
    values.put("superSky", String.valueOf(superSky));
    return values;
  }
}
