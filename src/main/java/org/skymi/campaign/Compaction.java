package org.skymi.campaign;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skymi.survey.InputException;
import org.skymi.table.FileReport;
import org.skymi.table.RunsTable;

/**
 * Puts the rows of a table's small files into few large ones, units whole and in the order of their
 * keys. The rows stay the same; a unit that is superseded later leaves its shared file by a copy of
 * the others' rows, see {@link Commit}.
 */
public final class Compaction {
  private static final String RUNS = RunsTable.TABLE.name();

  private final Manifest base;
  private final String table;
  private final long target;

  /**
   * @param base the campaign's newest manifest
   * @param target bytes of a file; files of half as many are left as they are
   */
  public Compaction(Manifest base, String table, long target) {
    this.base = base;
    this.table = table;
    this.target = target;
  }

  /** The files to be made; empty if there would not be fewer than there are. */
  public List<Merge> merges() {
    Map<String, Long> bytesPerRow = new HashMap<>();
    for (FileReport f : base.filesOf(table)) {
      bytesPerRow.put(f.path(), Math.max(1, f.bytes() / Math.max(1, f.rows())));
    }
    List<Merge.Slice> slices = new ArrayList<>(small().toList());
    slices.sort(Comparator.comparing(s -> s.part().firstKey().split("/"), Arrays::compare));
    List<Merge> merges = new ArrayList<>();
    List<Merge.Slice> open = new ArrayList<>();
    long bytes = 0;
    for (Merge.Slice s : slices) {
      open.add(s);
      bytes += bytesPerRow.get(s.path()) * s.part().rows();
      if (bytes >= target) {
        merges.add(new Merge(table, open));
        open = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!open.isEmpty()) {
      merges.add(new Merge(table, open));
    }
    long sources = slices.stream().map(Merge.Slice::path).distinct().count();
    return merges.size() < sources ? merges : List.of();
  }

  private Stream<Merge.Slice> small() {
    Stream<Merge.Slice> own =
        base.units().stream()
            .flatMap(
                u ->
                    u.files().stream()
                        .filter(this::isSmall)
                        .map(f -> Merge.Slice.whole(u.key(), f)));
    Stream<Merge.Slice> shared =
        base.shared().stream()
            .filter(f -> isSmall(f.file()))
            .flatMap(f -> f.copy(Set.of()).slices().stream());
    Stream<Merge.Slice> runs =
        base.runs().stream().filter(this::isSmall).map(f -> Merge.Slice.whole(RUNS, f));
    return Stream.of(own, shared, runs).flatMap(s -> s);
  }

  private boolean isSmall(FileReport file) {
    return file.table().equals(table) && file.bytes() < target / 2;
  }

  /**
   * Commits what was made.
   *
   * @param made one file for each of {@link #merges}
   * @return the campaign now
   * @throws IncompleteException if rows are missing or too many
   * @throws InputException if another run committed meanwhile
   */
  public Manifest publish(ManifestStore store, List<SharedFile> made, String software)
      throws IOException {
    Set<String> sources =
        merges().stream()
            .flatMap(m -> m.slices().stream())
            .map(Merge.Slice::path)
            .collect(Collectors.toCollection(HashSet::new));
    long before =
        base.files().stream()
            .filter(f -> sources.contains(f.path()))
            .mapToLong(FileReport::rows)
            .sum();
    long after = made.stream().mapToLong(f -> f.file().rows()).sum();
    if (before != after) {
      throw new IncompleteException(
          "nothing was committed: " + table + " had " + before + " rows, compacted " + after);
    }
    Manifest next = base.compacted(table, sources, made, software);
    Optional<Manifest> latest = store.latest();
    if (latest.isEmpty() || latest.get().number() != base.number() || !store.publish(next)) {
      throw new InputException(
          "another run committed meanwhile; " + table + " was not compacted, try again");
    }
    return next;
  }
}
