package org.skymi.archive;

import static org.skymi.fits.FitsRejection.Reason.DUPLICATE;
import static org.skymi.fits.FitsRejection.Reason.NOT_READ;
import static org.skymi.fits.FitsRejection.Reason.UNKNOWN_KIND;
import static org.skymi.fits.FitsRejection.Reason.UNREADABLE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.skymi.fits.AnyReader;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsHeaders;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FitsRejection;

/** Reads the header of every file of an archive. */
final class InventoryBuilder {
  /** Files between two reports of progress. */
  private static final int BATCH = 4096;

  private final Archive archive;
  private final Inventory.Options options;
  private final LongConsumer progress;

  InventoryBuilder(Archive archive, Inventory.Options options, LongConsumer progress) {
    this.archive = archive;
    this.options = options;
    this.progress = progress;
  }

  Inventory build() {
    ArchiveListing listing = ArchiveListing.of(archive, options.threads());
    List<ArchiveFile> files = listing.files();
    List<InventoryEntry> entries = new ArrayList<>(files.size());
    try (Workers workers = new Workers(options.threads())) {
      for (int from = 0; from < files.size(); from += BATCH) {
        List<ArchiveFile> batch = files.subList(from, Math.min(files.size(), from + BATCH));
        entries.addAll(workers.map(batch, this::entry));
        progress.accept(entries.size());
      }
      for (List<InventoryEntry> judged : workers.map(copies(entries), this::judge)) {
        judged.forEach(entry -> entries.set(index(entries, entry), entry));
      }
    }
    return new Inventory(archive.root(), List.copyOf(entries), listing.problems());
  }

  /** The usable entries of each identity that has more than one, in their order. */
  private static List<List<InventoryEntry>> copies(List<InventoryEntry> entries) {
    Map<FileIdentity, InventoryEntry> first = new HashMap<>();
    Map<FileIdentity, List<InventoryEntry>> copies = new HashMap<>();
    for (InventoryEntry entry : entries) {
      InventoryEntry other = entry.isUsable() ? first.putIfAbsent(entry.identity(), entry) : null;
      if (other != null) {
        copies.computeIfAbsent(entry.identity(), i -> new ArrayList<>(List.of(other))).add(entry);
      }
    }
    return List.copyOf(copies.values());
  }

  /** Where an entry's path is in the list, which is sorted by it. */
  private static int index(List<InventoryEntry> entries, InventoryEntry entry) {
    return Collections.binarySearch(entries, entry, Comparator.comparing(InventoryEntry::path));
  }

  /**
   * Entries of one identity: those that can't be read, the one that is used, its duplicates. A
   * frame as extracted goes before one with calibrated flux.
   */
  private List<InventoryEntry> judge(List<InventoryEntry> copies) {
    List<InventoryEntry> judged = new ArrayList<>();
    InventoryEntry used = null;
    List<InventoryEntry> ordered =
        copies.stream()
            .sorted(Comparator.comparing((InventoryEntry e) -> e.path().contains("spCFrame-")))
            .toList();
    for (InventoryEntry entry : ordered) {
      if (used != null) {
        judged.add(
            entry.rejected(DUPLICATE, "the same " + entry.identity() + " as " + used.path()));
      } else {
        InventoryEntry read = options.readCopies() ? read(entry) : entry;
        used = read.isUsable() ? read : null;
        judged.add(read);
      }
    }
    return judged;
  }

  /** An entry, rejected if its file can't be read as a whole. */
  private InventoryEntry read(InventoryEntry entry) {
    try {
      byte[] raw = archive.read(entry.path(), FitsLimits.DEFAULT);
      AnyReader.read(entry.identity().kind(), entry.path(), raw);
      return entry;
    } catch (FitsRejection e) {
      return entry.rejected(InventoryEntry.Rejection.of(e));
    } catch (IOException e) {
      return entry.rejected(UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  private InventoryEntry entry(ArchiveFile file) {
    Optional<String> kind = DataName.unread(file.path());
    if (kind.isPresent()) {
      return new InventoryEntry(
          file.path(),
          FileIdentity.OTHER,
          new Fingerprint(file.length(), file.modified(), "", ""),
          new InventoryEntry.Rejection(NOT_READ, "", kind.get() + " files are not read"));
    }
    String header = "";
    String content = "";
    InventoryEntry.Rejection rejection = null;
    FileIdentity identity = FileIdentity.OTHER;
    try {
      content = options.checksum() ? digest(file) : "";
      byte[] primary = archive.header(file.path());
      header = Fingerprint.ofHeader(primary);
      identity = FitsHeaders.identify(file.path(), primary);
      if (identity.kind() == FitsKind.OTHER) {
        rejection =
            new InventoryEntry.Rejection(
                UNKNOWN_KIND, "HDU 0", "neither a fibre frame nor a spectrum of a known survey");
      }
    } catch (FitsRejection e) {
      rejection = InventoryEntry.Rejection.of(e);
      header = header.isEmpty() ? ofBeginning(file) : header;
    } catch (IOException e) {
      rejection = new InventoryEntry.Rejection(UNREADABLE, "", String.valueOf(e.getMessage()));
    }
    Fingerprint fingerprint = new Fingerprint(file.length(), file.modified(), header, content);
    return new InventoryEntry(file.path(), identity, fingerprint, rejection);
  }

  /** What stands for a header that can't be read; empty if the file can't be read either. */
  private String ofBeginning(ArchiveFile file) {
    try {
      return Fingerprint.ofHeader(archive.readPrefix(file.path(), FitsHeaders.PREFIX));
    } catch (IOException e) {
      return "";
    }
  }

  private String digest(ArchiveFile file) throws IOException {
    MessageDigest sha256 = Fingerprint.sha256();
    try (InputStream in = new DigestInputStream(archive.open(file.path()), sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Fingerprint.hex(sha256.digest());
  }
}
