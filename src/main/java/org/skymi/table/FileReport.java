package org.skymi.table;

import java.io.Serializable;
import org.skymi.survey.RelativePath;

/**
 * What was written to one file.
 *
 * @param path of the file, relative to the folder it was asked for in
 * @param table name of the table
 * @param rows number of rows
 * @param bytes length of the file
 * @param sha256 digest of the file's bytes, hexadecimal
 * @param firstKey key of the first row, values separated by slashes
 * @param lastKey key of the last row
 */
public record FileReport(
    String path,
    String table,
    long rows,
    long bytes,
    String sha256,
    String firstKey,
    String lastKey)
    implements Serializable {
  /**
   * @throws IllegalArgumentException if the path is not relative, leads out of the folder or could
   *     be taken for a URI: reports are read back from manifests, and files are deleted by them
   */
  public FileReport {
    RelativePath.require(path);
    if (path.indexOf(':') >= 0) {
      throw new IllegalArgumentException("'" + path + "' is no relative path");
    }
  }
}
