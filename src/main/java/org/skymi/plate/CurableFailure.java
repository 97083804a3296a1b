package org.skymi.plate;

import java.io.IOException;
import java.util.Optional;

/**
 * What may be otherwise at another try: a file system that does not answer, memory that ran out.
 * The input is not to blame, so nothing is quarantined; the next run does the plate again.
 */
public final class CurableFailure {
  private CurableFailure() {}

  /** Why a unit failed, in one line; empty if the same will happen at every try. */
  public static Optional<String> in(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof OutOfMemoryError) {
        return Optional.of("out of memory: " + e.getMessage());
      }
      if (e instanceof IOException) {
        return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
      }
    }
    return Optional.empty();
  }
}
