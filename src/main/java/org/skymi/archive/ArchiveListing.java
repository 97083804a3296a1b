package org.skymi.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The FITS files below an archive's root, sorted by path. Hidden and temporary names (beginning
 * with '.' or '_') are left out; symbolic links are followed only to files within the root.
 *
 * @param files sorted
 * @param problems folders and links that were not followed, sorted
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
      for (FileStatus status : archive.files().listStatus(path)) {
        add(archive, status, folder);
      }
    } catch (IOException | RuntimeException e) {
      folder.problems.add(problem(archive, path, "cannot be listed: " + e.getMessage()));
    }
    return folder;
  }

  private static void add(Archive archive, FileStatus status, Folder folder) throws IOException {
    Path path = status.getPath();
    String name = path.getName().toLowerCase(Locale.ROOT);
    boolean wanted = status.isDirectory() || name.endsWith(".fits") || name.endsWith(".fits.gz");
    if (name.startsWith(".") || name.startsWith("_") || !wanted) {
      return;
    }
    if (isLink(path) && (status.isDirectory() || leaves(archive.rootPath(), path))) {
      folder.problems.add(problem(archive, path, "a symbolic link, not followed"));
    } else if (status.isDirectory()) {
      folder.folders.add(path);
    } else {
      folder.files.add(
          new ArchiveFile(archive.relative(path), status.getLen(), status.getModificationTime()));
    }
  }

  /** Hadoop's local file system follows links without saying so; HDFS has none. */
  private static boolean isLink(Path path) {
    return isLocal(path) && java.nio.file.Files.isSymbolicLink(local(path));
  }

  private static boolean leaves(Path root, Path link) throws IOException {
    return !local(link).toRealPath().startsWith(local(root).toRealPath());
  }

  private static boolean isLocal(Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  private static Problem problem(Archive archive, Path path, String message) {
    return new Problem(archive.relative(path), message);
  }
}
