package org.skymi.experiment;

import java.util.ArrayList;
import java.util.List;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.TruthStatistics;
import org.skymi.survey.SkyBand;

/** How far a method's skies are from the truth, frame by frame. */
final class MemoryTally {
  private static final int BANDS = SkyBand.values().length;

  private final List<double[]> pixel = new ArrayList<>();
  private final List<double[]> scatter = new ArrayList<>();
  private final List<double[]> bias = new ArrayList<>();
  private final double[] covered = new double[BANDS];
  private final double[] counted = new double[BANDS];

  /** The fibres of one frame. */
  final class Frame {
    private final List<TruthStatistics> fibres = new ArrayList<>();

    void add(Sky sky, float[] truth, double[] wavelength) {
      fibres.add(TruthStatistics.of(sky.flux(), truth, wavelength));
      for (int p = 0; p < truth.length; p++) {
        if (sky.ivar()[p] > 0) {
          double off = (double) sky.flux()[p] - truth[p];
          for (SkyBand band : SkyBand.values()) {
            if (band.contains(wavelength[p])) {
              covered[band.ordinal()] += off * off * sky.ivar()[p] < 1 ? 1 : 0;
              counted[band.ordinal()]++;
            }
          }
        }
      }
    }

    void done() {
      double[] p = new double[BANDS];
      double[] s = new double[BANDS];
      double[] b = new double[BANDS];
      for (int band = 0; band < BANDS; band++) {
        int at = band;
        double[] means = fibres.stream().mapToDouble(t -> t.bias()[at]).toArray();
        p[at] = RobustStatistics.median(fibres.stream().mapToDouble(t -> t.rms()[at]).toArray());
        s[at] = RobustStatistics.nmad(means);
        b[at] = RobustStatistics.median(means);
      }
      pixel.add(p);
      scatter.add(s);
      bias.add(b);
    }
  }

  /** Median over fibres of the error per pixel, mean over frames, %, by band. */
  double[] pixel() {
    return mean(pixel);
  }

  /** Scatter over fibres of the error of the band mean, mean over frames, %, by band. */
  double[] scatter() {
    return mean(scatter);
  }

  /** Median over fibres of the error of the band mean, mean over frames, %, by band. */
  double[] bias() {
    return mean(bias);
  }

  /** Share of pixels whose error is within the stated one, %, by band. */
  double[] cover() {
    double[] share = new double[BANDS];
    for (int b = 0; b < BANDS; b++) {
      share[b] = 100 * covered[b] / counted[b];
    }
    return share;
  }

  private static double[] mean(List<double[]> frames) {
    double[] mean = new double[BANDS];
    for (int b = 0; b < BANDS; b++) {
      int band = b;
      mean[b] =
          frames.stream()
              .mapToDouble(f -> f[band])
              .filter(Double::isFinite)
              .average()
              .orElse(Double.NaN);
    }
    return mean;
  }
}
