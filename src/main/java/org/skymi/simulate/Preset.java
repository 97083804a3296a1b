package org.skymi.simulate;

/** Instruments to simulate. */
public enum Preset {
  /** Habits of the sizes that LAMOST and its like are known to have. */
  LAMOST,
  /** The same habits, twice as large. */
  HARD,
  /**
   * The matched world: every plate has a new instrument whose line spread, wavelength error and
   * throughput are those that the classical estimators fit.
   */
  IDEAL
}
