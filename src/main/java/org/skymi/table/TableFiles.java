package org.skymi.table;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** What written files say of themselves. */
public final class TableFiles {
  private TableFiles() {}

  /**
   * Number of rows, from the file's footer.
   *
   * @throws IOException if the file is not there or has no footer
   */
  public static long rows(Path file, Configuration configuration) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, configuration))) {
      return reader.getRecordCount();
    }
  }
}
