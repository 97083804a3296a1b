package org.skymi.plate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Quarantined;
import org.skymi.fits.FitsRejection;
import org.skymi.table.QuarantineTable;

/** What becomes of each input of a unit; several threads may tell. */
public final class Account {
  private final PlannedUnit unit;
  private final TreeSet<String> processed = new TreeSet<>();
  private final Map<String, Quarantined> quarantined = new TreeMap<>();

  /** Begins with the inputs that were rejected before reading. */
  public Account(PlannedUnit unit) {
    this.unit = unit;
    unit.inputs().stream().filter(i -> !i.isUsable()).forEach(i -> quarantine(i.rejection()));
  }

  synchronized void process(PlannedInput input) {
    processed.add(input.path());
    quarantined.remove(input.path());
  }

  /**
   * Quarantines the file that was to be read first of those of one identity; the next takes its
   * place.
   *
   * @param candidates of the identity, the first of which is taken off
   */
  synchronized void refuse(List<PlannedInput> candidates, Quarantined why) {
    PlannedInput refused = candidates.remove(0);
    quarantined.put(refused.path(), why);
    for (int i = 0; i < candidates.size(); i++) {
      PlannedInput next = candidates.get(i);
      quarantined.remove(next.path());
      if (i > 0) {
        quarantine(
            new Quarantined(
                next.path(),
                InputReader.kind(next),
                FitsRejection.Reason.DUPLICATE.name(),
                "",
                "the same " + next.identity() + " as " + candidates.get(0).path()));
      }
    }
  }

  synchronized void quarantine(Quarantined why) {
    quarantined.putIfAbsent(why.path(), why);
  }

  /** Quarantines all inputs that are not quarantined yet, the processed ones among them. */
  synchronized void quarantineAll(String reason, String message) {
    processed.clear();
    quarantineRest(reason, message);
  }

  /** Quarantines all inputs that nothing became of. */
  synchronized void quarantineRest(String reason, String message) {
    for (PlannedInput input : unit.inputs()) {
      if (!processed.contains(input.path())) {
        quarantine(new Quarantined(input.path(), InputReader.kind(input), reason, "", message));
      }
    }
  }

  /** Paths of the inputs used, sorted. */
  synchronized List<String> processed() {
    return List.copyOf(processed);
  }

  /** The inputs not used, sorted by path. */
  public synchronized List<Quarantined> quarantined() {
    return new ArrayList<>(quarantined.values());
  }

  /** The same as rows. */
  synchronized List<QuarantineTable.Row> rows() {
    return quarantined.values().stream()
        .map(
            q ->
                new QuarantineTable.Row(
                    q.path(), q.kind(), q.reason(), q.location(), q.message(), unit.plate()))
        .toList();
  }
}
