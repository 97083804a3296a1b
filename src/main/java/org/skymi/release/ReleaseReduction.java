package org.skymi.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
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
 * <p>Statistics before and after are those of the windows without what objects of the plate have in
 * common there, stellar lines and telluric bands in proportion to the object's continuum.
 *
 * <p>Everything a fibre is corrected by is learnt from other fibres (folds), and how much of it the
 * fibre has, from the fibre's other windows. A fibre keeps its spectrum where the model does not
 * lessen the residuals of the other folds.
 */
public final class ReleaseReduction {
  /** Fewer spectra than this can't tell sky from objects. */
  private static final int FEWEST = 12;

  private static final int FOLDS = 5;
  private static final int WINDOW_PARTS = 4;
  private static final int COMPONENTS = 4;

  private final ReductionOptions options;

  public ReleaseReduction(ReductionOptions options) {
    this.options = options;
  }

  /**
   * What a reduction of released spectra gives.
   *
   * @param fibres one result per spectrum, in order; {@code superSky} is what the pipeline left (a
   *     sky of zero), {@code smi} the modelled residual sky
   * @param training the record of the folds' models
   */
  public record Result(List<FibreResult> fibres, List<TrainingStep> training) {}

  /**
   * Reduces the spectra of one plate and spectrograph.
   *
   * @param spectra any number, of one spectrograph
   */
  public Result reduce(List<ReleaseSpectrum> spectra) {
    int n = spectra.size();
    List<LineResidual> residuals = spectra.stream().map(LineResidual::of).toList();
    float[][] skies = new float[n][LineResidual.SIZE];
    float[][] objects = new float[n][LineResidual.SIZE];
    boolean[] fallback = new boolean[n];
    List<TrainingStep> training = new ArrayList<>();
    if (n < FEWEST) {
      Arrays.fill(fallback, true);
    } else {
      int[] order = Shuffle.permutation(n, new Random(options.seed()));
      double[] gain = new double[n];
      for (int fold = 0; fold < FOLDS; fold++) {
        int held = fold;
        List<LineResidual> others =
            IntStream.range(0, n)
                .filter(k -> k % FOLDS != held)
                .mapToObj(k -> residuals.get(order[k]))
                .toList();
        ResidualSkyModel model = ResidualSkyModel.learn(others, COMPONENTS);
        for (int k = fold; k < n; k += FOLDS) {
          int i = order[k];
          skies[i] = model.predict(residuals.get(i), WINDOW_PARTS);
          objects[i] = model.objectPart(residuals.get(i));
          gain[i] =
              rms(residuals.get(i), sum(objects[i], skies[i])) - rms(residuals.get(i), objects[i]);
        }
      }
      for (int fold = 0; fold < FOLDS; fold++) {
        training.add(judge(fold, order, gain, fallback));
      }
    }
    List<FibreResult> fibres = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      float[] sky = fallback[i] ? new float[LineResidual.SIZE] : skies[i];
      fibres.add(fibre(i, spectra.get(i), residuals.get(i), objects[i], sky, fallback[i]));
    }
    return new Result(fibres, training);
  }

  /** Whether a fold's fibres are corrected: what the other folds' fibres gained decides. */
  private static TrainingStep judge(int fold, int[] order, double[] gain, boolean[] fallback) {
    double[] others =
        IntStream.range(0, order.length)
            .filter(k -> k % FOLDS != fold)
            .mapToDouble(k -> gain[order[k]])
            .toArray();
    double[] own =
        IntStream.range(0, order.length)
            .filter(k -> k % FOLDS == fold)
            .mapToDouble(k -> gain[order[k]])
            .toArray();
    double verdict = RobustStatistics.median(others);
    for (int k = fold; k < order.length; k += FOLDS) {
      fallback[order[k]] = verdict >= 0;
    }
    return new TrainingStep(
        fold,
        "c",
        "residual",
        others.length,
        COMPONENTS,
        TrainingStep.Losses.of(verdict, RobustStatistics.median(own)),
        verdict < 0);
  }

  private static float[] sum(float[] a, float[] b) {
    float[] c = a.clone();
    for (int k = 0; k < c.length; k++) {
      c[k] += b[k];
    }
    return c;
  }

  private static double rms(LineResidual residual, float[] model) {
    return residual.statistics(model).value(Metric.POISSON_RATIO);
  }

  private static FibreResult fibre(
      int index,
      ReleaseSpectrum spectrum,
      LineResidual residual,
      float[] object,
      float[] model,
      boolean fallback) {
    int n = spectrum.pixelCount();
    float[] none = new float[n];
    float[] sky = new float[n];
    for (int cell = 0; cell < LineResidual.SIZE; cell++) {
      if (residual.pixel(cell) >= 0) {
        sky[residual.pixel(cell)] = model[cell];
      }
    }
    double signalToNoise = ResidualScatter.signalToNoise(spectrum);
    ResidualStatistics before = residual.statistics(object);
    return new FibreResult(
        index,
        Double.isNaN(signalToNoise) ? FibreFlag.DEAD : FibreFlag.GOOD,
        FibreResult.Calibration.none(LineResidual.windowCount()),
        new FibreResult.Verdict(true, fallback ? Method.SUPER : Method.MEMORY, 0, signalToNoise),
        new FibreResult.Recorded(spectrum.flux(), spectrum.ivar()),
        Map.of(
            Method.SUPER,
            estimate(none, spectrum, before),
            Method.MEMORY,
            estimate(sky, spectrum, residual.statistics(sum(object, model)))));
  }

  private static SkyEstimate estimate(
      float[] sky, ReleaseSpectrum spectrum, ResidualStatistics statistics) {
    // How well a residual sky is known is not estimated: the metrics speak for it.
    float[] ivar = new float[sky.length];
    double[] means = new Sky(sky, ivar).bandMeans(spectrum.wavelength());
    return new SkyEstimate(sky, ivar, means, statistics);
  }
}
