package org.skymi.campaign;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Gives a complete file its name in one step, unless the name is taken. */
@FunctionalInterface
interface ExclusiveRename {
  /**
   * Renames.
   *
   * @throws FileAlreadyExistsException if the name is taken; nothing has changed
   * @throws IOException if it failed, or if it is not known whether it did
   */
  void rename(Path from, Path to) throws IOException;

  /** The way of a filesystem. */
  static ExclusiveRename on(FileSystem fs) {
    // Hadoop's local rename overwrites, or checks first and renames then: neither excludes a rival.
    return "file".equals(fs.getUri().getScheme())
        ? (from, to) -> link(fs, from, to)
        : (from, to) -> renameByContext(fs, from, to);
  }

  private static void link(FileSystem fs, Path from, Path to) throws IOException {
    java.nio.file.Path source = java.nio.file.Path.of(from.toUri().getPath());
    Files.createLink(java.nio.file.Path.of(to.toUri().getPath()), source);
    fs.delete(from, false);
  }

  private static void renameByContext(FileSystem fs, Path from, Path to) throws IOException {
    try {
      FileContext.getFileContext(fs.getUri(), fs.getConf()).rename(from, to);
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      FileAlreadyExistsException taken = new FileAlreadyExistsException(to.toString());
      taken.initCause(e);
      throw taken;
    }
  }
}
