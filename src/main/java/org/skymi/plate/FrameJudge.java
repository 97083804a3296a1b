package org.skymi.plate;

import java.util.Optional;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Leak;
import org.skymi.sky.judge.Metric;
import org.skymi.sky.judge.ResidualStatistics;
import org.skymi.sky.judge.SkyEstimate;

/** What the residuals of a frame's fibres say of a sky, whatever method it is by. */
final class FrameJudge {
  private final FramePixels pixels;

  FrameJudge(FramePixels pixels) {
    this.pixels = pixels;
  }

  /**
   * Judges a fibre's sky.
   *
   * @param skies of the same method, asked for the sky with an object in the fibre
   */
  SkyEstimate estimate(int fibre, Sky sky, SkyMethod.FrameSkies skies) {
    double[] wavelength = pixels.wavelength(fibre);
    CleanFrame clean = pixels.clean(fibre);
    ResidualStatistics statistics =
        ResidualStatistics.of(
            clean.flux(fibre),
            pixels.variance(fibre, sky.flux()),
            sky,
            wavelength,
            clean.grid(),
            pixels.isSky(fibre));
    Optional<float[]> object = pixels.injected(fibre);
    if (object.isPresent()) {
      Probe probe = pixels.exposure.probe(fibre).orElseThrow();
      double leak = Leak.of(skies.with(fibre, probe).flux(), sky.flux(), object.get());
      statistics = statistics.with(Metric.LEAK, leak);
    }
    return new SkyEstimate(
        sky, sky.bandMeans(clean.grid().instrument().bands(), wavelength), statistics);
  }

  /** What the fibre recorded, with the noise that it has under a sky. */
  FibreResult.Recorded recorded(int fibre, Sky sky) {
    float[] ivar = pixels.variance(fibre, sky.flux()).clone();
    for (int p = 0; p < ivar.length; p++) {
      ivar[p] = ivar[p] > 0 ? 1 / ivar[p] : 0; // 0 of infinity; NaN where there is no sky
    }
    float[] none = new float[pixels.isSky(fibre) ? ivar.length : 0];
    return new FibreResult.Recorded(
        pixels.recorded(fibre), ivar, pixels.clean(fibre).variance(fibre, none));
  }

  /** Median of (flux - sky)/sigma per pixel. */
  double signalToNoise(int fibre, Sky sky) {
    float[] flux = pixels.recorded(fibre);
    float[] variance = pixels.clean(fibre).variance(fibre);
    double[] ratio = new double[flux.length];
    for (int p = 0; p < ratio.length; p++) {
      ratio[p] = (flux[p] - sky.flux()[p]) / Math.sqrt(variance[p]);
    }
    return RobustStatistics.median(ratio);
  }
}
