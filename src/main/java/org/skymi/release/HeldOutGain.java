package org.skymi.release;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.skymi.math.RobustStatistics;
import org.skymi.math.Significance;
import org.skymi.release.ResidualSkyModel.Parts;

/**
 * What corrections learnt from others did to the faint spectra of a set, in which sky shows most:
 * where these do not gain, nothing is corrected, however much brighter spectra seem to.
 */
final class HeldOutGain {
  /** Spectra of at most this signal-to-noise ratio are faint ... */
  static final double FAINT = 25;

  /** ... or so many faintest. */
  private static final int FEWEST = 8;

  /** Standard errors by which a window has to gain. */
  static final double SIGNIFICANT = 2;

  /** A cell counts no more than one this many standard errors off. */
  private static final double BOUND = 4;

  /** Share of the faint spectra whose scatter must fall. */
  static final double SHARE = 0.8;

  /** No model of other spectrographs is better than to 20 %, squared. */
  private static final double LEAST_ERROR = 0.04;

  private final GriddedSpectrum[] spectra;
  private final Parts[] parts;

  /** Indices of the faint spectra. */
  private final int[] faint;

  /** {@code [spectrum][window]}: fall of chi-square, without what the model takes for stars. */
  private final double[][] fall;

  /** The same with it: no star that the model makes up may hide that a correction does harm. */
  private final double[][] plainFall;

  /**
   * @param spectra all of a set
   * @param parts of each, by a model that did not see it
   */
  HeldOutGain(GriddedSpectrum[] spectra, Parts[] parts) {
    this.spectra = spectra;
    this.parts = parts;
    this.faint = faint(spectra);
    this.fall = new double[spectra.length][TopocentricGrid.lines().size()];
    this.plainFall = new double[spectra.length][TopocentricGrid.lines().size()];
    for (int i : faint) {
      addUp(spectra[i], parts[i], parts[i].star(), fall[i]);
      addUp(spectra[i], parts[i], new double[TopocentricGrid.SIZE], plainFall[i]);
    }
  }

  /** Indices of the faint spectra of a set, the faintest first. */
  static int[] faint(GriddedSpectrum[] spectra) {
    int[] byBrightness =
        IntStream.range(0, spectra.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> spectra[i].signalToNoise()))
            .mapToInt(Integer::intValue)
            .toArray();
    int count = Math.min(FEWEST, byBrightness.length);
    while (count < byBrightness.length && spectra[byBrightness[count]].signalToNoise() <= FAINT) {
      count++;
    }
    return Arrays.copyOf(byBrightness, count);
  }

  private static void addUp(GriddedSpectrum spectrum, Parts parts, double[] star, double[] fall) {
    for (int k = 0; k < TopocentricGrid.SIZE; k++) {
      int window = TopocentricGrid.window(k);
      if (window >= 0 && spectrum.knows(k)) {
        double before = spectrum.excess[k] - star[k];
        double after = before - parts.sky()[k];
        fall[window] +=
            (bounded(before * before, spectrum.variance[k])
                    - bounded(after * after, spectrum.variance[k]))
                / spectrum.variance[k];
      }
    }
  }

  private static double bounded(double square, double variance) {
    return Math.min(square, BOUND * BOUND * variance);
  }

  /**
   * Mean fall of chi-square in a window, in standard errors: the lesser of what it is with and
   * without the stars' part.
   *
   * @param without spectra not to look at, by index
   */
  double significance(int window, boolean[] without) {
    return Math.min(significance(fall, window, without), significance(plainFall, window, without));
  }

  private double significance(double[][] falls, int window, boolean[] without) {
    return Significance.of(
        Arrays.stream(faint).filter(i -> !without[i]).mapToDouble(i -> falls[i][window]).toArray());
  }

  /** The windows that gain, as {@link #significance}. */
  boolean[] windows(boolean[] without) {
    boolean[] gains = new boolean[TopocentricGrid.lines().size()];
    for (int w = 0; w < gains.length; w++) {
      gains[w] = significance(w, without) > SIGNIFICANT;
    }
    return gains;
  }

  /**
   * Share of faint spectra whose scatter in corrected windows falls; 0 if none is corrected.
   *
   * @param corrected {@code [spectrum][window]}
   */
  double better(boolean[][] corrected) {
    int better = 0;
    int touched = 0;
    for (int i : faint) {
      double before = scatter(i, corrected[i], false);
      if (!Double.isNaN(before)) {
        touched++;
        better += scatter(i, corrected[i], true) < before ? 1 : 0;
      }
    }
    return touched == 0 ? 0 : (double) better / touched;
  }

  /**
   * Mean fall of chi-square in the windows of the faint spectra together, in standard errors: what
   * even one spectrum tells, in its many windows.
   *
   * @param windows that are looked at
   */
  double significanceOver(boolean[] windows) {
    return Math.min(significanceOver(fall, windows), significanceOver(plainFall, windows));
  }

  private double significanceOver(double[][] falls, boolean[] windows) {
    return Significance.of(
        IntStream.range(0, windows.length)
            .filter(w -> windows[w])
            .mapToDouble(w -> Arrays.stream(faint).mapToDouble(i -> falls[i][w]).sum())
            .toArray());
  }

  /** Fall of each faint spectrum's chi-square in its corrected windows; 0 of the others. */
  double[] falls(boolean[][] corrected) {
    double[] falls = new double[spectra.length];
    for (int i : faint) {
      for (int w = 0; w < corrected[i].length; w++) {
        falls[i] += corrected[i][w] ? fall[i][w] : 0;
      }
    }
    return falls;
  }

  private double scatter(int i, boolean[] corrected, boolean after) {
    double[] chi = new double[TopocentricGrid.SIZE];
    Arrays.fill(chi, Double.NaN);
    for (int k = 0; k < chi.length; k++) {
      int window = TopocentricGrid.window(k);
      if (window >= 0 && corrected[window] && spectra[i].knows(k)) {
        double r = spectra[i].excess[k] - (after ? parts[i].sky()[k] : 0);
        chi[k] = r / Math.sqrt(spectra[i].variance[k]);
      }
    }
    return RobustStatistics.nmad(chi);
  }

  /**
   * Share of the residual sky that a model gets wrong in some windows, as the faint spectra scatter
   * more than their noise after it; 1 if it gets nothing right.
   */
  double shareInError(boolean[] windows) {
    double excess = 0;
    double taken = 0;
    for (int i : faint) {
      for (int k = 0; k < TopocentricGrid.SIZE; k++) {
        int window = TopocentricGrid.window(k);
        if (window >= 0 && windows[window] && spectra[i].knows(k)) {
          double after = spectra[i].excess[k] - parts[i].star()[k] - parts[i].sky()[k];
          double noise = spectra[i].variance[k];
          excess += bounded(after * after, noise) / noise - 1;
          taken += parts[i].sky()[k] * parts[i].sky()[k] / noise;
        }
      }
    }
    return taken > 0 ? Math.sqrt(Math.max(LEAST_ERROR, Math.min(1, excess / taken))) : 1;
  }

  /** Indices of the faint spectra. */
  int[] faintSpectra() {
    return faint.clone();
  }

  /** Number of faint spectra. */
  int faint() {
    return faint.length;
  }
}
