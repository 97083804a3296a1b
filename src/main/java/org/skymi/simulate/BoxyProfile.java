package org.skymi.simulate;

/**
 * The image of a fibre (a box) blurred by optics (a Gaussian), with asymmetry and kurtosis: the
 * third and fourth Gauss-Hermite terms without what they do to total light, centroid and width.
 *
 * @param sigma standard deviation at the pixel edges, Angstrom
 * @param h3 asymmetry at the edges
 * @param h4 kurtosis at the edges
 * @param boxy whether the core has the fibre's box; else it is a Gaussian
 */
record BoxyProfile(double[] sigma, double[] h3, double[] h4, boolean boxy)
    implements LineSpread.Profile {
  private static final double REACH = 5; // sigma
  private static final int TABLE = 4000;

  /** Half width of the box, in standard deviations of the whole core. */
  private static final double HALF = 1.25;

  private static final double[] BOXY = table(true);
  private static final double[] ROUND = table(false);

  @Override
  public double reach(int edge) {
    return REACH * sigma[edge];
  }

  @Override
  public void fill(double[] weight, int n, double distance, int edge) {
    double[] core = boxy ? BOXY : ROUND;
    double third = h3[edge];
    double fourth = h4[edge];
    double scale = TABLE / (2 * REACH * sigma[edge]);
    double place = distance * scale + 0.5 * TABLE;
    double step = FineGrid.STEP * scale;
    for (int i = 0; i < n; i++) {
      double u = place - i * step;
      int k = 3 * (int) u;
      double part = u - (int) u;
      double low = core[k] + third * core[k + 1] + fourth * core[k + 2];
      double high = core[k + 3] + third * core[k + 4] + fourth * core[k + 5];
      weight[i] = low + part * (high - low);
    }
  }

  /** Light below a place: of the core, and what h3 and h4 add, one after the other. */
  private static double[] table(boolean boxy) {
    double[] table = new double[3 * (TABLE + 2)];
    double blur = Math.sqrt(1 - HALF * HALF / 3);
    for (int k = 0; k <= TABLE + 1; k++) {
      double x = Math.min(REACH, -REACH + 2 * REACH * k / TABLE);
      double density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
      table[3 * k] =
          boxy ? (lobe((x + HALF) / blur) - lobe((x - HALF) / blur)) * blur / (2 * HALF) : phi(x);
      table[3 * k + 1] = -2 / Math.sqrt(3) * density * (x * x - 1);
      table[3 * k + 2] = -4 / Math.sqrt(24) * density * (x * x * x - 3 * x);
    }
    return table;
  }

  /** Integral of the normal distribution function. */
  private static double lobe(double x) {
    return x * phi(x) + Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  /** The normal distribution function, by its series in x (Marsaglia 2004). */
  private static double phi(double x) {
    if (Math.abs(x) > 8) {
      return x > 0 ? 1 : 0;
    }
    double sum = x;
    double term = x;
    for (int k = 3; Math.abs(term) > 1e-17; k += 2) {
      term *= x * x / k;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }
}
