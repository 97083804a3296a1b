package org.skymi.plate;

import java.io.IOException;
import java.util.Optional;

/** Where a training keeps how far it is. */
public interface Checkpoints {
  /** What was saved last, if anything was. */
  Optional<byte[]> load() throws IOException;

  /** Replaces what was saved before, in one step. */
  void save(byte[] state) throws IOException;
}
