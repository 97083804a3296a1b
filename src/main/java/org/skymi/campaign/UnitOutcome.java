package org.skymi.campaign;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skymi.table.FileReport;

/**
 * What became of a unit: returned by the task that did it.
 *
 * @param key of the unit
 * @param workId of the work
 * @param processed paths of the inputs that were used
 * @param quarantined the inputs that were not
 * @param files what was written, paths relative to the campaign's folder
 */
public record UnitOutcome(
    String key,
    String workId,
    List<String> processed,
    List<Quarantined> quarantined,
    List<FileReport> files)
    implements Serializable {
  public UnitOutcome {
    processed = List.copyOf(processed);
    quarantined = List.copyOf(quarantined);
    files = List.copyOf(files);
  }

  /** Number of quarantined inputs by reason. */
  public SortedMap<String, Integer> reasons() {
    SortedMap<String, Integer> reasons = new TreeMap<>();
    quarantined.forEach(q -> reasons.merge(q.reason(), 1, Integer::sum));
    return reasons;
  }
}
