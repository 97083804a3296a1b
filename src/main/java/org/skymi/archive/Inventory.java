package org.skymi.archive;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.skymi.survey.PlateId;

/**
 * What an archive holds: one entry per FITS file, by its primary header alone. Of files with equal
 * identity the first in path order (that can be read, if {@link Options#readCopies} says so) is
 * kept, and the others are rejected as DUPLICATE of it.
 *
 * @param root the archive's root, with its scheme
 * @param entries sorted by path
 * @param problems folders that could not be listed, sorted; not stored
 */
public record Inventory(
    String root, List<InventoryEntry> entries, List<ArchiveListing.Problem> problems) {

  /**
   * How an inventory is made.
   *
   * @param checksum whether the whole of every file is digested; else its primary header only
   * @param readCopies whether files of one identity are read, until one can be; else the first is
   *     taken to be readable
   * @param threads files read at a time
   */
  public record Options(boolean checksum, boolean readCopies, int threads) {
    /** Headers only, 16 files at a time: the threads wait for the file system most of the time. */
    public static final Options DEFAULT = new Options(false, false, 16);
  }

  /**
   * Takes the inventory of an archive. No file stops it: what cannot be read is an entry with a
   * rejection.
   *
   * @param progress told the number of files done, now and then, on the calling thread
   */
  public static Inventory build(Archive archive, Options options, LongConsumer progress) {
    return new InventoryBuilder(archive, options, progress).build();
  }

  /** Entries that are to be processed. */
  public List<InventoryEntry> usable() {
    return entries.stream().filter(InventoryEntry::isUsable).toList();
  }

  /** Entries with a rejection. */
  public List<InventoryEntry> rejected() {
    return entries.stream().filter(entry -> !entry.isUsable()).toList();
  }

  /** Usable entries by plate, plates in order of night and plan, entries in order of path. */
  public SortedMap<PlateId, List<InventoryEntry>> byPlate() {
    return entries.stream()
        .filter(InventoryEntry::isUsable)
        .collect(
            Collectors.groupingBy(
                entry -> entry.identity().plate(), TreeMap::new, Collectors.toList()));
  }

  /** A plate's entries by exposure, its LMJM; release spectra, which are co-added, under 0. */
  public static SortedMap<Integer, List<InventoryEntry>> byExposure(List<InventoryEntry> plate) {
    return plate.stream()
        .collect(
            Collectors.groupingBy(
                entry -> entry.identity().lmjm(), TreeMap::new, Collectors.toList()));
  }
}
