package org.skymi.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files below an archive's root that look like data by their names, read here or not. Hidden
 * and temporary names (beginning with '.' or '_') are left out; symbolic links are followed only to
 * files within the root.
 *
 * @param files sorted by path
 * @param problems folders, links and names that could not be followed, sorted
 */
public record ArchiveListing(List<ArchiveFile> files, List<Problem> problems) {

  /**
   * Something in the archive that is not listed, though it should be known of.
   *
   * @param path relative to the root; empty for the root
   * @param message why
   */
  public record Problem(String path, String message) implements Comparable<Problem> {
    @Override
    public int compareTo(Problem other) {
      return path.compareTo(other.path);
    }
  }

  /** What one folder holds. */
  private record Folder(List<Path> folders, List<ArchiveFile> files, List<Problem> problems) {
    Folder() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * Lists an archive, all folders of one depth in parallel. A folder that cannot be read is a
   * problem, not a failure.
   *
   * @param threads folders read at a time
   */
  public static ArchiveListing of(Archive archive, int threads) {
    List<ArchiveFile> files = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    try (Workers workers = new Workers(threads)) {
      List<Path> depth = List.of(archive.rootPath());
      while (!depth.isEmpty()) {
        List<Path> next = new ArrayList<>();
        for (Folder folder : workers.map(depth, path -> list(archive, path))) {
          files.addAll(folder.files);
          problems.addAll(folder.problems);
          next.addAll(folder.folders);
        }
        depth = next;
      }
    }
    files.sort(null);
    problems.sort(null);
    return new ArchiveListing(List.copyOf(files), List.copyOf(problems));
  }

  private static Folder list(Archive archive, Path path) {
    Folder folder = new Folder();
    try {
      Optional<LocalFolder> local = LocalFolder.of(archive.rootPath(), path);
      Set<String> listed = new HashSet<>();
      for (FileStatus status : archive.files().listStatus(path)) {
        listed.add(status.getPath().getName());
        add(archive, status, local, folder);
      }
      if (local.isPresent()) {
        for (Problem unlisted : local.get().unlisted(listed)) {
          if (!isHidden(unlisted.path())) {
            String below = archive.relative(path);
            String name = below.isEmpty() ? unlisted.path() : below + "/" + unlisted.path();
            folder.problems.add(new Problem(name, unlisted.message()));
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      folder.problems.add(problem(archive, path, "cannot be listed: " + e.getMessage()));
    }
    return folder;
  }

  private static void add(
      Archive archive, FileStatus status, Optional<LocalFolder> local, Folder folder) {
    Path path = status.getPath();
    String name = path.getName();
    if (isHidden(name) || !(status.isDirectory() || DataName.isData(name))) {
      return;
    }
    Optional<String> obstacle = local.flatMap(l -> l.obstacle(name));
    if (obstacle.isPresent()) {
      folder.problems.add(problem(archive, path, obstacle.get()));
    } else if (status.isDirectory()) {
      folder.folders.add(path);
    } else {
      folder.files.add(
          new ArchiveFile(archive.relative(path), status.getLen(), status.getModificationTime()));
    }
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  private static Problem problem(Archive archive, Path path, String message) {
    return new Problem(archive.relative(path), message);
  }
}
