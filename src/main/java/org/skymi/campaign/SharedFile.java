package org.skymi.campaign;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.skymi.table.FileReport;

/**
 * A file that several units share, made by compaction: each unit's rows one after the other.
 *
 * @param file the file
 * @param parts its units in the order of their rows; their numbers of rows add up to the file's
 */
public record SharedFile(FileReport file, List<Part> parts) implements Serializable {
  public SharedFile {
    parts = List.copyOf(parts);
  }

  /**
   * One unit's rows.
   *
   * @param unit key of the unit
   * @param rows number of its rows
   * @param firstKey key of the first of them
   * @param lastKey key of the last of them
   */
  public record Part(String unit, long rows, String firstKey, String lastKey)
      implements Serializable {}

  /** The rows of all units, or of all but some, as they are to be copied to another file. */
  Merge copy(Set<String> without) {
    List<Merge.Slice> slices = new ArrayList<>();
    long first = 0;
    for (Part p : parts) {
      if (!without.contains(p.unit())) {
        slices.add(new Merge.Slice(p, file.path(), first));
      }
      first += p.rows();
    }
    return new Merge(file.table(), slices);
  }
}
