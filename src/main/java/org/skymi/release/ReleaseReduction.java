package org.skymi.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
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
import org.skymi.smi.Shuffle;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.ReleaseSpectrum;

/**
 * Models the sky that a survey's pipeline left in the released spectra of one spectrograph, in the
 * windows of sky lines.
 *
 * <p>Everything a fibre is corrected by is learnt from other fibres (folds), and how much of it the
 * fibre has, from the fibre's other windows. Windows in which the faint spectra of the other folds
 * gain nothing stay as they are, and so does the whole set if four in five of its faint spectra do
 * not gain.
 *
 * <p>Statistics before and after are those of the windows without the lines and bands that objects
 * have, as far as the model knows them; they are the same in both.
 */
public final class ReleaseReduction {
  /** Fewer spectra than this can't tell sky from objects. */
  private static final int FEWEST = 12;

  private static final int FOLDS = 5;
  private static final int WINDOW_PARTS = 4;

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
   * Reduces the spectra of one plate and spectrograph.
   *
   * @param spectra any number, of one spectrograph
   */
  public Result reduce(List<ReleaseSpectrum> spectra) {
    int n = spectra.size();
    GriddedSpectrum[] gridded =
        spectra.stream().map(GriddedSpectrum::new).toArray(GriddedSpectrum[]::new);
    Parts[] parts = new Parts[n];
    Arrays.fill(parts, Parts.none());
    boolean[][] corrected = new boolean[n][windowCount()];
    List<TrainingStep> training = new ArrayList<>();
    boolean accepted = false;
    if (n >= FEWEST) {
      int[] fold = folds(n);
      for (int f = 0; f < FOLDS; f++) {
        int held = f;
        ResidualSkyModel model =
            ResidualSkyModel.learn(
                IntStream.range(0, n)
                    .filter(i -> fold[i] != held)
                    .mapToObj(i -> gridded[i])
                    .toList());
        for (int i = 0; i < n; i++) {
          parts[i] = fold[i] == f ? model.predict(gridded[i], WINDOW_PARTS) : parts[i];
        }
      }
      HeldOutGain gain = new HeldOutGain(gridded, parts);
      for (int f = 0; f < FOLDS; f++) {
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
      accepted = better >= HeldOutGain.SHARE;
      training.addAll(record(gain, better, accepted));
    }
    List<FibreResult> fibres = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      fibres.add(fibre(i, spectra.get(i), gridded[i], parts[i], accepted ? corrected[i] : null));
    }
    return new Result(fibres, training);
  }

  private int[] folds(int n) {
    int[] order = Shuffle.permutation(n, new Random(options.seed()));
    int[] fold = new int[n];
    for (int k = 0; k < n; k++) {
      fold[order[k]] = k % FOLDS;
    }
    return fold;
  }

  private static List<TrainingStep> record(HeldOutGain gain, double better, boolean accepted) {
    List<TrainingStep> steps = new ArrayList<>();
    steps.add(step(0, "residual", gain, 1 - better, accepted));
    boolean[] none = new boolean[gain.spectra()];
    for (int w = 0; w < windowCount(); w++) {
      LineWindow line = TopocentricGrid.lines().get(w);
      double significance = gain.significance(w, none);
      steps.add(
          step(
              w + 1,
              String.format(Locale.ROOT, "window %.0f-%.0f", line.low(), line.high()),
              gain,
              -significance,
              accepted && significance > HeldOutGain.SIGNIFICANT));
    }
    return steps;
  }

  private static TrainingStep step(
      int number, String stage, HeldOutGain gain, double heldOutLoss, boolean accepted) {
    return new TrainingStep(
        number,
        -1,
        stage,
        gain.faint(),
        ResidualSkyModel.SKY_COMPONENTS,
        Double.NaN,
        heldOutLoss,
        Double.NaN,
        Double.NaN,
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
    double[] means = new Sky(sky, ivar).bandMeans(spectrum.wavelength());
    return new SkyEstimate(sky, ivar, means, statistics);
  }
}
