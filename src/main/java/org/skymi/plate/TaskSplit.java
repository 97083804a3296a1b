package org.skymi.plate;

import java.util.Locale;
import org.skymi.survey.InputException;

/** What a task is: everything of a plate, or first each spectrograph and exposure by itself. */
public enum TaskSplit {
  PLATE,
  SPECTROGRAPH;

  /**
   * The split of a name, in any case.
   *
   * @throws InputException if there is none
   */
  public static TaskSplit named(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InputException("split must be plate or spectrograph, not '" + name + "'", e);
    }
  }
}
