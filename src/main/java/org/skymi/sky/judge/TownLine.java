package org.skymi.sky.judge;

import java.util.Arrays;
import org.skymi.math.Increasing;
import org.skymi.math.RobustStatistics;

/**
 * Lines of town lights that no airglow stands in: how much of the sky is made by people. Vacuum
 * wavelengths of NIST's database; of the sodium doublet the middle.
 */
public enum TownLine {
  HG4358(4359.56),
  HG5461(5462.27),
  NA5688(5687.0);

  /** Half of the window that holds the line, broadened by the spectrograph, and the doublet. */
  private static final double HALF = 9;

  /** The background is measured from the window's edge to here, on both sides. */
  private static final double SIDE = 30;

  private final double wavelength;

  TownLine(double wavelength) {
    this.wavelength = wavelength;
  }

  /** Where the line is, Angstrom in vacuum. */
  public double wavelength() {
    return wavelength;
  }

  /**
   * The line's light above its surroundings, of which the background is the mean of both sides'
   * medians.
   *
   * @param sky electron per pixel, {@code [nPixel]}, NaN where there is no estimate
   * @param wave Angstrom, {@code [nPixel]}
   * @return electron; NaN if not all of line and surroundings is there
   */
  public double strength(float[] sky, double[] wave) {
    if (wave[0] > wavelength - SIDE || wave[wave.length - 1] < wavelength + SIDE) {
      return Double.NaN;
    }
    int start = Increasing.firstFrom(wave, wavelength - SIDE);
    int end = Increasing.firstFrom(wave, wavelength + SIDE);
    double[] blue = new double[end - start];
    double[] red = new double[end - start];
    int blues = 0;
    int reds = 0;
    int pixels = 0;
    double sum = 0;
    for (int p = start; p < end; p++) {
      double off = wave[p] - wavelength;
      if (Math.abs(off) <= HALF) {
        sum += sky[p];
        pixels++;
      } else if (off < 0) {
        blue[blues++] = sky[p];
      } else {
        red[reds++] = sky[p];
      }
    }
    double background = (median(blue, blues) + median(red, reds)) / 2;
    return sum - pixels * background;
  }

  private static double median(double[] values, int count) {
    return RobustStatistics.median(Arrays.copyOf(values, count));
  }
}
