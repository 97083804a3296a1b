package org.skymi.campaign;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.skymi.table.FileReport;
import org.skymi.table.TableFiles;

/** Nothing lost, nothing twice: what must hold before a run is committed. */
public final class CompletenessCheck {
  private final Plan plan;
  private final Path folder;
  private final Configuration configuration;

  public CompletenessCheck(Plan plan, CampaignFolder campaign, Configuration configuration) {
    this.plan = plan;
    this.folder = campaign.path();
    this.configuration = configuration;
  }

  /**
   * Checks the outcomes of a run: every open unit exactly once, and each of them as {@link
   * #check(PlannedUnit, UnitOutcome)} says.
   *
   * @throws IncompleteException if something is missing, too much or twice
   */
  public void check(List<PlannedUnit> open, List<UnitOutcome> outcomes) throws IOException {
    Set<String> planned = open.stream().map(PlannedUnit::key).collect(Collectors.toSet());
    Set<String> done = new HashSet<>();
    for (UnitOutcome o : outcomes) {
      require(done.add(o.key()), "two outcomes of " + o.key());
      require(planned.contains(o.key()), "an outcome of " + o.key() + ", which was not planned");
    }
    for (PlannedUnit u : open) {
      require(done.contains(u.key()), "no outcome of " + u.key());
    }
    requireEachFileOnce(outcomes);
  }

  /**
   * Checks one unit: inputs planned = processed + quarantined, none twice; one file per table;
   * every file there, with as many rows in its footer as were reported, and keys of this plate
   * alone.
   *
   * @throws IncompleteException if it is not so
   */
  public void check(PlannedUnit unit, UnitOutcome outcome) throws IOException {
    require(outcome.workId().equals(plan.workId(unit)), unit.key() + ": outcome of other work");
    Set<String> accounted = new TreeSet<>();
    for (String path : outcome.processed()) {
      require(accounted.add(path), path + ": counted twice");
    }
    for (Quarantined q : outcome.quarantined()) {
      require(accounted.add(q.path()), q.path() + ": counted twice");
    }
    Set<String> planned =
        unit.inputs().stream().map(PlannedInput::path).collect(Collectors.toSet());
    for (String path : planned) {
      require(accounted.contains(path), path + ": neither processed nor quarantined");
    }
    for (String path : accounted) {
      require(planned.contains(path), path + ": was not planned");
    }
    Set<String> tables = new HashSet<>();
    for (FileReport file : outcome.files()) {
      require(tables.add(file.table()), unit.key() + ": two files of " + file.table());
      long rows = TableFiles.rows(new Path(folder, file.path()), configuration);
      require(
          rows == file.rows(),
          file.path() + ": " + rows + " rows in its footer, " + file.rows() + " reported");
      requireKeysOf(unit, file);
    }
  }

  private static void requireKeysOf(PlannedUnit unit, FileReport file) {
    // Rows are sorted by plate first and strictly increasing, so first and last key speak for all.
    if (unit.plate() != null && !file.table().equals("quarantine")) {
      String plate = unit.plate().planId() + "/" + unit.plate().lmjd() + "/";
      require(
          file.firstKey().startsWith(plate) && file.lastKey().startsWith(plate),
          file.path() + ": holds rows of another plate than " + unit.key());
    }
  }

  private static void requireEachFileOnce(List<UnitOutcome> outcomes) {
    Set<String> paths = new HashSet<>();
    outcomes.stream()
        .flatMap(o -> o.files().stream())
        .forEach(f -> require(paths.add(f.path()), f.path() + ": listed twice"));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IncompleteException("nothing was committed: " + message);
    }
  }
}
