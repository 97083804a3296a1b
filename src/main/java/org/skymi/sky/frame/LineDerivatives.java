package org.skymi.sky.frame;

/**
 * Derivatives of a sky's lines: differences over one or two knots, about the line spread's sigma,
 * so that noise does not make them. The n-th is in units of that length to the n-th over n
 * factorial: what errors of the wavelengths (1), width (2), asymmetry (3) and kurtosis (4) of the
 * line spread do to the lines.
 */
public final class LineDerivatives {
  /** Pixels in the line spread's sigma from which on derivatives are taken over two knots. */
  private static final double FINE = 1.5;

  private static final double[][] WEIGHTS = {
    {0, -0.5, 0, 0.5, 0},
    {0, 0.5, -1, 0.5, 0},
    {-1 / 12.0, 1 / 6.0, 0, -1 / 6.0, 1 / 12.0},
    {1 / 24.0, -1 / 6.0, 0.25, -1 / 6.0, 1 / 24.0}
  };

  private LineDerivatives() {}

  /**
   * Spline coefficients of a derivative.
   *
   * @param lines spline coefficients of the lines
   * @param order 1..4
   */
  public static double[] of(SkyGrid grid, double[] lines, int order) {
    return of(reach(grid), lines, order);
  }

  /** Knots over which an arm's differences are taken. */
  public static int reach(SkyGrid grid) {
    return grid.optics().sampling() < FINE ? 1 : 2;
  }

  /** The same over a given number of knots. */
  public static double[] of(int reach, double[] lines, int order) {
    double[] weights = WEIGHTS[order - 1];
    double[] d = new double[lines.length];
    int last = lines.length - 1;
    for (int w = 0; w < weights.length; w++) {
      int away = (w - weights.length / 2) * reach;
      int low = Math.max(0, Math.min(last + 1, -away));
      int high = Math.max(low, Math.min(last + 1, last + 1 - away));
      for (int k = 0; k < low; k++) {
        d[k] += weights[w] * lines[0];
      }
      for (int k = low; k < high; k++) {
        d[k] += weights[w] * lines[k + away];
      }
      for (int k = high; k <= last; k++) {
        d[k] += weights[w] * lines[last];
      }
    }
    return d;
  }
}
