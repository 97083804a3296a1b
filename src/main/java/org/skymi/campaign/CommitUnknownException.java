package org.skymi.campaign;

import java.io.IOException;

/**
 * A commit of which nobody knows whether it took place: the file system failed during the one step
 * that commits. Nothing that the manifest lists may be deleted; whoever looks later sees which.
 */
public final class CommitUnknownException extends IOException {
  private static final long serialVersionUID = 1;

  CommitUnknownException(int number, IOException cause) {
    super(
        "it is not known whether manifest "
            + number
            + " was committed ("
            + cause.getMessage()
            + "): nothing was deleted, run again",
        cause);
  }
}
