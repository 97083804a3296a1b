package org.skymi.sky.memory;

import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.SkyGrid;

/**
 * What no coefficient explains: the relative error that is left of sky fibres' skies beyond photon
 * noise, by wavelength, in lines and outside them apart.
 */
public final class Slack {
  private static final int BINS = 12;

  /** Relative error at which bright pixels stop to outweigh faint ones. */
  private static final double FLOOR = 0.02;

  private final SkyGrid grid;

  /** {@code [line][bin]}. */
  private final double[][] square = new double[2][BINS];

  private final double[][] weight = new double[2][BINS];

  Slack(SkyGrid grid) {
    this.grid = grid;
  }

  private static int kind(LineGroup group) {
    return group == null ? 0 : 1;
  }

  private int bin(double wavelength) {
    int bin = (int) ((grid.u(wavelength) + 1) / 2 * BINS);
    return Math.max(0, Math.min(BINS - 1, bin));
  }

  /**
   * Adds a pixel of a sky fibre.
   *
   * @param residual over the fibre's sky, with its own coefficients
   * @param variance of the photon noise
   */
  void add(double wavelength, LineGroup group, double residual, double variance, double sky) {
    double sigma2 = variance + FLOOR * FLOOR * sky * sky;
    // The best weights of squares of Gaussian residuals; a wild one counts for no more than 5
    // sigma.
    double unit = sky * sky / (sigma2 * sigma2);
    double excess = Math.min(residual * residual, 25 * sigma2) - variance;
    square[kind(group)][bin(wavelength)] += unit * excess;
    weight[kind(group)][bin(wavelength)] += unit * sky * sky;
  }

  /** Variances over the square of the sky, by bin, first outside lines, then in lines. */
  double[] table() {
    double[] table = new double[2 * BINS];
    for (int k = 0; k < table.length; k++) {
      table[k] = at(k / BINS, k % BINS);
    }
    return table;
  }

  /** Variance over the square of the sky. */
  double at(double wavelength, LineGroup group) {
    return at(kind(group), bin(wavelength));
  }

  private double at(int kind, int bin) {
    return weight[kind][bin] > 0 ? Math.max(0, square[kind][bin] / weight[kind][bin]) : 0;
  }
}
