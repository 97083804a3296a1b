package org.skymi.simulate;

/**
 * Records spectra through a Gaussian line spread function and finite pixels. A pixel holds Q(upper
 * edge) - Q(lower edge), where Q is the light below a wavelength after spreading; that is exact for
 * pixels of any size, so a frame of coarse pixels holds the same light as one of fine pixels.
 */
final class LineSpread {
  private static final double REACH = 4.5; // sigma; beyond it less than 4e-6 of a line
  private static final int TABLE = 4000;
  private static final double[] CUMULATIVE = cumulative();

  private LineSpread() {}

  /**
   * Records several spectra through one fibre.
   *
   * @param spectra on the fine grid, electron per Angstrom
   * @param edges pixel edges at true wavelengths, increasing, Angstrom, {@code [nPixel + 1]}
   * @param sigma line spread at the edges, Angstrom, {@code [nPixel + 1]}
   * @return electron per pixel, {@code [spectrum][nPixel]}
   */
  static double[][] record(double[][] spectra, double[] edges, double[] sigma) {
    int n = spectra.length;
    double[][] result = new double[n][edges.length - 1];
    double[] whole = new double[n]; // light at grid points that lie wholly below the edge
    double[] previous = new double[n];
    double[] weight = new double[0];
    int done = FineGrid.clip(FineGrid.index(edges[0] - REACH * sigma[0]) + 1);
    for (int e = 0; e < edges.length; e++) {
      double reach = REACH * sigma[e];
      int from = FineGrid.clip(FineGrid.index(edges[e] - reach) + 1);
      int to = FineGrid.clip(FineGrid.index(edges[e] + reach) + 1);
      if (weight.length < to - from) {
        weight = new double[2 * (to - from)];
      }
      fillWeights(weight, to - from, edges[e] - FineGrid.wavelength(from), sigma[e]);
      for (int s = 0; s < n; s++) {
        double[] spectrum = spectra[s];
        for (int i = done; i < from; i++) {
          whole[s] += spectrum[i];
        }
        double light = whole[s] + sum(spectrum, from, weight, to - from);
        if (e > 0) {
          result[s][e - 1] = (light - previous[s]) * FineGrid.STEP;
        }
        previous[s] = light;
      }
      done = Math.max(done, from);
    }
    return result;
  }

  /** Weighted sum, in four parts so that additions need not wait for each other. */
  private static double sum(double[] spectrum, int from, double[] weight, int n) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      a += spectrum[from + i] * weight[i];
      b += spectrum[from + i + 1] * weight[i + 1];
      c += spectrum[from + i + 2] * weight[i + 2];
      d += spectrum[from + i + 3] * weight[i + 3];
    }
    for (; i < n; i++) {
      a += spectrum[from + i] * weight[i];
    }
    return (a + b) + (c + d);
  }

  /** Share of the light of the next {@code n} grid points that falls below an edge. */
  private static void fillWeights(double[] weight, int n, double distance, double sigma) {
    double scale = TABLE / (2 * REACH * sigma);
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
