package org.skymi.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skymi.math.RobustStatistics;

/**
 * The sky under the spectra of one spectrograph, as their stated noise tells of it. Photon noise is
 * (star + sky) / g with g the electrons per unit of flux; so {@code variance · g} less the star is
 * the sky. The brightest spectra, in which the star outshines the sky, tell g: none has more {@code
 * flux / variance} than that. Read noise makes g too small, so the sky is understated where it is
 * wrong.
 */
final class StatedSky {
  /**
   * What a pipeline may leave of the sky under a pixel, at the most; DR1 leaves 2 % in the median.
   */
  private static final double SHARE = 0.05;

  /** Cells over which g is taken as one number. */
  private static final int RUN = 100;

  private static final double BRIGHTEST = 95;

  private final double[] sky = new double[TopocentricGrid.SIZE];
  private final double[] most = new double[TopocentricGrid.SIZE];

  /**
   * @param spectra of one spectrograph
   */
  StatedSky(List<GriddedSpectrum> spectra) {
    for (int start = 0; start < sky.length; start += RUN) {
      int end = Math.min(start + RUN, sky.length);
      double gain = gain(spectra, start, end);
      for (int k = start; k < end; k++) {
        sky[k] = sky(spectra, k, gain);
      }
    }
    for (int k = 0; k < sky.length; k++) {
      int from = Math.max(0, k - TopocentricGrid.SPREAD);
      int to = Math.min(sky.length, k + TopocentricGrid.SPREAD + 1);
      // Lines that are a little off leave something in their wings, too.
      most[k] = SHARE * Arrays.stream(sky, from, to).max().orElse(0);
    }
  }

  private static double gain(List<GriddedSpectrum> spectra, int start, int end) {
    List<Double> ratios = new ArrayList<>();
    for (GriddedSpectrum s : spectra) {
      double[] ratio = new double[end - start];
      for (int k = start; k < end; k++) {
        ratio[k - start] = s.knows(k) ? s.continuum[k] / s.variance[k] : Double.NaN;
      }
      ratios.add(RobustStatistics.median(ratio));
    }
    return RobustStatistics.percentile(
        ratios.stream().mapToDouble(Double::doubleValue).toArray(), BRIGHTEST);
  }

  private static double sky(List<GriddedSpectrum> spectra, int cell, double gain) {
    double[] values =
        spectra.stream()
            .filter(s -> s.knows(cell))
            .mapToDouble(s -> s.variance[cell] * gain - s.continuum[cell])
            .toArray();
    double median = RobustStatistics.median(values);
    return median > 0 ? median : 0;
  }

  /** The sky under each cell, in the spectra's unit. */
  double[] sky() {
    return sky;
  }

  /** The most that a correction may take from a cell or add to it, in the spectra's unit. */
  double most(int cell) {
    return most[cell];
  }
}
