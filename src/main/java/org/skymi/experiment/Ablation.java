package org.skymi.experiment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.skymi.survey.SkyBand;

/**
 * What each term of an estimate is worth: variants of it on the same simulated frames, judged
 * against the truth.
 *
 * @param plates what was simulated
 * @param analysisSeconds of the classical analysis that all variants share
 * @param rows variants; the first of each group is the group's default
 */
public record Ablation(String plates, double analysisSeconds, List<Row> rows) {
  /**
   * Errors of the skies of a frame's objects in one band, % of the sky.
   *
   * @param plate number of the plate, for errors of ratios
   * @param band the band
   * @param pixel per pixel (rms in the band), median over fibres
   * @param mean of the band-mean sky, NMAD over fibres
   */
  public record Score(int plate, SkyBand band, double pixel, double mean) {}

  /**
   * A variant.
   *
   * @param group variants that are compared with each other
   * @param name what is different
   * @param settings that make it, empty for the default
   * @param seconds of its training and estimates
   * @param kept share of training steps that were not rolled back, %; NaN if there were none
   * @param fallback share of object fibres that hold a humbler method's sky, %; NaN where that
   *     can't be
   * @param scores by frame and band, in the same order for all variants
   */
  public record Row(
      String group,
      String name,
      String settings,
      double seconds,
      double kept,
      double fallback,
      List<Score> scores) {}

  /**
   * One figure of a variant.
   *
   * @param value mean over frames, % of the sky
   * @param ratio to the group's default, geometric mean over frames of each frame's own ratio
   * @param error standard error of the ratio's logarithm from the scatter between plates; NaN for
   *     fewer than two plates
   */
  public record Figure(double value, double ratio, double error) {}

  /** A variant's figure in a band. */
  public Figure figure(Row row, SkyBand band, ToDoubleFunction<Score> what) {
    Row reference =
        rows.stream().filter(r -> r.group().equals(row.group())).findFirst().orElseThrow();
    List<Score> own = in(row, band);
    List<Score> other = in(reference, band);
    Map<Integer, double[]> plates = new TreeMap<>();
    for (int k = 0; k < own.size(); k++) {
      double ratio = what.applyAsDouble(own.get(k)) / what.applyAsDouble(other.get(k));
      double[] sum = plates.computeIfAbsent(own.get(k).plate(), p -> new double[2]);
      sum[0] += Math.log(ratio);
      sum[1]++;
    }
    double[] logs = plates.values().stream().mapToDouble(s -> s[0] / s[1]).toArray();
    double value = own.stream().mapToDouble(what).average().orElse(Double.NaN);
    return new Figure(value, Math.exp(mean(logs)), standardError(logs));
  }

  private static List<Score> in(Row row, SkyBand band) {
    return row.scores().stream().filter(s -> s.band() == band).collect(Collectors.toList());
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  private static double standardError(double[] values) {
    double mean = mean(values);
    double square = 0;
    for (double v : values) {
      square += (v - mean) * (v - mean);
    }
    int n = values.length;
    return n < 2 ? Double.NaN : Math.sqrt(square / (n - 1) / n);
  }
}
