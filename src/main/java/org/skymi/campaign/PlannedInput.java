package org.skymi.campaign;

import java.io.Serializable;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsRejection;

/**
 * A file that a run must account for.
 *
 * @param path as in the frozen inventory, relative to the archive's root
 * @param bytes its length then
 * @param fingerprint its text changes when the file does; an object, because millions of texts
 *     would fill the driver
 * @param identity what it holds; {@link FileIdentity#OTHER} if it can't be used
 * @param rejection why it can't be used, if that is known before reading it; else null
 */
public record PlannedInput(
    String path, long bytes, Serializable fingerprint, FileIdentity identity, Quarantined rejection)
    implements Serializable {
  /** Whether the file holds what another does, by its header: it is read if the other can't be. */
  public boolean isSpare() {
    return rejection != null
        && identity.kind() != FitsKind.OTHER
        && rejection.reason().equals(FitsRejection.Reason.DUPLICATE.name());
  }

  /** Whether the file is to be read, and is of a kind. */
  public boolean is(FitsKind kind) {
    return isUsable() && identity.kind() == kind;
  }

  /** Whether the file is to be read. */
  public boolean isUsable() {
    return rejection == null;
  }
}
