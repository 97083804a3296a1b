package org.skymi.report.qa;

import java.util.Map;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;

/**
 * A metric by each method: the median of a night's, or a campaign's, judged spectra.
 *
 * @param night YYYYMMDD; 0 for the whole campaign
 * @param arm {@code b}, {@code r} or {@code c}
 * @param metric which
 * @param medians of the methods for which it is defined
 * @param spectra judged
 */
public record Headline(
    int night, String arm, Metric metric, Map<Method, Double> medians, long spectra) {
  /** A method's median, NaN if not defined. */
  double of(Method method) {
    return medians.getOrDefault(method, Double.NaN);
  }
}
