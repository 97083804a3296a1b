package org.skymi.campaign;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.skymi.table.FileReport;
import org.skymi.table.RunsTable;

/**
 * A state of a campaign: the files that make up its tables. Readers use this list and nothing else.
 *
 * @param number 1, 2, 3 ...
 * @param parent the number of the manifest it follows, 0 for the first
 * @param runId the run that published it
 * @param created when, UTC, ISO
 * @param software version of the program
 * @param modelDigest of the run's base model; of two, both in the order of their halves of the
 *     nights, with a plus between
 * @param settingsDigest of the settings that decide results, one per campaign
 * @param settings of the run, with their origins
 * @param units what the campaign holds, sorted by key
 * @param runs files of the table of runs
 * @param action what published it: {@code run}, {@code rollback to N} or {@code compact TABLE}
 * @param shared files that hold rows of several units, which don't list them
 * @param layout of the tables, {@link #LAYOUT}; 0 if that was not recorded
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Manifest(
    int number,
    int parent,
    String runId,
    String created,
    String software,
    String modelDigest,
    String settingsDigest,
    List<Setting> settings,
    List<Unit> units,
    List<FileReport> runs,
    String action,
    List<SharedFile> shared,
    int layout) {
  /** {@link #action} of a run. */
  static final String RUN = "run";

  /** The tables' layout that this program reads and writes: columns of four methods. */
  static final int LAYOUT = 1;

  /** Lists may not be missing. */
  public Manifest {
    Objects.requireNonNull(action, "action");
    units = List.copyOf(units);
    runs = List.copyOf(runs);
    shared = List.copyOf(shared);
  }

  /**
   * A unit as committed.
   *
   * @param key of the unit
   * @param workId of the work that made it
   * @param runId of the run that made it
   * @param processed number of inputs used
   * @param reasons why inputs were not used, with their numbers
   * @param files its part of the tables that it shares with no other unit
   * @param modelDigest of the base model it was made with; null if that was not recorded
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Unit(
      String key,
      String workId,
      String runId,
      int processed,
      Map<String, Integer> reasons,
      List<FileReport> files,
      String modelDigest) {
    /** None of it may be missing but the model, which old manifests don't tell. */
    public Unit {
      Objects.requireNonNull(key, "key");
      reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
      files = List.copyOf(files);
    }

    /** Number of inputs not used. */
    public int quarantined() {
      return reasons.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Unit without(Set<String> paths) {
      List<FileReport> rest = files.stream().filter(f -> !paths.contains(f.path())).toList();
      return new Unit(key, workId, runId, processed, reasons, rest, modelDigest);
    }
  }

  /** A unit by its key. */
  public Optional<Unit> unit(String key) {
    return units.stream().filter(u -> u.key().equals(key)).findFirst();
  }

  /** All files, sorted by path. */
  public List<FileReport> files() {
    return Stream.of(
            units.stream().flatMap(u -> u.files().stream()),
            shared.stream().map(SharedFile::file),
            runs.stream())
        .flatMap(Function.identity())
        .sorted(Comparator.comparing(FileReport::path))
        .toList();
  }

  /** All files of a table, sorted by path. */
  public List<FileReport> filesOf(String table) {
    return files().stream().filter(f -> f.table().equals(table)).toList();
  }

  /** The manifest that follows this one and holds what another does. */
  Manifest followedBy(Manifest state, String why, String byWhom) {
    return ManifestBuilder.like(state).movedAfter(number).action(why).software(byWhom).build();
  }

  /** The manifest that follows this one and has some of a table's files replaced by others. */
  Manifest compacted(String table, Set<String> replaced, List<SharedFile> made, String byWhom) {
    boolean isRuns = table.equals(RunsTable.TABLE.name());
    List<Unit> leaner = units.stream().map(u -> u.without(replaced)).toList();
    List<SharedFile> others =
        Stream.concat(
                shared.stream().filter(f -> !replaced.contains(f.file().path())),
                made.stream().filter(f -> !isRuns))
            .toList();
    List<FileReport> ofRuns =
        Stream.concat(
                runs.stream().filter(f -> !replaced.contains(f.path())),
                made.stream().filter(f -> isRuns).map(SharedFile::file))
            .toList();
    Manifest state = ManifestBuilder.like(this).units(leaner).runs(ofRuns).shared(others).build();
    return followedBy(state, "compact " + table, byWhom);
  }

  /** This manifest with some units replaced or added. */
  Manifest with(List<Unit> changed) {
    Map<String, Unit> byKey = new TreeMap<>();
    units.forEach(u -> byKey.put(u.key(), u));
    changed.forEach(u -> byKey.put(u.key(), u));
    return ManifestBuilder.like(this).units(List.copyOf(byKey.values())).build();
  }
}
