package org.skymi.sky.judge;

import java.util.Arrays;
import java.util.Optional;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.survey.SkyBand;

/**
 * The metrics of one residual r = D - Ŝ.
 *
 * @param values by {@link Metric#ordinal()}, NaN where not defined
 */
public record ResidualStatistics(double[] values) {
  private static final int BIN = 20;

  /** Pixels on each side of a window from which its background is taken. */
  private static final int EDGE = 4;

  /** Residuals beyond this many standard errors are outliers, which have metrics of their own. */
  private static final double WILD = 10;

  /** The value of a metric, NaN where it is not defined. */
  public double value(Metric metric) {
    return values[metric.ordinal()];
  }

  /** The same with another value of one metric. */
  public ResidualStatistics with(Metric metric, double value) {
    ResidualStatistics other = new ResidualStatistics(values.clone());
    other.set(metric, value);
    return other;
  }

  /** Nothing is known. */
  public static ResidualStatistics unknown() {
    double[] values = new double[Metric.values().length];
    Arrays.fill(values, Double.NaN);
    return new ResidualStatistics(values);
  }

  /** Measures the residual of a sky that no parameter was fitted to this very flux for. */
  public static ResidualStatistics of(
      float[] flux, float[] variance, Sky sky, double[] wavelength, SkyGrid grid, boolean pureSky) {
    return of(flux, variance, sky, wavelength, grid, pureSky, 0);
  }

  /**
   * Measures a residual.
   *
   * @param flux electron, {@code [nPixel]}
   * @param variance of the flux, electron^2, infinite where unusable
   * @param sky the estimate
   * @param wavelength aligned to the sky, Angstrom
   * @param grid the arm
   * @param pureSky whether the fibre holds nothing but sky; if not, only the metrics of lines are
   *     defined
   * @param parameters of the sky that were fitted to this flux, p in N - p
   */
  public static ResidualStatistics of(
      float[] flux,
      float[] variance,
      Sky sky,
      double[] wavelength,
      SkyGrid grid,
      boolean pureSky,
      int parameters) {
    ResidualStatistics statistics = unknown();
    Pixels pixels = new Pixels(flux, variance, sky.flux(), wavelength, grid);
    if (pixels.usable() == 0) {
      return statistics;
    }
    statistics.measureLines(pixels);
    if (pureSky) {
      statistics.measureNoise(pixels, parameters);
      statistics.measureContinuum(pixels);
      statistics.measureCoverage(pixels, sky.ivar());
    }
    return statistics;
  }

  private void set(Metric metric, double value) {
    values[metric.ordinal()] = Double.isFinite(value) ? value : Double.NaN;
  }

  private void measureNoise(Pixels p, int parameters) {
    double[] chi = new double[p.n];
    Arrays.fill(chi, Double.NaN);
    double chi2 = 0;
    double sum = 0;
    double square = 0;
    double noise = 0;
    double level = 0;
    int tame = 0;
    int out3 = 0;
    int out10 = 0;
    int used = 0;
    for (int i = 0; i < p.n; i++) {
      if (!p.use[i]) {
        continue;
      }
      chi[i] = p.residual[i] / Math.sqrt(p.variance[i]);
      used++;
      out3 += Math.abs(chi[i]) > 3 ? 1 : 0;
      out10 += Math.abs(chi[i]) > WILD ? 1 : 0;
      chi2 += chi[i] * chi[i];
      if (Math.abs(chi[i]) <= WILD) {
        sum += p.residual[i];
        square += p.residual[i] * p.residual[i];
        noise += p.variance[i];
        level += p.sky[i];
        tame++;
      }
    }
    set(Metric.CHI_MED, RobustStatistics.median(chi));
    set(Metric.CHI_NMAD, RobustStatistics.nmad(chi));
    set(Metric.CHI2PDF, used > parameters ? chi2 / (used - parameters) : Double.NaN);
    double mean = sum / tame;
    double excess = Math.max(0, square / tame - mean * mean - noise / tame);
    set(Metric.SYS_FLOOR, 100 * Math.sqrt(excess) / (level / tame));
    set(Metric.POISSON_RATIO, Math.sqrt(square / noise));
    set(Metric.OUT_3, 100.0 * out3 / used);
    set(Metric.OUT_10, 100.0 * out10 / used);
  }

  private void measureContinuum(Pixels p) {
    double[] residual = new double[p.n];
    double[] sky = new double[p.n];
    double[] binned = new double[p.n / BIN + 1];
    Arrays.fill(residual, Double.NaN);
    Arrays.fill(sky, Double.NaN);
    Arrays.fill(binned, Double.NaN);
    double sum = 0;
    int count = 0;
    int bins = 0;
    for (int i = 0; i < p.n; i++) {
      if (!p.use[i] || p.window[i] >= 0) {
        continue;
      }
      residual[i] = p.residual[i];
      sky[i] = p.sky[i];
      sum += residual[i];
      if (++count == BIN) {
        binned[bins++] = sum / BIN;
        sum = 0;
        count = 0;
      }
    }
    double level = RobustStatistics.median(sky);
    set(Metric.RELRES_CONT, 100 * RobustStatistics.nmad(residual) / level);
    set(Metric.RELRES_CONT20, 100 * RobustStatistics.nmad(binned) / level);
    Metric[] bias = {Metric.BLUE_BIAS_1, Metric.BLUE_BIAS_2, Metric.BLUE_BIAS_3};
    SkyBand[] bands = {SkyBand.B3700_4000, SkyBand.B4000_4500, SkyBand.B4500_5500};
    for (int b = 0; b < bands.length; b++) {
      double[] r = new double[p.n];
      double[] s = new double[p.n];
      boolean ofArm = p.grid.instrument().arm(bands[b]).equals(Optional.of(p.grid.arm()));
      for (int i = 0; i < p.n; i++) {
        boolean in = p.use[i] && ofArm && bands[b].contains(p.wavelength[i]);
        r[i] = in ? p.residual[i] : Double.NaN;
        s[i] = in ? p.sky[i] : Double.NaN;
      }
      set(bias[b], 100 * RobustStatistics.median(r) / RobustStatistics.median(s));
    }
  }

