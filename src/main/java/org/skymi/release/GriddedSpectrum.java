package org.skymi.release;

import java.io.Serializable;
import java.util.Arrays;
import org.skymi.math.RobustStatistics;
import org.skymi.math.RunningMedian;
import org.skymi.sky.judge.Metric;
import org.skymi.sky.judge.ResidualStatistics;
import org.skymi.survey.Heliocentric;
import org.skymi.survey.ReleaseSpectrum;

/**
 * A released spectrum on the cells of {@link TopocentricGrid}: its continuum, which is a running
 * median, and what it holds above it: lines and bands of the object, what the survey's pipeline
 * left of the sky, and noise.
 */
final class GriddedSpectrum implements Serializable {
  private static final long serialVersionUID = 1;

  /** Pixels of the running median on either side: wider than any run of sky lines' wings. */
  static final int CONTINUUM_HALF = 40;

  /** Lines that no model of stars knows; share of the continuum. */
  private static final double STAR_ERROR = 0.02;

  /** Flux above the continuum; 0 where unknown. */
  final double[] excess = new double[TopocentricGrid.SIZE];

  /** Of {@link #excess}; infinite where unknown. */
  final double[] variance = new double[TopocentricGrid.SIZE];

  /** 0 where unknown. */
  final double[] continuum = new double[TopocentricGrid.SIZE];

  /**
   * What a cell counts against a model: inverse variance of noise and of stars; 0 where unknown.
   */
  final double[] weight = new double[TopocentricGrid.SIZE];

  private final int[] pixel = new int[TopocentricGrid.SIZE];
  private final double signalToNoise;

  /** Asked for by every model, null until the first does; likewise the next. */
  private transient UsedCells used;

  private transient double[] photons;

  /** Puts a spectrum on the grid. */
  GriddedSpectrum(ReleaseSpectrum spectrum) {
    Arrays.fill(variance, Double.POSITIVE_INFINITY);
    Arrays.fill(pixel, -1);
    int n = spectrum.pixelCount();
    double[] flux = new double[n];
    for (int p = 0; p < n; p++) {
      flux[p] = spectrum.ivar()[p] > 0 ? spectrum.flux()[p] : Double.NaN;
    }
    double[] median = RunningMedian.of(flux, CONTINUUM_HALF);
    for (int p = 0; p < n; p++) {
      int cell =
          TopocentricGrid.cell(
              Heliocentric.topocentric(spectrum.wavelength()[p], spectrum.heliocentricVelocity()));
      if (cell >= 0 && !Double.isNaN(flux[p])) {
        excess[cell] = flux[p] - median[p];
        continuum[cell] = median[p];
        variance[cell] = 1.0 / spectrum.ivar()[p];
        double star = STAR_ERROR * median[p];
        weight[cell] = 1 / (variance[cell] + star * star);
        pixel[cell] = p;
      }
    }
    signalToNoise = ResidualScatter.signalToNoise(spectrum);
  }

  private GriddedSpectrum(GriddedSpectrum other, double factor) {
    for (int k = 0; k < excess.length; k++) {
      excess[k] = factor * other.excess[k];
      variance[k] = factor * factor * other.variance[k];
      continuum[k] = factor * other.continuum[k];
      weight[k] = other.weight[k] / (factor * factor);
      pixel[k] = other.pixel[k];
    }
    signalToNoise = other.signalToNoise;
  }

  /** The same in another unit of flux. */
  GriddedSpectrum scaled(double factor) {
    return new GriddedSpectrum(this, factor);
  }

  /** The cells that a model looks at; not to be changed. */
  UsedCells used() {
    if (used == null) {
      used = UsedCells.of(this);
    }
    return used;
  }

  /** See {@link StatedSky#photons}; not to be changed. */
  double[] photons() {
    if (photons == null) {
      photons = StatedSky.photons(this);
    }
    return photons;
  }

  boolean knows(int cell) {
    return pixel[cell] >= 0;
  }

  /** The spectrum's pixel that fell in a cell, -1 if none. */
  int pixel(int cell) {
    return pixel[cell];
  }

  /** Median over the spectrum's pixels. */
  double signalToNoise() {
    return signalToNoise;
  }

  /**
   * The metrics that need no sky: how the residuals in the windows of sky lines compare with their
   * stated noise.
   *
   * @param models on the grid, subtracted first
   */
  ResidualStatistics statistics(double[]... models) {
    double[] chi = new double[TopocentricGrid.SIZE];
    Arrays.fill(chi, Double.NaN);
    double square = 0;
    double noise = 0;
    double chi2 = 0;
    int used = 0;
    int out3 = 0;
    int out10 = 0;
    for (int k = 0; k < chi.length; k++) {
      if (TopocentricGrid.window(k) < 0 || !knows(k)) {
        continue;
      }
      double r = excess[k];
      for (double[] model : models) {
        r -= model[k];
      }
      chi[k] = r / Math.sqrt(variance[k]);
      used++;
      chi2 += chi[k] * chi[k];
      out3 += Math.abs(chi[k]) > 3 ? 1 : 0;
      out10 += Math.abs(chi[k]) > 10 ? 1 : 0;
      square += r * r;
      noise += variance[k];
    }
    ResidualStatistics statistics = ResidualStatistics.unknown();
    if (used > 0) {
      double[] v = statistics.values();
      v[Metric.CHI_MED.ordinal()] = RobustStatistics.median(chi);
      v[Metric.CHI_NMAD.ordinal()] = RobustStatistics.nmad(chi);
      v[Metric.CHI2PDF.ordinal()] = chi2 / used;
      v[Metric.POISSON_RATIO.ordinal()] = Math.sqrt(square / noise);
      v[Metric.OUT_3.ordinal()] = 100.0 * out3 / used;
      v[Metric.OUT_10.ordinal()] = 100.0 * out10 / used;
    }
    return statistics;
  }
}
