package org.skymi.campaign;

import java.io.Serializable;
import org.skymi.fits.FileIdentity;

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
  /** Whether the file is to be read. */
  public boolean isUsable() {
    return rejection == null;
  }
}
