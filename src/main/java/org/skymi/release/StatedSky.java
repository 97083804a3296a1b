package org.skymi.release;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.skymi.math.RobustStatistics;

/**
 * The sky under the spectra of one spectrograph, as their stated noise tells of it. Photon noise is
 * (star + sky) / g with g the electrons per unit of flux; so {@code variance · g} less the star is
 * the sky. The brightest spectra, in which the star outshines the sky, tell g: none has more {@code
 * flux / variance} than that. Read noise makes g too small, so the sky is understated where it is
 * wrong.
 */
final class StatedSky implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * What a pipeline may leave of the sky under a pixel, at the most; DR1 leaves 2 % in the median.
   */
  private static final double SHARE = 0.05;

  /** Cells over which g is taken as one number. */
  private static final int RUN = 100;

  private static final int RUNS = (TopocentricGrid.SIZE + RUN - 1) / RUN;

  private static final double BRIGHTEST = 95;

  /** From here on, Angstrom, lines tell sky from star. */
  private static final double FIRST = 6900;

  private final double[] sky = new double[TopocentricGrid.SIZE];
  private final double[] gain = new double[TopocentricGrid.SIZE];
  private final double[] most = new double[TopocentricGrid.SIZE];

  /**
   * @param spectra of one spectrograph
   */
  StatedSky(List<GriddedSpectrum> spectra) {
    for (int run = 0; run < RUNS; run++) {
      int own = run;
      double best =
          RobustStatistics.percentile(
              spectra.stream().mapToDouble(s -> s.photons()[own]).toArray(), BRIGHTEST);
      for (int k = run * RUN; k < end(run); k++) {
        gain[k] = best;
        sky[k] = sky(spectra, k, best);
      }
    }
    fillMost();
  }

  /**
   * As it was found before.
   *
   * @param sky under each cell
   * @param gain photons per unit of flux at each cell
   */
  StatedSky(double[] sky, double[] gain) {
    System.arraycopy(sky, 0, this.sky, 0, this.sky.length);
    System.arraycopy(gain, 0, this.gain, 0, this.gain.length);
    fillMost();
  }

  /** The median of several, cell by cell. */
  static StatedSky median(List<StatedSky> all) {
    return new StatedSky(median(all, s -> s.sky), median(all, s -> s.gain));
  }

  private static double[] median(List<StatedSky> all, Function<StatedSky, double[]> of) {
    double[] median = new double[TopocentricGrid.SIZE];
    for (int k = 0; k < median.length; k++) {
      int cell = k;
      median[k] =
          RobustStatistics.median(all.stream().mapToDouble(s -> of.apply(s)[cell]).toArray());
    }
    return median;
  }

  private void fillMost() {
    for (int k = 0; k < sky.length; k++) {
      int from = Math.max(0, k - TopocentricGrid.SPREAD);
      int to = Math.min(sky.length, k + TopocentricGrid.SPREAD + 1);
      // Lines that are a little off leave something in their wings, too.
      most[k] = SHARE * Arrays.stream(sky, from, to).max().orElse(0);
    }
  }

  private static int end(int run) {
    return Math.min((run + 1) * RUN, TopocentricGrid.SIZE);
  }

  /**
   * A spectrum's flux over its variance, in the median over each run of cells; NaN where unknown.
   */
  static double[] photons(GriddedSpectrum s) {
    double[] photons = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      double[] ratio = new double[end(run) - run * RUN];
      for (int n = 0; n < ratio.length; n++) {
        int k = run * RUN + n;
        ratio[n] = s.knows(k) ? s.continuum[k] / s.variance[k] : Double.NaN;
      }
      photons[run] = RobustStatistics.median(ratio);
    }
    return photons;
  }

  private static double sky(List<GriddedSpectrum> spectra, int cell, double gain) {
    double[] values = new double[spectra.size()];
    for (int i = 0; i < values.length; i++) {
      GriddedSpectrum s = spectra.get(i);
      values[i] = s.knows(cell) ? s.variance[cell] * gain - s.continuum[cell] : Double.NaN;
    }
    double median = RobustStatistics.median(values);
    return median > 0 ? median : 0;
  }

  /** The sky under each cell, in the spectra's unit. */
  double[] sky() {
    return sky;
  }

  /** Photons per unit of flux at each cell. */
  double[] gain() {
    return gain;
  }

  /** How bright it is: the median over the windows of sky lines; 0 if nothing is known. */
  double level() {
    double[] lines =
        IntStream.range(0, sky.length)
            .filter(k -> TopocentricGrid.window(k) >= 0 && sky[k] > 0)
            .mapToDouble(k -> sky[k])
            .toArray();
    return lines.length == 0 ? 0 : RobustStatistics.median(lines);
  }

  /** The same in another unit of flux. */
  StatedSky scaled(double factor) {
    double[] own = Arrays.stream(sky).map(v -> v * factor).toArray();
    return new StatedSky(own, Arrays.stream(gain).map(g -> g / factor).toArray());
  }

  /**
   * How bright the sky under a spectrum is in units of this one: the best fit of its variance,
   * which is a share of its own light and of the sky's.
   *
   * @param s in any unit of flux
   * @return NaN if its variance does not tell
   */
  double under(GriddedSpectrum s) {
    double[][] gram = new double[2][2];
    double[] right = new double[2];
    for (int k = 0; k < sky.length; k++) {
      double photons = s.variance[k] * gain[k];
      if (TopocentricGrid.wavelength(k) > FIRST && s.knows(k) && photons > 0 && sky[k] > 0) {
        // Each counts by its share.
        double[] row = {Math.max(0, s.continuum[k]) / photons, sky[k] / photons};
        for (int a = 0; a < 2; a++) {
          right[a] += row[a];
          gram[a][0] += row[a] * row[0];
          gram[a][1] += row[a] * row[1];
        }
      }
    }
    double own = right[0] * gram[1][1] - right[1] * gram[0][1];
    double skies = right[1] * gram[0][0] - right[0] * gram[0][1];
    return own > 0 && skies > 0 ? skies / own : Double.NaN;
  }

  /** The most that a correction may take from a cell or add to it, in the spectra's unit. */
  double most(int cell) {
    return most[cell];
  }
}
