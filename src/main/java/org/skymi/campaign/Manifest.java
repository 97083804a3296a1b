package org.skymi.campaign;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.skymi.table.FileReport;

/**
 * A state of a campaign: the files that make up its tables. Readers use this list and nothing else.
 *
 * @param number 1, 2, 3 ...
 * @param parent the number of the manifest it follows, 0 for the first
 * @param runId the run that published it
 * @param created when, UTC, ISO
 * @param software version of the program
 * @param modelDigest of the run's base model
 * @param settingsDigest of the settings that decide results, one per campaign
 * @param settings of the run, with their origins
 * @param units what the campaign holds, sorted by key
 * @param runs files of the table of runs
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
    List<FileReport> runs) {

  /**
   * A unit as committed.
   *
   * @param key of the unit
   * @param workId of the work that made it
   * @param runId of the run that made it
   * @param processed number of inputs used
   * @param reasons why inputs were not used, with their numbers
   * @param files its part of the tables
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Unit(
      String key,
      String workId,
      String runId,
      int processed,
      Map<String, Integer> reasons,
      List<FileReport> files) {
    /** Number of inputs not used. */
    public int quarantined() {
      return reasons.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** A unit by its key. */
  public Optional<Unit> unit(String key) {
    return units.stream().filter(u -> u.key().equals(key)).findFirst();
  }

  /** All files of a table, sorted by path. */
  public List<FileReport> filesOf(String table) {
    return Stream.concat(units.stream().flatMap(u -> u.files().stream()), runs.stream())
        .filter(f -> f.table().equals(table))
        .sorted(Comparator.comparing(FileReport::path))
        .toList();
  }

  /** This manifest with some units replaced or added. */
  Manifest with(List<Unit> changed) {
    Map<String, Unit> byKey = new TreeMap<>();
    units.forEach(u -> byKey.put(u.key(), u));
    changed.forEach(u -> byKey.put(u.key(), u));
    return new Manifest(
        number,
        parent,
        runId,
        created,
        software,
        modelDigest,
        settingsDigest,
        settings,
        List.copyOf(byKey.values()),
        runs);
  }
}
