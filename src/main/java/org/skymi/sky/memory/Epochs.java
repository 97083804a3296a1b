package org.skymi.sky.memory;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When a spectrograph became another instrument: nights from which on what was remembered of it no
 * longer holds.
 */
public final class Epochs implements Serializable {
  private static final long serialVersionUID = 1;

  /** One epoch each. */
  public static final Epochs NONE = new Epochs(Map.of());

  /** First nights of all epochs but the first, in order, by spectrograph. */
  private final TreeMap<Integer, List<Integer>> nights = new TreeMap<>();

  /**
   * @param nights first nights of all epochs but the first, by spectrograph
   */
  public Epochs(Map<Integer, ? extends Collection<Integer>> nights) {
    nights.forEach((s, cuts) -> this.nights.put(s, List.copyOf(new TreeSet<>(cuts))));
  }

  /** The epoch of a night, 0.. */
  public int of(int spectrograph, int night) {
    return (int) nights(spectrograph).stream().filter(first -> night >= first).count();
  }

  /** First nights of all epochs but the first. */
  public List<Integer> nights(int spectrograph) {
    return nights.getOrDefault(spectrograph, List.of());
  }

  /** Spectrographs of more than one epoch. */
  public Set<Integer> spectrographs() {
    return Collections.unmodifiableSet(nights.keySet());
  }

  /** The same and another epoch's beginning. */
  public Epochs and(int spectrograph, int night) {
    Map<Integer, Collection<Integer>> more = new TreeMap<>(nights);
    Collection<Integer> own = new TreeSet<>(nights(spectrograph));
    own.add(night);
    more.put(spectrograph, own);
    return new Epochs(more);
  }

  /** The same and what was found. */
  public Epochs and(List<EpochSums.Step> steps) {
    Epochs more = this;
    for (EpochSums.Step step : steps) {
      more = more.and(step.spectrograph(), step.night());
    }
    return more;
  }
}
