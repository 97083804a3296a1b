package org.skymi.fits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Files in memory, which does not fail. */
final class Written {
  private Written() {}

  /** Writes a file. */
  interface Writer {
    void write(ByteArrayOutputStream out) throws IOException;
  }

  /** What a writer writes. */
  static byte[] by(Writer writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
