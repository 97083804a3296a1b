package org.skymi.survey;

/**
 * The wavelength bands in which sky estimates are compared, Angstrom in vacuum: columns of the
 * tables, and so the same of every instrument.
 */
public enum SkyBand {
  B3700_4000(3700, 4000),
  B4000_4500(4000, 4500),
  B4500_5500(4500, 5500),
  R6000_6800(6000, 6800),
  R7000_8000(7000, 8000),
  R8200_9000(8200, 9000);

  private final double low;
  private final double high;

  SkyBand(double low, double high) {
    this.low = low;
    this.high = high;
  }

  /** Lower limit, Angstrom, inclusive. */
  public double low() {
    return low;
  }

  /** Upper limit, Angstrom, exclusive. */
  public double high() {
    return high;
  }

  /** Whether a wavelength lies in the band. */
  public boolean contains(double wavelength) {
    return wavelength >= low && wavelength < high;
  }
}
