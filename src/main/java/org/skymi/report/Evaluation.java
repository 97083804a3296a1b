package org.skymi.report;

import java.util.List;

/**
 * A campaign's methods side by side.
 *
 * @param campaign name
 * @param manifest number of its state
 * @param runId the run that published the state
 * @param software version that estimated the skies
 * @param resampling how limits were drawn
 * @param comparisons in order: population, split, bin, arm
 */
public record Evaluation(
    String campaign,
    int manifest,
    String runId,
    String software,
    Comparison.Resampling resampling,
    List<Comparison> comparisons) {

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
