package org.skymi.campaign;

import java.io.Serializable;

/**
 * A file that a run must account for.
 *
 * @param path as in the frozen inventory
 * @param bytes its length then
 * @param fingerprint what changes when the file does
 * @param rejection why it can't be used, if that is known before reading it; else null
 */
public record PlannedInput(String path, long bytes, String fingerprint, Quarantined rejection)
    implements Serializable {
  /** Whether the file is to be read. */
  public boolean isUsable() {
    return rejection == null;
  }
}
