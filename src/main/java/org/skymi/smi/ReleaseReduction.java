package org.skymi.smi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skymi.sky.FibreFlag;
import org.skymi.sky.FibreResult;
import org.skymi.sky.Metric;
import org.skymi.sky.ResidualStatistics;
import org.skymi.sky.SkyEstimate;
import org.skymi.survey.ReleaseSpectrum;
import org.skymi.survey.SkyBand;

/**
 * Models the sky that a survey's pipeline left in the released spectra of one spectrograph. INTERIM
 * body: zero.
 */
public final class ReleaseReduction {
  public ReleaseReduction(ReductionOptions options) {}

  /**
   * What a reduction of released spectra gives.
   *
   * @param fibres one result per spectrum, in order; {@code superSky} is what the pipeline left (a
   *     sky of zero), {@code smi} the modelled residual sky
   * @param training the training's record
   */
  public record Result(List<FibreResult> fibres, List<TrainingStep> training) {}

  /**
   * Reduces the spectra of one plate and spectrograph.
   *
   * @param spectra any number, of one spectrograph
   */
  public Result reduce(List<ReleaseSpectrum> spectra) {
    List<FibreResult> fibres = new ArrayList<>();
    for (int i = 0; i < spectra.size(); i++) {
      int n = spectra.get(i).pixelCount();
      double[] bands = new double[SkyBand.values().length];
      Arrays.fill(bands, Double.NaN);
      double[] metrics = new double[Metric.values().length];
      Arrays.fill(metrics, Double.NaN);
      SkyEstimate e =
          new SkyEstimate(new float[n], new float[n], bands, new ResidualStatistics(metrics));
      fibres.add(
          new FibreResult(
              i, FibreFlag.GOOD, 1, 1, 0, 0, 0, 0, 0, 0, 0, false, false, e, Optional.empty(), e));
    }
    return new Result(fibres, List.of());
  }
}
