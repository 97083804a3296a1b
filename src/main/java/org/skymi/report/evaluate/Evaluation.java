package org.skymi.report.evaluate;

import java.util.List;
import java.util.Map;
import org.skymi.sky.judge.Method;

/**
 * A campaign's methods side by side.
 *
 * @param state which campaign
 * @param resampling how limits were drawn
 * @param methods that were run, in their order
 * @param sources whose skies the most demanding method's columns hold
 * @param comparisons in order: population, split, bin, arm
 */
public record Evaluation(
    State state,
    Comparison.Resampling resampling,
    List<Method> methods,
    List<Sources> sources,
    List<Comparison> comparisons) {

  /**
   * A campaign's state.
   *
   * @param campaign name
   * @param manifest number of its state
   * @param runId the run that published the state
   * @param software version that estimated the skies
   */
  public record State(String campaign, int manifest, String runId, String software) {}

  /**
   * Whose sky the most demanding method's columns hold: its own, or that of the method it fell back
   * to.
   *
   * @param population whose fibres
   * @param bin the moon
   * @param spectra number of spectra by method
   */
  public record Sources(Population population, String bin, Map<Method, Long> spectra) {
    long all() {
      return spectra.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** The comparisons of one split of a population. */
  List<Comparison> of(Population population, Split split) {
    return comparisons.stream()
        .filter(c -> c.subject().population() == population && c.subject().split().equals(split))
        .toList();
  }
}
