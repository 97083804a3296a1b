package org.skymi.query;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.skymi.archive.WholeFile;
import org.skymi.fits.FrameWriter;
import org.skymi.plate.OutputFailure;

/** Writes FITS files, gzipped; one under its right name is complete. */
final class GzippedFile {
  private GzippedFile() {}

  /** What writes a plain FITS file. */
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /**
   * Writes.
   *
   * @throws OutputFailure if that fails
   */
  static void write(Path file, Writing writing, Configuration configuration) {
    try {
      new WholeFile(file, configuration)
          .write(
              out -> {
                try (OutputStream gzip = FrameWriter.gzip(out)) {
                  writing.to(gzip);
                }
              });
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }
}
