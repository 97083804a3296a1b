package org.skymi.spark;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.skymi.campaign.UnitOutcome;
import org.skymi.table.FibreSkyTable;

/** Counts outcomes as they come and tells of them. */
final class Progress {
  private final Consumer<RunProgress> listener;
  private final Map<String, Long> bytes;
  private final double allBytes;
  private final long start = System.nanoTime();
  private long doneBytes;
  private int plates;
  private long fibres;
  private int files;
  private int quarantined;

  /**
   * @param work all that is to be done
   */
  Progress(List<UnitWork> work, Consumer<RunProgress> listener) {
    this.listener = listener;
    this.bytes =
        work.stream().collect(Collectors.toMap(w -> w.unit().key(), w -> w.unit().bytes()));
    this.allBytes = bytes.values().stream().mapToDouble(Long::doubleValue).sum();
  }

  synchronized void add(UnitEnd end) {
    plates++;
    doneBytes += bytes.getOrDefault(end.key(), 0L);
    if (end.isDone()) {
      count(end.outcome());
    }
    double share = allBytes > 0 ? doneBytes / allBytes : (double) plates / bytes.size();
    double seconds = (System.nanoTime() - start) / 1e9;
    listener.accept(
        new RunProgress(plates, bytes.size(), share, fibres, files, quarantined, seconds));
  }

  private void count(UnitOutcome outcome) {
    fibres +=
        outcome.files().stream()
            .filter(f -> f.table().equals(FibreSkyTable.TABLE.name()))
            .mapToLong(f -> f.rows())
            .sum();
    files += outcome.processed().size() + outcome.quarantined().size();
    quarantined += outcome.quarantined().size();
  }
}
