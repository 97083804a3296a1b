package org.skymi.simulate;

/** The sky of one exposure. */
interface Sky {
  /** Strength of a species at the plate's centre, relative to its table. */
  double strength(SkySpecies species);

  /** Rotational temperature of an OH band minus the line list's, K. */
  double temperatureChange(SkySpecies band);

  /** What the air lets through of an airglow line, relative to the air of the line list. */
  default double transmission(double wavelength) {
    return 1;
  }

  /** Colour of a continuum relative to its table. */
  default double tint(SkySpecies species, double wavelength) {
    return 1;
  }

  /** Strength of a family at a place of the field (deg) relative to the plate's centre. */
  double map(SkyFamily family, double x, double y);

  /** Where the moon is. */
  MoonLight moon();

  /** Writes down what made this sky. */
  default void describe(Hidden hidden) {}
}
