package org.skymi.simulate;

/**
 * Records spectra through a line spread function and finite pixels. A pixel holds Q(upper edge) -
 * Q(lower edge), where Q is the light below a wavelength after spreading; that is exact for pixels
 * of any size, so a frame of coarse pixels holds the same light as one of fine pixels.
 */
final class LineSpread {
  private LineSpread() {}

  /**
   * Records several spectra through one fibre.
   *
   * @param spectra on the fine grid, electron per Angstrom
   * @param edges pixel edges at true wavelengths, increasing, Angstrom, {@code [nPixel + 1]}
   * @param profile line spread at the edges
   * @return electron per pixel, {@code [spectrum][nPixel]}
   */
  static double[][] record(double[][] spectra, double[] edges, Profile profile) {
    int n = spectra.length;
    double[][] result = new double[n][edges.length - 1];
    double[] whole = new double[n]; // light at grid points that lie wholly below the edge
    double[] previous = new double[n];
    double[] weight = new double[0];
    int done = FineGrid.clip(FineGrid.index(edges[0] - profile.reach(0)) + 1);
    for (int e = 0; e < edges.length; e++) {
      double reach = profile.reach(e);
      int from = FineGrid.clip(FineGrid.index(edges[e] - reach) + 1);
      int to = FineGrid.clip(FineGrid.index(edges[e] + reach) + 1);
      if (weight.length < to - from) {
        weight = new double[2 * (to - from)];
      }
      profile.fill(weight, to - from, edges[e] - FineGrid.wavelength(from), e);
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

  /** A line spread along the pixels of a fibre. */
  interface Profile {
    /** How far light spreads at a pixel edge, Angstrom. */
    double reach(int edge);

    /**
     * Share of the light of the next {@code n} grid points that falls below an edge.
     *
     * @param distance from the first of these points to the edge, Angstrom
     */
    void fill(double[] weight, int n, double distance, int edge);
  }
}
