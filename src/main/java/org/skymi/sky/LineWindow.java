package org.skymi.sky;

/**
 * A run of sky-line pixels.
 *
 * @param low Angstrom in vacuum
 * @param high Angstrom in vacuum
 * @param group the lines in it
 */
public record LineWindow(double low, double high, LineGroup group) {
  /** Middle, Angstrom. */
  public double centre() {
    return (low + high) / 2;
  }

  /** Whether a wavelength lies inside. */
  public boolean contains(double wavelength) {
    return wavelength >= low && wavelength <= high;
  }
}
