package org.skymi.campaign;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skymi.survey.InputException;
import org.skymi.table.FileReport;

/**
 * Commits a run: the units it did replace or join those of the campaign's newest manifest.
 *
 * <p>If a rival run published first, this one follows it, as long as the rival did not touch the
 * same units; units that the rival did from the same work are left as the rival's.
 */
public final class Commit {
  private static final int TRIES = 20;

  private final ManifestStore store;
  private final Plan plan;
  private final List<Setting> settings;
  private final String software;

  public Commit(ManifestStore store, Plan plan, List<Setting> settings, String software) {
    this.store = store;
    this.plan = plan;
    this.settings = settings;
    this.software = software;
  }

  /**
   * Publishes.
   *
   * @param base the manifest that the plan was made against, if there was one
   * @param outcomes checked
   * @param run file of the table of runs
   * @return the campaign's newest manifest, which holds all the outcomes' work
   * @throws InputException if a rival run committed other work on the same units, or other settings
   */
  public Manifest publish(Optional<Manifest> base, List<UnitOutcome> outcomes, FileReport run)
      throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Optional<Manifest> latest = store.latest();
      requireSameSettings(latest, plan, settings);
      List<UnitOutcome> mine = new ArrayList<>();
      for (UnitOutcome o : outcomes) {
        if (!isDoneByRival(base, latest, o)) {
          mine.add(o);
        }
      }
      if (mine.isEmpty() && latest.isPresent()) {
        return latest.get();
      }
      Manifest next = next(latest, mine, run);
      if (store.publish(next)) {
        return next;
      }
    }
    throw new InputException(
        "lost " + TRIES + " races to commit; nothing was committed, try again");
  }

  /**
   * A campaign's rows must mean one thing.
   *
   * @throws InputException if the campaign was made with other settings
   */
  public static void requireSameSettings(
      Optional<Manifest> manifest, Plan plan, List<Setting> settings) {
    if (manifest.isPresent() && !manifest.get().settingsDigest().equals(plan.settingsDigest())) {
      String differences =
          settings.stream()
              .flatMap(
                  s ->
                      manifest.get().settings().stream()
                          .filter(
                              old -> old.name().equals(s.name()) && !old.value().equals(s.value()))
                          .filter(old -> !old.name().startsWith("run."))
                          .map(old -> old.name() + " was " + old.value() + ", is " + s.value()))
              .collect(Collectors.joining("; "));
      throw new InputException(
          "the campaign was made with other settings ("
              + differences
              + "): give them again, or name another --campaign");
    }
  }

  private static boolean isDoneByRival(
      Optional<Manifest> base, Optional<Manifest> latest, UnitOutcome mine) {
    Optional<String> now = workId(latest, mine);
    if (now.equals(workId(base, mine))) {
      return false;
    }
    if (now.isPresent() && now.get().equals(mine.workId())) {
      return true;
    }
    throw new InputException(
        "another run committed other work on "
            + mine.key()
            + " meanwhile; nothing of this run was committed, run it again");
  }

  private static Optional<String> workId(Optional<Manifest> manifest, UnitOutcome outcome) {
    return manifest.flatMap(m -> m.unit(outcome.key())).map(Manifest.Unit::workId);
  }

  private Manifest next(Optional<Manifest> latest, List<UnitOutcome> outcomes, FileReport run) {
    List<Manifest.Unit> changed =
        outcomes.stream()
            .map(
                o ->
                    new Manifest.Unit(
                        o.key(),
                        o.workId(),
                        plan.runId(),
                        o.processed().size(),
                        o.reasons(),
                        o.files()))
            .toList();
    int parent = latest.map(Manifest::number).orElse(0);
    List<FileReport> runs = new ArrayList<>(latest.map(Manifest::runs).orElse(List.of()));
    runs.add(run);
    Manifest before =
        new Manifest(
            parent + 1,
            parent,
            plan.runId(),
            Instant.now().toString(),
            software,
            plan.modelDigest(),
            plan.settingsDigest(),
            settings,
            latest.map(Manifest::units).orElse(List.of()),
            runs);
    return before.with(changed);
  }
}
