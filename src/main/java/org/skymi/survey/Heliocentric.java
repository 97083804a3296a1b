package org.skymi.survey;

/**
 * Wavelengths as they would be seen from the sun, which surveys give, and as they were recorded.
 */
public final class Heliocentric {
  private static final double LIGHT_SPEED = 299_792.458; // km/s

  private Heliocentric() {}

  /**
   * The wavelength in the observatory's frame, Angstrom in vacuum.
   *
   * @param heliocentric Angstrom in vacuum
   * @param velocity the correction that was applied, km/s
   */
  public static double topocentric(double heliocentric, double velocity) {
    return heliocentric * (1 + velocity / LIGHT_SPEED);
  }
}
