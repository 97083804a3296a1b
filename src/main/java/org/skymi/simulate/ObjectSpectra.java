package org.skymi.simulate;

/**
 * Spectra of objects above the atmosphere: continua with the features that matter to a sky
 * estimate, not stellar atmospheres. Line wavelengths are NIST's, in vacuum.
 */
final class ObjectSpectra {
  private static final double[] BALMER = {
    6564.61, 4862.68, 4341.68, 4102.89, 3971.20, 3890.15, 3836.47, 3798.98
  };
  private static final double[] BALMER_DEPTH = {0.8, 1, 1, 1, 0.95, 0.85, 0.75, 0.6};

  /** Heads (vacuum) and lengths of TiO bands, Angstrom. */
  private static final double[][] TIO = {
    {4762, 190},
    {4956, 190},
    {5168, 200},
    {5449, 180},
    {5849, 180},
    {6160, 170},
    {6653, 250},
    {7056, 280},
    {7591, 240},
    {8206, 240},
    {8434, 200},
    {8861, 230}
  };

  /** Nebular lines: wavelength, strength (Angstrom of equivalent width at line strength 1). */
  private static final double[][] NEBULAR = {
    {3727.1, 12},
    {3729.9, 16},
    {4341.7, 3},
    {4862.7, 8},
    {4960.3, 5},
    {5008.2, 15},
    {6549.9, 5},
    {6564.6, 30},
    {6585.3, 15},
    {6718.3, 7},
    {6732.7, 5}
  };

  /** Broad lines: wavelength, equivalent width, FWHM in km/s. */
  private static final double[][] BROAD = {
    {1215.7, 80, 5000},
    {1549.1, 45, 5000},
    {1908.7, 25, 6000},
    {2500, 40, 30000},
    {2799.1, 35, 4000},
    {4341.7, 12, 4000},
    {4862.7, 45, 4000},
    {5008.2, 15, 900},
    {4960.3, 5, 900},
    {6564.6, 180, 4000}
  };

  /**
   * Steps of the fine grid between computed points: objects have no lines as narrow as the sky's.
   */
  private static final int STRIDE = 2;

  private static final double LIGHT = 299792.458; // km/s

  private ObjectSpectra() {}

  /**
   * The spectrum of an object as it reaches a fibre, telluric absorption included.
   *
   * @return 1e-17 erg/s/cm^2/Angstrom on the fine grid, 0 outside the indices {@code first..last-1}
   */
  static double[] flux(Target target, int first, int last) {
    double[] result = new double[FineGrid.SIZE];
    double[] telluric = Response.telluric();
    double scale = scale(target);
    double left = shape(target, FineGrid.wavelength(first) / (1 + target.redshift()));
    for (int i = first; i < last; i += STRIDE) {
      double right = shape(target, FineGrid.wavelength(i + STRIDE) / (1 + target.redshift()));
      for (int k = 0; k < STRIDE && i + k < last; k++) {
        result[i + k] = scale * telluric[i + k] * (left + (right - left) * k / STRIDE);
      }
      left = right;
    }
    return result;
  }

  /** Makes the shape's mean around 4770 Angstrom the AB magnitude's flux density. */
  private static double scale(Target target) {
    double sum = 0;
    int n = 0;
    for (double w = 4100; w < 5400; w += 25) {
      sum += shape(target, w / (1 + target.redshift()));
      n++;
    }
    double density = 0.1088 / (4770 * 4770) * Math.pow(10, -0.4 * target.magnitude()) * 1e17;
    return density * n / sum;
  }

  private static double shape(Target target, double rest) {
    double t = target.temperature();
    return switch (target.kind()) {
      case WHITE_DWARF -> planck(rest, t) * balmer(rest, 0.5, 28);
      case A_STAR -> planck(rest, t) * balmer(rest, 0.7, 12) * SolarLines.transmission(rest, 0.1);
      case F_STAR -> planck(rest, t) * balmer(rest, 0.35, 5) * SolarLines.transmission(rest, 0.5);
      case G_STAR -> planck(rest, t) * SolarLines.transmission(rest, metals(t));
      case K_STAR -> planck(rest, t) * SolarLines.transmission(rest, metals(t)) * tio(rest, t);
      case M_STAR -> planck(rest, t) * SolarLines.transmission(rest, 1.6) * tio(rest, t);
      case GALAXY -> galaxy(rest, t, target.lineStrength());
      case QUASAR -> quasar(rest, target.lineStrength());
    };
  }

  /** Strength of metal lines relative to the sun's. */
  private static double metals(double temperature) {
    return Math.min(1.8, 1 + (5770 - temperature) / 2000);
  }

  /** Black body per unit wavelength, relative to that at 5000 Angstrom. */
  private static double planck(double wavelength, double temperature) {
    double u = 1.43878e8 / (wavelength * temperature);
    double v = 1.43878e8 / (5000 * temperature);
    return Math.pow(5000 / wavelength, 5) * (Math.exp(v) - 1) / (Math.exp(u) - 1);
  }

  /** Lorentzian wings, as pressure broadening makes them. */
  private static double balmer(double wavelength, double depth, double halfWidth) {
    double transmission = 1;
    for (int k = 0; k < BALMER.length; k++) {
      double u = (wavelength - BALMER[k]) / halfWidth;
      transmission *= 1 - depth * BALMER_DEPTH[k] / (1 + u * u);
    }
    return transmission;
  }

  private static double tio(double wavelength, double temperature) {
    double strength = Math.max(0, Math.min(0.65, (4300 - temperature) / 1500));
    if (strength == 0) {
      return 1;
    }
    double transmission = 1;
    for (double[] band : TIO) {
      double u = (wavelength - band[0]) / band[1];
      if (u > 0 && u < 1) {
        transmission *= 1 - strength * Math.min(1, 25 * u) * (1 - u);
      }
    }
    return transmission;
  }

  private static double galaxy(double rest, double temperature, double lines) {
    double jump = 0.6 + 0.4 / (1 + Math.exp(-(rest - 4000) / 15));
    double emission = 0;
    for (double[] line : NEBULAR) {
      emission += line[1] * gaussian(rest, line[0], 250);
    }
    double stars = SolarLines.transmission(rest, 0.8) * jump;
    return planck(rest, temperature) * (stars + lines * emission);
  }

  private static double quasar(double rest, double lines) {
    double emission = 0;
    for (double[] line : BROAD) {
      emission += line[1] * gaussian(rest, line[0], line[2]);
    }
    // The Lyman alpha forest takes about a third of the light on its blue side.
    double forest = rest < 1215.7 ? 0.65 : 1;
    return Math.pow(rest / 3000, -1.5) * (1 + lines * emission) * forest;
  }

  /** A Gaussian of unit area per Angstrom. */
  private static double gaussian(double wavelength, double centre, double fwhm) {
    double sigma = centre * fwhm / LIGHT / 2.354820;
    double u = (wavelength - centre) / sigma;
    return Math.abs(u) > 6 ? 0 : Math.exp(-0.5 * u * u) / (sigma * Math.sqrt(2 * Math.PI));
  }
}
