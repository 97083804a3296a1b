package org.skymi.sky.frame;

import java.io.Serializable;

/**
 * A run of sky-line pixels.
 *
 * @param low Angstrom in vacuum
 * @param high Angstrom in vacuum
 * @param group the lines in it
 * @param strength sum of its lines over a dark site, 1e-17 erg/s/cm2/arcsec2; 0 if unknown
 * @param depth share of an object's light that its own features, or the air's, may take away there;
 *     0 where objects have none in common
 */
public record LineWindow(double low, double high, LineGroup group, double strength, double depth)
    implements Serializable {
  /** Middle, Angstrom. */
  public double centre() {
    return (low + high) / 2;
  }

  /** Whether a wavelength lies inside. */
  public boolean contains(double wavelength) {
    return wavelength >= low && wavelength <= high;
  }
}
