package org.skymi.simulate;

/**
 * Records a spectrum through a Gaussian line spread function and finite pixels. A pixel holds
 * Q(upper edge) - Q(lower edge), where Q is the light below a wavelength after spreading; that is
 * exact for pixels of any size, so a frame of coarse pixels holds the same light as one of fine
 * pixels.
 */
final class LineSpread {
  private static final double REACH = 5; // sigma; beyond it less than 3e-7 of a line
  private static final int TABLE = 4000;
  private static final float[] CUMULATIVE = cumulative();

  private LineSpread() {}

  /**
   * Records a spectrum.
   *
   * @param spectrum on the fine grid, electron per Angstrom
   * @param edges pixel edges at true wavelengths, increasing, Angstrom, {@code [nPixel + 1]}
   * @param sigma line spread at the edges, Angstrom, {@code [nPixel + 1]}
   * @return electron per pixel, {@code [nPixel]}
   */
  static double[] record(double[] spectrum, double[] edges, double[] sigma) {
    double[] below = prefixSums(spectrum);
    double[] result = new double[edges.length - 1];
    double previous = 0;
    for (int e = 0; e < edges.length; e++) {
      double reach = REACH * sigma[e];
      int from = clip(FineGrid.index(edges[e] - reach) + 1);
      int to = clip(FineGrid.index(edges[e] + reach) + 1);
      double perStep = FineGrid.STEP / sigma[e] * TABLE / (2 * REACH);
      double place =
          (edges[e] - FineGrid.wavelength(from)) / sigma[e] * TABLE / (2 * REACH) + 0.5 * TABLE;
      double light = 0;
      for (int i = from; i < to; i++) {
        double u = Math.max(0, place);
        int k = (int) u;
        float low = CUMULATIVE[k];
        light += spectrum[i] * (low + (u - k) * (CUMULATIVE[k + 1] - low));
        place -= perStep;
      }
      double total = below[from] + light * FineGrid.STEP;
      if (e > 0) {
        result[e - 1] = total - previous;
      }
      previous = total;
    }
    return result;
  }

  private static int clip(int index) {
    return Math.max(0, Math.min(FineGrid.SIZE, index));
  }

  private static double[] prefixSums(double[] spectrum) {
    double[] sums = new double[spectrum.length + 1];
    for (int i = 0; i < spectrum.length; i++) {
      sums[i + 1] = sums[i] + spectrum[i] * FineGrid.STEP;
    }
    return sums;
  }

  /** The normal distribution function from -REACH to REACH, by Simpson's rule. */
  private static float[] cumulative() {
    float[] table = new float[TABLE + 2];
    double step = 2 * REACH / TABLE;
    double sum = 0;
    for (int k = 1; k <= TABLE; k++) {
      double x = -REACH + (k - 1) * step;
      sum += (density(x) + 4 * density(x + step / 2) + density(x + step)) * step / 6;
      table[k] = (float) sum;
    }
    table[TABLE + 1] = table[TABLE];
    return table;
  }

  private static double density(double x) {
    return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }
}
