package org.skymi.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.skymi.math.RobustStatistics;
import org.skymi.simulate.Moon;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.TruthStatistics;
import org.skymi.survey.SkyBand;

/** How far a method's skies are from the truth, frame by frame. */
final class SkyTally {
  private static final int BANDS = SkyBand.all().size();

  private final List<Score> scores = new ArrayList<>();

  /**
   * Of one frame, by band; NaN of the other arm's.
   *
   * @param plate index
   * @param pixel median over fibres of the error per pixel (rms in the band), %
   * @param scatter over fibres of the error of the band mean, %
   * @param bias median of it, %
   * @param covered pixels whose error is within the stated one
   * @param counted pixels with a stated error
   */
  record Score(
      int plate,
      Moon moon,
      double[] pixel,
      double[] scatter,
      double[] bias,
      double[] covered,
      double[] counted) {}

  /** The fibres of one frame. */
  final class Frame {
    private final List<TruthStatistics> fibres = new ArrayList<>();
    private final double[] covered = new double[BANDS];
    private final double[] counted = new double[BANDS];

    void add(Sky sky, float[] truth, double[] wavelength) {
      fibres.add(TruthStatistics.of(sky.flux(), truth, wavelength));
      for (int p = 0; p < truth.length; p++) {
        if (sky.ivar()[p] > 0) {
          double off = (double) sky.flux()[p] - truth[p];
          for (SkyBand band : SkyBand.all()) {
            if (band.contains(wavelength[p])) {
              covered[band.ordinal()] += off * off * sky.ivar()[p] < 1 ? 1 : 0;
              counted[band.ordinal()]++;
            }
          }
        }
      }
    }

    void done(int plate, Moon moon) {
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
      scores.add(new Score(plate, moon, p, s, b, covered, counted));
    }
  }

  /** Of all frames, in the order in which they were done. */
  List<Score> scores() {
    return scores;
  }

  /** What of a score. */
  interface Value {
    double[] of(Score score);
  }

  /** Share of pixels whose error is within the stated one, %. */
  static double[] cover(Score score) {
    double[] share = new double[BANDS];
    for (int b = 0; b < BANDS; b++) {
      share[b] = 100 * score.covered[b] / score.counted[b];
    }
    return share;
  }

  /**
   * A figure in a band.
   *
   * @param value mean over frames
   * @param ratio to another method, geometric mean over plates
   * @param error standard error of the ratio's logarithm from plate to plate; NaN of one plate
   */
  record Figure(double value, double ratio, double error) {}

  /**
   * A figure and its ratio to another method's on the same frames.
   *
   * @param moon of the plates that count; null for all
   */
  Figure figure(Value what, SkyBand band, SkyTally other, Moon moon) {
    int b = band.ordinal();
    double sum = 0;
    int frames = 0;
    Map<Integer, List<Double>> logs = new TreeMap<>();
    for (int k = 0; k < scores.size(); k++) {
      Score own = scores.get(k);
      double value = what.of(own)[b];
      if (Double.isFinite(value) && (moon == null || own.moon == moon)) {
        sum += value;
        frames++;
        logs.computeIfAbsent(own.plate, p -> new ArrayList<>())
            .add(Math.log(value / what.of(other.scores.get(k))[b]));
      }
    }
    SummaryStatistics plates = new SummaryStatistics();
    logs.values()
        .forEach(l -> plates.addValue(l.stream().mapToDouble(v -> v).average().orElseThrow()));
    double error = plates.getStandardDeviation() / Math.sqrt(plates.getN());
    return new Figure(
        sum / frames, Math.exp(plates.getMean()), plates.getN() < 2 ? Double.NaN : error);
  }
}
