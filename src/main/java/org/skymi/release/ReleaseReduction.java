package org.skymi.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.skymi.release.ResidualSkyModel.Parts;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.ResidualStatistics;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Instrument;
import org.skymi.survey.ReleaseSpectrum;

/**
 * Models the sky that a survey's pipeline left in the released spectra of one spectrograph, in the
 * windows of sky lines.
 *
 * <p>Everything a fibre is corrected by is learnt from other fibres (folds), and how much of it the
 * fibre has, from the fibre's other windows. Windows in which the faint spectra of the other folds
 * gain nothing stay as they are, and so does the whole set unless four in five of its faint spectra
 * gain. Too few spectra are corrected by what other spectrographs of their plate have in common,
 * with an error that says so, if they gain by it.
 *
 * <p>Statistics before and after are those of the windows without the lines and bands that objects
 * have, as far as the model knows them; they are the same in both.
 */
public final class ReleaseReduction {
  /** Fewer spectra than this can't tell sky from objects: they need others of their plate. */
  public static final int FEWEST = 12;

  private final ReductionOptions options;

  public ReleaseReduction(ReductionOptions options) {
    this.options = options;
  }

  /**
   * What a reduction of released spectra gives.
   *
   * @param fibres one result per spectrum, in order; {@link Method#SUPER} is the spectrum as
   *     released (a sky of zero), {@link Method#MEMORY} the modelled residual sky, with ivar 0
   *     where nothing is corrected
   * @param training what held-out faint spectra gained: of the whole set, and of each window
   */
  public record Result(List<FibreResult> fibres, List<TrainingStep> training) {}

  /** Number of windows of sky lines that are looked at. */
  public static int windowCount() {
    return TopocentricGrid.lines().size();
  }

  /**
   * Reduces the spectra of one plate and spectrograph, of one version of the survey's pipeline.
   *
   * @param spectra any number
   * @param base spectra of the plate's other spectrographs, of the same version: what too few
   *     spectra are corrected by
   */
  public Result reduce(List<ReleaseSpectrum> spectra, List<ReleaseSpectrum> base) {
    GriddedSpectrum[] gridded = gridded(spectra);
    if (gridded.length >= FEWEST) {
      return result(spectra, gridded, judge(gridded));
    }
    if (base.size() >= FEWEST) {
      return result(spectra, gridded, few(gridded, gridded(base)));
    }
    Parts[] parts = new Parts[gridded.length];
    Arrays.fill(parts, Parts.none());
    return result(spectra, gridded, new Judged(parts, null, List.of()));
  }

  private static GriddedSpectrum[] gridded(List<ReleaseSpectrum> spectra) {
    return spectra.stream().map(GriddedSpectrum::new).toArray(GriddedSpectrum[]::new);
  }

  /**
   * What may be taken from the spectra of a set.
   *
   * @param parts of each spectrum
   * @param corrected {@code [spectrum][window]}, null if the set is left alone
   */
  private record Judged(Parts[] parts, boolean[][] corrected, List<TrainingStep> training) {}

  /** Every spectrum by models of others, which others have judged. */
  private Judged judge(GriddedSpectrum[] gridded) {
    int n = gridded.length;
    int[] fold = ResidualSet.folds(n, options.seed());
    Parts[] parts = new Parts[n];
    for (int f = 0; f < ResidualSet.FOLDS; f++) {
      int held = f;
      ResidualSkyModel model =
          ResidualSkyModel.learn(
              IntStream.range(0, n)
                  .filter(i -> fold[i] != held)
                  .mapToObj(i -> gridded[i])
                  .toList());
      for (int i = 0; i < n; i++) {
        parts[i] = fold[i] == f ? model.predict(gridded[i], ResidualSet.PARTS) : parts[i];
      }
    }
    HeldOutGain gain = new HeldOutGain(gridded, parts);
    boolean[][] corrected = new boolean[n][];
    for (int f = 0; f < ResidualSet.FOLDS; f++) {
      boolean[] held = new boolean[n];
      for (int i = 0; i < n; i++) {
        held[i] = fold[i] == f;
      }
      boolean[] windows = gain.windows(held);
      for (int i = 0; i < n; i++) {
        corrected[i] = held[i] ? windows : corrected[i];
      }
    }
    double better = gain.better(corrected);
    boolean accepted = better >= HeldOutGain.SHARE;
    List<TrainingStep> training = record(gain, "residual", better, accepted);
    return new Judged(parts, accepted ? corrected : null, training);
  }

