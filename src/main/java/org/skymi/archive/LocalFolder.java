package org.skymi.archive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Hadoop's local file system does not tell of a folder: links, which it follows without saying
 * so; entries that it leaves out because they lead nowhere or their names can't be decoded; pipes
 * and devices, which it would wait for.
 */
final class LocalFolder {
  private final Path root;
  private final Path folder;

  private LocalFolder(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /** A folder below a root; empty on other file systems. */
  static Optional<LocalFolder> of(
      org.apache.hadoop.fs.Path root, org.apache.hadoop.fs.Path folder) {
    return "file".equals(folder.toUri().getScheme())
        ? Optional.of(
            new LocalFolder(Path.of(root.toUri().getPath()), Path.of(folder.toUri().getPath())))
        : Optional.empty();
  }

  /** Why an entry must not be opened; empty if it may be. */
  Optional<String> obstacle(String name) {
    try {
      Path entry = folder.resolve(name);
      BasicFileAttributes of = Files.readAttributes(entry, BasicFileAttributes.class);
      if (of.isOther()) {
        return Optional.of("a pipe, socket or device, not read");
      }
      boolean leaves =
          Files.isSymbolicLink(entry)
              && (of.isDirectory() || !entry.toRealPath().startsWith(root.toRealPath()));
      return leaves ? Optional.of("a symbolic link, not followed") : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.of("cannot be looked at: " + e.getMessage());
    }
  }

  /**
   * The entries that were not listed though they may be data, by a name that can be printed, and
   * why.
   */
  List<ArchiveListing.Problem> unlisted(Set<String> listed) throws IOException {
    List<ArchiveListing.Problem> problems = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        boolean mayBeData = DataName.isData(name) || name.indexOf('.') < 0;
        if (!listed.contains(name) && (mayBeData || Files.isDirectory(entry))) {
          boolean link = Files.isSymbolicLink(entry);
          problems.add(
              new ArchiveListing.Problem(
                  link ? name : encoded(entry),
                  link
                      ? "a symbolic link to nothing"
                      : "its name can't be decoded in this locale"));
        }
      }
    } catch (InvalidPathException e) {
      throw new IOException(e.getMessage(), e);
    }
    return problems;
  }

  /** The name with bytes beyond ASCII as %XX. */
  private static String encoded(Path entry) {
    String path = entry.toUri().getRawPath().replaceFirst("/$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
