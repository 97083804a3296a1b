package org.skymi.report.evaluate;

import java.util.List;

/**
 * A campaign's methods side by side.
 *
 * @param campaign name
 * @param manifest number of its state
 * @param runId the run that published the state
 * @param software version that estimated the skies
 * @param resampling how limits were drawn
 * @param fallbacks how often SMI's sky is Super Sky's, by moon
 * @param comparisons in order: population, split, bin, arm
 */
public record Evaluation(
    String campaign,
    int manifest,
    String runId,
    String software,
    Comparison.Resampling resampling,
    List<Fallback> fallbacks,
    List<Comparison> comparisons) {

  /**
   * How often SMI fell back.
   *
   * @param population whose fibres
   * @param bin the moon
   * @param fibres number of fibres, counted once for each exposure
   * @param fallen of these, with Super Sky for SMI
   */
  public record Fallback(Population population, String bin, long fibres, long fallen) {}

  /** The comparisons of one split of a population. */
  List<Comparison> of(Population population, Split split) {
    return comparisons.stream()
        .filter(c -> c.population() == population && c.split().equals(split))
        .toList();
  }

  /** Whether the campaign has the fully corrected Super Sky. */
  boolean hasFullBaseline() {
    return comparisons.stream().anyMatch(c -> c.superFull().isPresent());
  }
}
