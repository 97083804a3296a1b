package org.skymi.simulate;

/**
 * The wavelengths on which spectra are made before the spectrograph records them: equal steps, far
 * narrower than its line spread.
 */
final class FineGrid {
  /** First wavelength, Angstrom in vacuum. */
  static final double FIRST = 3660;

  /** Step, Angstrom. */
  static final double STEP = 0.3;

  /** Number of wavelengths; the last is about 9160 Angstrom. */
  static final int SIZE = 18335;

  private FineGrid() {}

  /** The wavelength of an index, Angstrom. */
  static double wavelength(int index) {
    return FIRST + index * STEP;
  }

  /** The index below a wavelength, not clipped to the grid. */
  static int index(double wavelength) {
    return (int) Math.floor((wavelength - FIRST) / STEP);
  }

  /** The index within the grid, its end included. */
  static int clip(int index) {
    return Math.max(0, Math.min(SIZE, index));
  }

  /** Adds a line without width to a spectrum per Angstrom, keeping its flux and centroid. */
  static void addLine(double[] spectrum, double wavelength, double flux) {
    int i = index(wavelength);
    if (i >= 0 && i + 1 < SIZE) {
      double part = (wavelength - wavelength(i)) / STEP;
      spectrum[i] += (1 - part) * flux / STEP;
      spectrum[i + 1] += part * flux / STEP;
    }
  }

  /** Adds a Gaussian to a spectrum per Angstrom. */
  static void addGaussian(double[] spectrum, double centre, double flux, double sigma) {
    double peak = flux / (sigma * Math.sqrt(2 * Math.PI));
    int from = Math.max(0, index(centre - 6 * sigma));
    int to = Math.min(SIZE - 1, index(centre + 6 * sigma) + 1);
    for (int i = from; i <= to; i++) {
      double u = (wavelength(i) - centre) / sigma;
      spectrum[i] += peak * Math.exp(-0.5 * u * u);
    }
  }
}
