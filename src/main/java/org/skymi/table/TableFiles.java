package org.skymi.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
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

  /**
   * Digest of a file's bytes, hexadecimal.
   *
   * @throws IOException if it can't be read
   */
  public static String sha256(Path file, FileSystem fs) throws IOException {
    MessageDigest sha256 = DigestingOutputFile.newSha256();
    try (InputStream in = new DigestInputStream(fs.open(file), sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
