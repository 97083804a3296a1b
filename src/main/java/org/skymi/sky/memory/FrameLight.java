package org.skymi.sky.memory;

import java.io.Serializable;
import java.util.function.IntPredicate;
import org.skymi.math.BSpline;
import org.skymi.math.EvenBins;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.SkyGrid;

/**
 * The mean light of a frame's fibres, smoothed: what is scattered is like it.
 *
 * @param mean by bin over the arm, electron per pixel
 */
public record FrameLight(double[] mean) implements Serializable {
  /** Bins in which the light is averaged. */
  private static final int BINS = 24;

  /** No light, where nobody asks for what is scattered. */
  public static final FrameLight NONE = new FrameLight(new double[BINS]);

  /**
   * Looks at all pixels of a frame.
   *
   * @param tells which fibres, by index, may tell
   */
  public static FrameLight of(CleanFrame frame, IntPredicate tells) {
    SkyGrid grid = frame.grid();
    double[] sum = new double[BINS];
    int[] count = new int[BINS];
    for (int i = 0; i < frame.fibres(); i++) {
      if (frame.isDead(i) || !tells.test(i)) {
        continue;
      }
      float[] flux = frame.flux(i);
      double[] wavelength = frame.wavelength(i);
      int bin = 0;
      double end = end(grid, bin);
      for (int p = 0; p < flux.length; p++) {
        // Wavelengths increase: the next pixel is in the same bin, or soon after.
        while (wavelength[p] >= end) {
          end = end(grid, ++bin);
        }
        if (grid.covers(wavelength[p])) {
          sum[bin] += flux[p];
          count[bin]++;
        }
      }
    }
    for (int b = 0; b < BINS; b++) {
      sum[b] /= Math.max(1, count[b]);
    }
    return new FrameLight(sum);
  }

  /** Where a bin ends, Angstrom; the last one has all that is beyond. */
  private static double end(SkyGrid grid, int bin) {
    return bin == BINS - 1 ? Double.POSITIVE_INFINITY : grid.wavelength(2.0 * (bin + 1) / BINS - 1);
  }

  /** As coefficients of the arm's spline. */
  double[] on(SkyGrid grid) {
    BSpline spline = grid.spline();
    double[] light = new double[spline.size()];
    for (int k = 0; k < light.length; k++) {
      light[k] = EvenBins.at(mean, grid.u(spline.centre(k)));
    }
    return light;
  }
}
