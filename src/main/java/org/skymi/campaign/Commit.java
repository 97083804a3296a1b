package org.skymi.campaign;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Merge.Writer writer;

  /**
   * @param software version of the program
   * @param writer makes files anew that superseded units share with others
   */
  public Commit(
      ManifestStore store,
      Plan plan,
      List<Setting> settings,
      String software,
      Merge.Writer writer) {
    this.store = store;
    this.writer = writer;
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
   * @throws CommitUnknownException if it is not known whether it was published
   */
  public Manifest publish(Optional<Manifest> base, List<UnitOutcome> outcomes, FileReport run)
      throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Optional<Manifest> latest = store.latest();
      Admission.require(latest, plan, settings);
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
      Backoff.after(i + 1);
    }
    throw new InputException(
        "lost " + TRIES + " races to commit; nothing was committed, try again");
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

  private Manifest next(Optional<Manifest> latest, List<UnitOutcome> outcomes, FileReport run)
      throws IOException {
    Map<String, String> models =
        plan.units().stream().collect(Collectors.toMap(PlannedUnit::key, plan.models()::of));
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
                        o.files(),
                        models.get(o.key())))
            .toList();
    int parent = latest.map(Manifest::number).orElse(0);
    List<FileReport> runs = new ArrayList<>(latest.map(Manifest::runs).orElse(List.of()));
    runs.add(run);
    Manifest before =
        ManifestBuilder.after(parent)
            .runId(plan.runId())
            .software(software)
            .modelDigest(plan.modelDigest())
            .settingsDigest(plan.settingsDigest())
            .settings(settings)
            .units(latest.map(Manifest::units).orElse(List.of()))
            .runs(runs)
            .shared(
                without(
                    outcomes.stream().map(UnitOutcome::key).collect(Collectors.toSet()),
                    latest.map(Manifest::shared).orElse(List.of())))
            .build();
    return before.with(changed);
  }

  /** Readers take whole files, so no file may hold rows of a superseded unit. */
  private List<SharedFile> without(Set<String> superseded, List<SharedFile> files)
      throws IOException {
    List<SharedFile> kept = new ArrayList<>();
    List<Merge> merges = new ArrayList<>();
    for (SharedFile file : files) {
      Merge rest = file.copy(superseded);
      if (rest.slices().size() == file.parts().size()) {
        kept.add(file);
      } else if (!rest.slices().isEmpty()) {
        merges.add(rest);
      }
    }
    if (!merges.isEmpty()) {
      kept.addAll(writer.write(merges));
    }
    return kept;
  }
}
