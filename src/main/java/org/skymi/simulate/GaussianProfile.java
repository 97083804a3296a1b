package org.skymi.simulate;

/**
 * A Gaussian line spread.
 *
 * @param sigma at the pixel edges, Angstrom
 */
record GaussianProfile(double[] sigma) implements LineSpread.Profile {
  private static final double REACH = 4.5; // sigma; beyond it less than 4e-6 of a line
  private static final int TABLE = 4000;
  private static final double[] CUMULATIVE = cumulative();

  @Override
  public double reach(int edge) {
    return REACH * sigma[edge];
  }

  @Override
  public void fill(double[] weight, int n, double distance, int edge) {
    double scale = TABLE / (2 * REACH * sigma[edge]);
    double place = distance * scale + 0.5 * TABLE;
    double step = FineGrid.STEP * scale;
    for (int i = 0; i < n; i++) {
      double u = place - i * step; // within the table, because the reach says which points count
      int k = (int) u;
      weight[i] = CUMULATIVE[k] + (u - k) * (CUMULATIVE[k + 1] - CUMULATIVE[k]);
    }
  }

  /** The normal distribution function from -REACH to REACH, by Simpson's rule. */
  private static double[] cumulative() {
    double[] table = new double[TABLE + 2];
    double step = 2 * REACH / TABLE;
    for (int k = 1; k <= TABLE; k++) {
      double x = -REACH + (k - 1) * step;
      double part = (density(x) + 4 * density(x + step / 2) + density(x + step)) * step / 6;
      table[k] = table[k - 1] + part;
    }
    table[TABLE + 1] = table[TABLE];
    return table;
  }

  private static double density(double x) {
    return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }
}
