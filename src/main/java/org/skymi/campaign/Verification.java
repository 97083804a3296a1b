package org.skymi.campaign;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.table.FileReport;
import org.skymi.table.QuarantineTable;
import org.skymi.table.RunsTable;
import org.skymi.table.TableFiles;

/**
 * Whether a campaign is what its manifest says: every file there, its bytes and their SHA-256, its
 * rows; every unit's keys its own, in one place per table. Rows within a file are in order and none
 * twice since they were written so, and the SHA-256 says that they still are.
 */
public final class Verification {
  private final Manifest manifest;
  private final CampaignFolder campaign;
  private final FileSystem fs;
  private final Configuration configuration;

  /**
   * @throws IOException if the campaign's filesystem can't be reached
   */
  public Verification(Manifest manifest, CampaignFolder campaign, Configuration configuration)
      throws IOException {
    this.manifest = manifest;
    this.campaign = campaign;
    this.fs = campaign.fileSystem(configuration);
    this.configuration = configuration;
  }

  /** Reads every file; one line for each that is not what it was, with all that is wrong. */
  public List<String> ofFiles() {
    return manifest.files().parallelStream().flatMap(f -> ofFile(f).stream()).toList();
  }

  private Optional<String> ofFile(FileReport file) {
    Path path = new Path(campaign.path(), file.path());
    List<String> wrong = new ArrayList<>();
    try {
      long bytes = fs.getFileStatus(path).getLen();
      if (bytes != file.bytes()) {
        wrong.add(bytes + " bytes, not " + file.bytes());
      }
      String sha256 = TableFiles.sha256(path, fs);
      if (!sha256.equals(file.sha256())) {
        wrong.add("SHA-256 " + sha256 + ", not " + file.sha256());
      }
      long rows = TableFiles.rows(path, configuration);
      if (rows != file.rows()) {
        wrong.add(rows + " rows, not " + file.rows());
      }
    } catch (FileNotFoundException e) {
      wrong.add("missing");
    } catch (IOException | RuntimeException e) {
      wrong.add("unreadable: " + e.getMessage());
    }
    return wrong.isEmpty()
        ? Optional.empty()
        : Optional.of(file.path() + ": " + String.join("; ", wrong));
  }

  /** Looks at the first and last key of each unit's rows; one line for each defect. */
  public List<String> ofKeys() {
    List<String> defects = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    for (FileReport f : manifest.files()) {
      if (!paths.add(f.path())) {
        defects.add(f.path() + ": listed twice");
      }
    }
    Map<String, String> places = new HashMap<>();
    for (Manifest.Unit unit : manifest.units()) {
      for (FileReport f : unit.files()) {
        check(Merge.Slice.whole(unit.key(), f), f, places, defects);
      }
    }
    for (SharedFile shared : manifest.shared()) {
      Merge all = shared.copy(Set.of());
      if (all.rows() != shared.file().rows()) {
        defects.add(shared.file().path() + ": its parts have " + all.rows() + " rows");
      }
      for (Merge.Slice slice : all.slices()) {
        check(slice, shared.file(), places, defects);
      }
    }
    return defects;
  }

  private void check(
      Merge.Slice slice, FileReport file, Map<String, String> places, List<String> defects) {
    String unit = slice.part().unit();
    if (manifest.unit(unit).isEmpty()) {
      defects.add(file.path() + ": holds rows of " + unit + ", which the campaign does not have");
    }
    String other = places.put(file.table() + " " + unit, file.path());
    if (other != null) {
      defects.add(file.path() + ": holds rows of " + unit + ", as does " + other);
    }
    int at = unit.lastIndexOf('@');
    String plate = at < 0 ? "" : unit.substring(0, at) + "/" + unit.substring(at + 1) + "/";
    boolean isKeyedByPlate =
        !file.table().equals(QuarantineTable.TABLE.name())
            && !file.table().equals(RunsTable.TABLE.name());
    if (isKeyedByPlate
        && !(slice.part().firstKey().startsWith(plate)
            && slice.part().lastKey().startsWith(plate))) {
      defects.add(file.path() + ": its keys are not those of " + unit);
    }
  }

  /**
   * Compares with an archive; one line for each unit of it that the campaign does not hold, or
   * holds from other files than there are now.
   *
   * @param units of the archive
   */
  public List<String> against(List<PlannedUnit> units) {
    Plan plan = new Plan(units, manifest.settingsDigest(), manifest.modelDigest());
    List<String> defects = new ArrayList<>();
    for (PlannedUnit open : plan.open(Optional.of(manifest))) {
      int now = open.inputs().size();
      String example = open.inputs().get(0).path();
      defects.add(
          manifest
              .unit(open.key())
              .map(
                  u ->
                      String.format(
                          Locale.ROOT,
                          "%s: its files changed since it was done, %d then, %d now",
                          u.key(),
                          u.processed() + u.quarantined(),
                          now))
              .orElseGet(
                  () ->
                      String.format(
                          Locale.ROOT,
                          "%s: not done yet, %d %s %s",
                          open.key(),
                          now,
                          now == 1 ? "file," : "files, the first is",
                          example)));
    }
    defects.sort(null);
    return defects;
  }
}
