package org.skymi.plate;

import java.util.Locale;
import org.skymi.survey.FibreType;
import org.skymi.survey.InputException;

/**
 * Whose skies go into the table of spectra, which is much larger than all others. Released spectra
 * are stored, corrected, by all but {@link #NONE}; of medium resolution those from which something
 * is taken.
 */
public enum SpectraChoice {
  NONE,
  /** Those of sky fibres. */
  SKY,
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
      throw new InputException("spectra must be none, sky or all, not '" + name + "'", e);
    }
  }

  boolean includes(FibreType type) {
    return this == ALL || this == SKY && type == FibreType.SKY;
  }
}
