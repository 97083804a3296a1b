package org.skymi.plate;

import java.util.Locale;
import org.skymi.survey.FibreType;
import org.skymi.survey.InputException;

/**
 * How the skies are kept. Pixel by pixel they are much larger than all other tables; what they are
 * drawn from is a few hundredths of it. Released spectra are stored, corrected, by all but {@link
 * #NONE}; of medium resolution those from which something is taken.
 */
public enum SpectraChoice {
  NONE,
  /** Those of sky fibres, pixel by pixel. */
  SKY,
  /** What their skies are drawn from, and what sky fibres recorded. */
  MODEL,
  /** All, pixel by pixel. */
  ALL;

  /**
   * The choice of a name, in any case.
   *
   * @throws InputException if there is none
   */
  public static SpectraChoice named(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InputException("spectra must be none, sky, model or all, not '" + name + "'", e);
    }
  }

  /** Whether the skies of a fibre, that are drawn from nothing, are kept pixel by pixel. */
  boolean includes(FibreType type) {
    return switch (this) {
      case NONE -> false;
      case SKY -> type == FibreType.SKY;
      case MODEL, ALL -> true;
    };
  }
}
