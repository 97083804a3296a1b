package org.skymi.plate;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.skymi.math.NormalEquations;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.FrameLight;
import org.skymi.sky.memory.FrameMemory;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.Patterns;
import org.skymi.sky.memory.Prediction;
import org.skymi.sky.prior.SkyBasis;
import org.skymi.sky.recipe.Rounding;

/** A frame as one fold has it, the same for all methods that correct a common sky. */
final class FoldFrame {
  /** Steps in the error of the common sky's coefficients, in which they are kept. */
  private static final int STEPS = 64;

  private final FramePixels pixels;

  /** The frame's sky in the digits that are kept of it. */
  final SkyBasis.Projection common;

  final ArmCorrections corrections;

  /** What those of its fibres that tell or are asked for say; empty without a base model. */
  final Optional<FrameEquations> equations;

  /** Fibres that the fold holds out. */
  final IntPredicate isHeldOut;

  /**
   * Fibres whose coefficients are needed, by their place in the equations: the fold is asked for
   * them, or they tell of errors.
   */
  final IntPredicate isWanted;

  private FrameMemory seen;

  /** Methods that asked for skies; one pass over a fibre's pixels makes those of all. */
  private final List<RememberedSkies> methods = new ArrayList<>();

  /** By method, the skies of the fibre that was asked for last, until they are taken. */
  private final Map<RememberedSkies, Sky> skies = new IdentityHashMap<>();

  private int fibre = -1;

  /** By fibre; null until asked for. */
  private final Look[] looks;

  /** The last one with an object in its fibre. */
  private Look probed;

  /** A fibre's pixels, the same for all methods. */
  static final class Look {
    final int fibre;
    final ArmCorrections corrections;
    private NormalEquations told;

    private Look(int fibre, ArmCorrections corrections) {
      this.fibre = fibre;
      this.corrections = corrections;
    }

    /** What the fibre's line windows say of it. */
    NormalEquations told() {
      if (told == null) {
        told = corrections.ofWindows(fibre);
      }
      return told;
    }
  }

  /**
   * @param fold whose held-out fibres are asked for; -1: the fibres that no fold holds out
   * @param common the frame's sky as the fold has it
   */
  FoldFrame(FramePixels pixels, int fold, SkyBasis.Projection common) {
    this.pixels = pixels;
    this.common = kept(common);
    Optional<PlateExposure.Seen> own = pixels.exposure.seen(fold, pixels.arm);
    boolean[] may = pixels.exposure.folds.mayTrain(fold);
    corrections =
        new ArmCorrections(
            pixels.exposure.analysis(fold),
            this.common.coefficients(),
            own.map(PlateExposure.Seen::patterns).orElse(Patterns.NONE),
            own.map(PlateExposure.Seen::light).orElse(FrameLight.NONE),
            pixels.corrected(fold),
            i -> may[i]);
    equations = own.map(PlateExposure.Seen::equations);
    looks = new Look[pixels.fibres()];
    isHeldOut = i -> fold >= 0 && pixels.fold(i) == fold;
    isWanted =
        place -> {
          int row = equations.orElseThrow().fibres()[place].row();
          return pixels.fold(row) == fold || corrections.teaches(row);
        };
  }

  /**
   * What is known of the frame's fibres, each in its row.
   *
   * @param known by their place in the equations
   * @return null of those that are not there
   */
  Prediction[] byRow(Prediction[] known) {
    Prediction[] rows = new Prediction[looks.length];
    for (int k = 0; k < known.length; k++) {
      rows[equations.orElseThrow().fibres()[k].row()] = known[k];
    }
    return rows;
  }

  private static SkyBasis.Projection kept(SkyBasis.Projection sky) {
    double[] coefficients = sky.coefficients().clone();
    double[] variance = sky.variance().clone();
    for (int k = 0; k < coefficients.length; k++) {
      coefficients[k] = (float) Rounding.inSteps(coefficients[k], variance[k], STEPS);
      variance[k] = Rounding.variance(variance[k]);
    }
    return new SkyBasis.Projection(coefficients, variance, sky.state());
  }

  /** A fibre as it is. */
  Look at(int of) {
    if (looks[of] == null) {
      looks[of] = new Look(of, corrections);
    }
    return looks[of];
  }

  /** A fibre that is held out with an object in it. */
  Look with(int of, Probe probe) {
    if (probed == null || probed.fibre != of) {
      CleanFrame with =
          pixels
              .raw
              .with(of, probe.object[pixels.arm.ordinal()])
              .corrected(pixels.sky(of).crossTalk());
      probed = new Look(of, corrections.with(probe.sky, with));
    }
    return probed;
  }

  /** The sky of a living fibre that the fold is asked for, by a method. */
  Sky sky(RememberedSkies method, int of) {
    if (!methods.contains(method)) {
      methods.add(method);
    }
    if (fibre != of || !skies.containsKey(method)) {
      skies.clear();
      fibre = of;
      List<Sky> drawn =
          corrections.skies(of, methods.stream().map(m -> m.of(of)).toList(), common.variance());
      for (int m = 0; m < drawn.size(); m++) {
        skies.put(methods.get(m), drawn.get(m));
      }
    }
    return skies.remove(method);
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
