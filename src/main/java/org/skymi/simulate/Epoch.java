package org.skymi.simulate;

import java.util.OptionalInt;
import org.skymi.survey.Night;

/**
 * A hardware step: from a night on, part of the habits is new.
 *
 * @param night the first night after the step
 * @param spectrograph the one that it concerns; empty for all of them
 */
public record Epoch(Night night, OptionalInt spectrograph) {
  /**
   * Reads {@code YYYYMMDD} or {@code YYYYMMDD:spectrograph}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Epoch parse(String text) {
    String[] parts = text.split(":", 2);
    try {
      return new Epoch(
          Night.parse(parts[0]),
          parts.length == 1 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts[1])));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + parts[1] + "' is no spectrograph", e);
    }
  }

  boolean concerns(int number, int lmjd) {
    return night.lmjd() <= lmjd && spectrograph.orElse(number) == number;
  }
}