  /**
   * Few spectra by a model of other spectrographs, in the windows in which it holds there, if it
   * holds for these, too.
   */
  private Judged few(GriddedSpectrum[] gridded, GriddedSpectrum[] base) {
    int n = gridded.length;
    Judged others = judge(base);
    Parts[] parts = new Parts[n];
    Arrays.fill(parts, Parts.none());
    if (others.corrected() == null) {
      return new Judged(parts, null, List.of());
    }
    boolean[] windows = new HeldOutGain(base, others.parts()).windows(new boolean[base.length]);
    ResidualSkyModel model = ResidualSkyModel.learn(List.of(base));
    for (int i = 0; i < n; i++) {
      parts[i] = model.predict(gridded[i], ResidualSet.PARTS);
    }
    HeldOutGain gain = new HeldOutGain(gridded, parts);
    boolean[][] corrected = new boolean[n][];
    Arrays.fill(corrected, windows);
    double better = gain.better(corrected);
    boolean accepted = better >= HeldOutGain.SHARE;
    double error = gain.shareInError(windows);
    for (int i = 0; i < n; i++) {
      parts[i] = parts[i].withError(error);
    }
    List<TrainingStep> training = record(gain, "residual of others", better, accepted);
    return new Judged(parts, accepted ? corrected : null, training);
  }

  private static Result result(
      List<ReleaseSpectrum> spectra, GriddedSpectrum[] gridded, Judged judged) {
    List<FibreResult> fibres = new ArrayList<>();
    for (int i = 0; i < gridded.length; i++) {
      boolean[] corrected = judged.corrected() == null ? null : judged.corrected()[i];
      fibres.add(fibre(i, spectra.get(i), gridded[i], judged.parts()[i], corrected));
    }
    return new Result(fibres, judged.training());
  }

  private static List<TrainingStep> record(
      HeldOutGain gain, String stage, double better, boolean accepted) {
    List<TrainingStep> steps = new ArrayList<>();
    steps.add(step(stage, gain, 1 - better, accepted));
    boolean[] none = new boolean[gain.spectra()];
    for (int w = 0; w < windowCount(); w++) {
      LineWindow line = TopocentricGrid.lines().get(w);
      double significance = gain.significance(w, none);
      steps.add(
          step(
              String.format(Locale.ROOT, "window %.0f-%.0f", line.low(), line.high()),
              gain,
              -significance,
              accepted && significance > HeldOutGain.SIGNIFICANT));
    }
    return steps;
  }

  private static TrainingStep step(
      String stage, HeldOutGain gain, double heldOutLoss, boolean accepted) {
    return new TrainingStep(
        -1,
        "c",
        stage,
        gain.faint(),
        ResidualSkyModel.SKY_COMPONENTS,
        TrainingStep.Losses.of(Double.NaN, heldOutLoss),
        accepted);
  }

  /**
   * @param corrected by window; null if the set is left alone
   */
  private static FibreResult fibre(
      int index,
      ReleaseSpectrum spectrum,
      GriddedSpectrum gridded,
      Parts parts,
      boolean[] corrected) {
    float[] sky = new float[spectrum.pixelCount()];
    float[] ivar = new float[sky.length];
    double[] used = new double[TopocentricGrid.SIZE];
    for (int k = 0; k < used.length; k++) {
      int window = TopocentricGrid.window(k);
      if (corrected != null && window >= 0 && corrected[window] && gridded.knows(k)) {
        used[k] = parts.sky()[k];
        sky[gridded.pixel(k)] = (float) used[k];
        ivar[gridded.pixel(k)] = (float) (1 / parts.variance()[k]);
      }
    }
    double signalToNoise = gridded.signalToNoise();
    return new FibreResult(
        index,
        Double.isNaN(signalToNoise) ? FibreFlag.DEAD : FibreFlag.GOOD,
        FibreResult.Calibration.none(windowCount()),
        new FibreResult.Verdict(
            true, corrected == null ? Method.SUPER : Method.MEMORY, 0, signalToNoise),
        new FibreResult.Recorded(spectrum.flux(), spectrum.ivar()),
        Map.of(
            Method.SUPER,
            estimate(
                new float[sky.length],
                new float[sky.length],
                spectrum,
                gridded.statistics(parts.star())),
            Method.MEMORY,
            estimate(sky, ivar, spectrum, gridded.statistics(parts.star(), used))));
  }

  private static SkyEstimate estimate(
      float[] sky, float[] ivar, ReleaseSpectrum spectrum, ResidualStatistics statistics) {
    double[] means = new Sky(sky, ivar).bandMeans(Instrument.LAMOST.bands(), spectrum.wavelength());
    return new SkyEstimate(sky, ivar, means, statistics);
  }
}
