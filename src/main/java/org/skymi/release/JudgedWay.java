package org.skymi.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.skymi.math.Significance;
import org.skymi.release.ResidualSkyModel.Parts;
import org.skymi.sky.frame.LineWindow;
import org.skymi.smi.TrainingStep;

/**
 * One way to foretell the residual sky of a set's spectra, each by others, and how its faint
 * spectra fare by it.
 */
final class JudgedWay {
  private final Parts[] parts;
  private final HeldOutGain gain;

  /** {@code [spectrum][window]}, by spectra of other folds. */
  private final boolean[][] corrected;

  private final double better;
  private final boolean accepted;

  private JudgedWay(
      Parts[] parts, HeldOutGain gain, boolean[][] corrected, double better, boolean accepted) {
    this.parts = parts;
    this.gain = gain;
    this.corrected = corrected;
    this.better = better;
    this.accepted = accepted;
  }

  /**
   * Judged by the set itself.
   *
   * @param parts of each spectrum, by what has not seen it
   * @param fold of each
   */
  static JudgedWay byFolds(GriddedSpectrum[] spectra, Parts[] parts, int[] fold) {
    HeldOutGain gain = new HeldOutGain(spectra, parts);
    boolean[][] corrected = new boolean[fold.length][];
    for (int f = 0; f < ResidualSet.FOLDS; f++) {
      boolean[] windows = gain.windows(held(fold, f));
      for (int i = 0; i < fold.length; i++) {
        corrected[i] = fold[i] == f ? windows : corrected[i];
      }
    }
    double better = gain.better(corrected);
    return new JudgedWay(parts, gain, corrected, better, better >= HeldOutGain.SHARE);
  }

  /**
   * Few spectra, in windows that others have chosen.
   *
   * @param tell whether each has to show by itself, over its windows, that it gains by more than
   *     chance
   */
  static JudgedWay byOthers(
      GriddedSpectrum[] spectra, Parts[] parts, boolean[] windows, boolean tell) {
    HeldOutGain gain = new HeldOutGain(spectra, parts);
    boolean[][] corrected = new boolean[spectra.length][];
    Arrays.fill(corrected, windows);
    double better = gain.better(corrected);
    boolean accepted =
        better >= HeldOutGain.SHARE
            && (!tell || gain.significanceOver(windows) > HeldOutGain.SIGNIFICANT);
    return new JudgedWay(parts, gain, corrected, better, accepted);
  }

  private static boolean[] held(int[] fold, int f) {
    boolean[] held = new boolean[fold.length];
    for (int i = 0; i < held.length; i++) {
      held[i] = fold[i] == f;
    }
    return held;
  }

  /** Of each spectrum. */
  Parts[] parts() {
    return parts;
  }

  /** Whether anything may be taken from the set this way. */
  boolean isAccepted() {
    return accepted;
  }

  /** By window, whether it is taken from a spectrum; null if nothing is. */
  boolean[] corrected(int spectrum) {
    return accepted ? corrected[spectrum] : null;
  }

  HeldOutGain gain() {
    return gain;
  }

  /**
   * By how much faint spectra gain against another way, in standard errors.
   *
   * @param without spectra that have no say
   */
  double over(JudgedWay other, boolean[] without) {
    double[] own = gain.falls(corrected);
    double[] others = other.accepted ? other.gain.falls(other.corrected) : new double[own.length];
    return Significance.of(
        Arrays.stream(gain.faintSpectra())
            .filter(i -> !without[i])
            .mapToDouble(i -> own[i] - others[i])
            .toArray());
  }

  /** Whether it takes the place of another for the spectra of a fold, which have no say in it. */
  boolean replaces(JudgedWay other, int[] fold, int f) {
    return accepted && over(other, held(fold, f)) > HeldOutGain.SIGNIFICANT;
  }

  /**
   * What was found, of the set and of each window.
   *
   * @param stage what the set is corrected by
   * @param components of the sky in its models
   */
  List<TrainingStep> record(String stage, int components) {
    List<TrainingStep> steps = new ArrayList<>();
    steps.add(step(stage, components, 1 - better, accepted));
    boolean[] none = new boolean[corrected.length];
    for (int w = 0; w < TopocentricGrid.lines().size(); w++) {
      LineWindow line = TopocentricGrid.lines().get(w);
      double significance = gain.significance(w, none);
      String window = String.format(Locale.ROOT, "window %.0f-%.0f", line.low(), line.high());
      boolean gains = significance > HeldOutGain.SIGNIFICANT;
      steps.add(step(window, components, -significance, accepted && gains));
    }
    return steps;
  }

  /**
   * Whether it replaced another way.
   *
   * @param stage what is added to the other
   * @param components of the sky in the models below
   */
  TrainingStep recordOver(String stage, int components, JudgedWay other, int[] fold) {
    boolean any = IntStream.range(0, ResidualSet.FOLDS).anyMatch(f -> replaces(other, fold, f));
    return step(stage, components, -over(other, new boolean[fold.length]), any);
  }

  private TrainingStep step(String stage, int components, double heldOutLoss, boolean taken) {
    return new TrainingStep(
        -1,
        "c",
        stage,
        gain.faint(),
        components,
        TrainingStep.Losses.of(Double.NaN, heldOutLoss),
        taken);
  }
}
