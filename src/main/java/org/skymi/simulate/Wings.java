package org.skymi.simulate;

/** The far wings of the line spread: a power law that reaches tens of Angstrom. */
final class Wings {
  private static final double CORE = 2.5; // Angstrom
  private static final double POWER = 0.9; // of 1 + (distance/CORE)^2
  private static final double REACH = 60; // Angstrom
  private static final double[] KERNEL = kernel();

  private Wings() {}

  /** A spectrum as the wings alone spread it, between two indices of the fine grid. */
  static double[] spread(double[] spectrum, int first, int last) {
    double[] result = new double[spectrum.length];
    int reach = KERNEL.length - 1;
    int from = Math.max(reach, first);
    int to = Math.min(spectrum.length - reach, last);
    System.arraycopy(spectrum, 0, result, 0, spectrum.length);
    for (int i = from; i < to; i++) {
      double sum = KERNEL[0] * spectrum[i];
      for (int k = 1; k <= reach; k++) {
        sum += KERNEL[k] * (spectrum[i - k] + spectrum[i + k]);
      }
      result[i] = sum;
    }
    return result;
  }

  /** One side of it; the whole has unit sum. */
  private static double[] kernel() {
    double[] kernel = new double[(int) (REACH / FineGrid.STEP)];
    double total = 0;
    for (int k = 0; k < kernel.length; k++) {
      double u = k * FineGrid.STEP / CORE;
      kernel[k] = Math.pow(1 + u * u, -POWER);
      total += k == 0 ? kernel[k] : 2 * kernel[k];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= total;
    }
    return kernel;
  }
}
