package org.skymi.archive;

import java.io.Serializable;

/**
 * A file of an archive.
 *
 * @param path relative to the archive's root, parts separated by '/'
 * @param length bytes
 * @param modified time of the last modification, ms since 1970
 */
public record ArchiveFile(String path, long length, long modified)
    implements Comparable<ArchiveFile>, Serializable {
  @Override
  public int compareTo(ArchiveFile other) {
    return path.compareTo(other.path);
  }
}