  private void measureCoverage(Pixels p, float[] skyIvar) {
    int used = 0;
    int in68 = 0;
    int in95 = 0;
    for (int i = 0; i < p.n; i++) {
      if (p.use[i] && skyIvar[i] > 0) {
        double sigma = Math.sqrt(p.variance[i] + 1 / skyIvar[i]);
        used++;
        in68 += Math.abs(p.residual[i]) <= sigma ? 1 : 0;
        in95 += Math.abs(p.residual[i]) <= 2 * sigma ? 1 : 0;
      }
    }
    set(Metric.COVER_68, 100.0 * in68 / used);
    set(Metric.COVER_95, 100.0 * in95 / used);
  }

  /** Window by window, each above its own straight background in the residual and in the sky. */
  private void measureLines(Pixels p) {
    double residual2 = 0;
    double lines2 = 0;
    double residual = 0;
    double lines = 0;
    double[][] g = new double[3][2];
    for (int start = 0; start < p.n; start++) {
      if (p.window[start] < 0) {
        continue;
      }
      int end = start;
      while (end < p.n && p.window[end] == p.window[start]) {
        end++;
      }
      double[] r = p.aboveEdges(p.residual, start, end, EDGE);
      double[] s = p.aboveEdges(p.sky, start, end, EDGE);
      for (int i = start + 1; i + 1 < end && r != null && s != null; i++) {
        if (!p.use[i]) {
          continue;
        }
        int j = i - start;
        double weight = 1 / p.variance[i];
        double perStep = 1 / (p.wavelength[i + 1] - p.wavelength[i - 1]);
        residual2 += r[j] * r[j];
        lines2 += s[j] * s[j];
        residual += r[j];
        lines += s[j];
        add(g[0], s[j], r[j], weight);
        add(g[1], (s[j + 1] - s[j - 1]) * perStep, r[j], weight);
        add(g[2], 2 * (s[j + 1] - 2 * s[j] + s[j - 1]) * perStep * perStep, r[j], weight);
      }
      start = end - 1;
    }
    if (lines2 > 0) {
      set(Metric.RELRES_LINE, 100 * Math.sqrt(residual2 / lines2));
      set(Metric.LINE_BIAS, 100 * residual / lines);
      set(Metric.THRU, 1 + g[0][0] / g[0][1]);
      set(Metric.THRU_ERR, 1 / Math.sqrt(g[0][1]));
      set(Metric.DWAVE, -g[1][0] / g[1][1]);
      set(Metric.DWAVE_ERR, 1 / Math.sqrt(g[1][1]));
      set(Metric.DLSF, g[2][0] / g[2][1]);
      set(Metric.DLSF_ERR, 1 / Math.sqrt(g[2][1]));
    }
  }

  /** Adds a pixel to what a shape has of a residual, and to its own square. */
  private static void add(double[] sums, double shape, double residual, double weight) {
    sums[0] += weight * shape * residual;
    sums[1] += weight * shape * shape;
  }

  /** A residual, pixel by pixel. */
  private static final class Pixels {
    final int n;
    final double[] residual;
    final double[] sky;
    final double[] wavelength;
    final float[] variance;
    final boolean[] use;
    final int[] window;
    final SkyGrid grid;

    Pixels(float[] flux, float[] variance, float[] sky, double[] wavelength, SkyGrid grid) {
      n = flux.length;
      this.variance = variance;
      this.wavelength = wavelength;
      this.grid = grid;
      residual = new double[n];
      this.sky = new double[n];
      use = new boolean[n];
      window = new int[n];
      for (int i = 0; i < n; i++) {
        use[i] = !Float.isInfinite(variance[i]) && Float.isFinite(sky[i]);
        this.sky[i] = sky[i];
        residual[i] = (double) flux[i] - sky[i];
        window[i] = grid.covers(wavelength[i]) ? grid.windowAt(wavelength[i]) : -1;
      }
    }

    int usable() {
      int count = 0;
      for (boolean u : use) {
        count += u ? 1 : 0;
      }
      return count;
    }

    /**
     * Values of a window above a straight line between its edges; null where an edge has no usable
     * pixel.
     */
    double[] aboveEdges(double[] values, int start, int end, int width) {
      double left = mean(values, start - width, start);
      double right = mean(values, end, end + width);
      if (Double.isNaN(left) || Double.isNaN(right)) {
        return null;
      }
      double[] above = new double[end - start];
      for (int i = start; i < end; i++) {
        double f = (i - start + 0.5) / (end - start);
        above[i - start] = values[i] - left - f * (right - left);
      }
      return above;
    }

    private double mean(double[] values, int from, int to) {
      double sum = 0;
      int count = 0;
      for (int i = Math.max(0, from); i < Math.min(n, to); i++) {
        if (use[i]) {
          sum += values[i];
          count++;
        }
      }
      return count == 0 ? Double.NaN : sum / count;
    }
  }
}
