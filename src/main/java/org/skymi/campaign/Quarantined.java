package org.skymi.campaign;

import java.io.Serializable;

/**
 * An input that was not used.
 *
 * @param path as planned
 * @param kind {@code frame}, {@code release} or {@code unknown}
 * @param reason its code
 * @param location HDU, card or byte; empty if the whole file
 * @param message what is wrong, in one line
 */
public record Quarantined(String path, String kind, String reason, String location, String message)
    implements Serializable {
  /** The reduction of the file's plate failed, however often it was tried. */
  public static final String PLATE_FAILED = "PLATE_FAILED";

  /** The file is not what it was when the inventory was frozen. */
  public static final String CHANGED = "CHANGED";
}
