package org.skymi.campaign;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.skymi.table.FileReport;

/**
 * A file to be made of parts of others.
 *
 * @param table name of the table
 * @param slices what it is made of, in order
 */
public record Merge(String table, List<Slice> slices) implements Serializable {
  public Merge {
    slices = List.copyOf(slices);
  }

  /**
   * Rows of a file that follow each other.
   *
   * @param part whose they are, and how many
   * @param path of the file, relative to the campaign's folder
   * @param first number of the first row in the file
   */
  public record Slice(SharedFile.Part part, String path, long first) implements Serializable {
    /** All rows of a file. */
    static Slice whole(String unit, FileReport file) {
      return new Slice(
          new SharedFile.Part(unit, file.rows(), file.firstKey(), file.lastKey()), file.path(), 0);
    }
  }

  /** Number of rows. */
  public long rows() {
    return slices.stream().mapToLong(s -> s.part().rows()).sum();
  }

  /** The file that was made. */
  public SharedFile made(FileReport file) {
    return new SharedFile(file, slices.stream().map(Slice::part).toList());
  }

  /** What makes such files. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Makes new files, each with exactly the rows that are asked for.
     *
     * @return one for each merge, in their order
     * @throws IOException if one can't be made
     */
    List<SharedFile> write(List<Merge> merges) throws IOException;
  }
}
