package org.skymi.simulate;

/** The Fraunhofer lines, which moonlight, zodiacal light and sun-like stars have in common. */
final class SolarLines {
  private static final double[] DEPTH = depth();

  private SolarLines() {}

  /**
   * What the lines let through at a wavelength.
   *
   * @param wavelength at rest, Angstrom in vacuum; 1 outside the fine grid
   * @param strength 1 for the sun; the optical depth scales with it
   */
  static double transmission(double wavelength, double strength) {
    double place = (wavelength - FineGrid.FIRST) / FineGrid.STEP;
    int i = (int) place;
    if (place < 0 || i + 1 >= FineGrid.SIZE) {
      return 1;
    }
    double depth = DEPTH[i] + (place - i) * (DEPTH[i + 1] - DEPTH[i]);
    return depth == 0 ? 1 : Math.exp(-strength * depth);
  }

  /** Optical depth on the fine grid. */
  private static double[] depth() {
    ResourceTable table = ResourceTable.read("fraunhofer-lines.csv");
    double[] centre = table.numbers(0);
    double[] width = table.numbers(1);
    double[] sigma = table.numbers(2);
    double[] absorbed = new double[FineGrid.SIZE];
    for (int i = 0; i < centre.length; i++) {
      // The list holds blends as one line; no line of the sun is narrower than this at its depth.
      double least = width[i] / (0.85 * Math.sqrt(2 * Math.PI));
      FineGrid.addGaussian(absorbed, centre[i], width[i], Math.max(sigma[i], least));
    }
    double[] depth = new double[FineGrid.SIZE];
    for (int i = 0; i < depth.length; i++) {
      depth[i] = -Math.log(1 - Math.min(absorbed[i], 0.92));
    }
    return depth;
  }
}
