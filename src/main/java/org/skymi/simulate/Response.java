package org.skymi.simulate;

import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * From light above the telescope to electrons. Efficiencies are assumed (see efficiency.csv); the
 * telluric bands stand at their known places with round depths.
 */
final class Response {
  /** Collecting area, cm^2, LAMOST's mean over the sky. */
  private static final double AREA = 1.0e5;

  /** Sky that a fibre of 3.3 arcsec sees, arcsec^2. */
  static final double FIBRE_AREA = Math.PI * 3.3 * 3.3 / 4;

  private static final double PLANCK_TIMES_LIGHT = 1.98645e-8; // erg Angstrom
  private static final double[][] EFFICIENCY = efficiency();
  private static final double[] TELLURIC = bands();

  private Response() {}

  /**
   * Electrons per Angstrom for a flux density of 1e-17 erg/s/cm^2/Angstrom, on the fine grid,
   * telluric absorption not included.
   *
   * @param exposureTime s
   */
  static double[] electrons(Instrument instrument, Arm arm, double exposureTime) {
    double[] efficiency = efficiency(instrument, arm);
    double[] result = new double[FineGrid.SIZE];
    for (int i = 0; i < result.length; i++) {
      double energy = PLANCK_TIMES_LIGHT / FineGrid.wavelength(i);
      result[i] = 1e-17 * AREA * exposureTime / energy * efficiency[i];
    }
    return result;
  }

  /** Of other instruments what LAMOST's arms have together. */
  private static double[] efficiency(Instrument instrument, Arm arm) {
    if (instrument.arms().equals(Instrument.LAMOST.arms())) {
      return EFFICIENCY[arm.ordinal()];
    }
    double[] sum = new double[FineGrid.SIZE];
    for (double[] own : EFFICIENCY) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += own[i];
      }
    }
    return sum;
  }

  /** What the atmosphere's molecules let through, on the fine grid; shared, not to be changed. */
  static double[] telluric() {
    return TELLURIC;
  }

  private static double[] bands() {
    // First and last wavelength (vacuum) and greatest depth: O2 B, O2 A, H2O.
    double[][] bands = {
      {6278, 6320, 0.04}, {6868, 6950, 0.25}, {7168, 7350, 0.12},
      {7594, 7700, 0.60}, {8130, 8350, 0.12}, {8940, 9250, 0.30}
    };
    double[] result = new double[FineGrid.SIZE];
    for (int i = 0; i < result.length; i++) {
      double wavelength = FineGrid.wavelength(i);
      double loss = 0;
      for (double[] band : bands) {
        double u = (wavelength - band[0]) / (band[1] - band[0]);
        if (u > 0 && u < 1) {
          // Steep head, long tail, rotational lines about 12 Angstrom apart.
          double envelope = Math.min(1, 12 * u) * (1 - u);
          loss += band[2] * envelope * (0.75 + 0.25 * Math.cos(2 * Math.PI * wavelength / 12));
        }
      }
      result[i] = 1 - loss;
    }
    return result;
  }

  private static double[][] efficiency() {
    ResourceTable table = ResourceTable.read("efficiency.csv");
    return new double[][] {table.onFineGrid(1), table.onFineGrid(2)};
  }
}
