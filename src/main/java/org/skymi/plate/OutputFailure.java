package org.skymi.plate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The output can't be written: no plate's fault, so it never quarantines one but ends the run. */
public final class OutputFailure extends UncheckedIOException {
  private static final long serialVersionUID = 1;

  public OutputFailure(IOException cause) {
    super("cannot write: " + cause.getMessage(), cause);
  }

  /** The output failure among an exception and its causes. */
  public static Optional<OutputFailure> in(Throwable exception) {
    for (Throwable e = exception; e != null; e = e.getCause()) {
      if (e instanceof OutputFailure failure) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }
}
