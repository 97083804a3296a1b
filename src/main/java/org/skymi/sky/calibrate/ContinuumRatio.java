package org.skymi.sky.calibrate;

import java.io.Serializable;
import java.util.Arrays;
import org.skymi.math.BSpline;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.SkyGrid;

/**
 * A fibre's continuum against the sky's, in coarse bins of line-free pixels.
 *
 * @param ratio fibre / sky, {@code [bin]}; 1 where unknown
 * @param error standard error, infinite where unknown
 */
public record ContinuumRatio(float[] ratio, float[] error) implements Serializable {
  /** Of a fibre of which nothing is known. */
  public static ContinuumRatio unknown(SkyGrid grid) {
    float[] ratio = new float[grid.bins()];
    float[] error = new float[ratio.length];
    Arrays.fill(ratio, 1);
    Arrays.fill(error, Float.POSITIVE_INFINITY);
    return new ContinuumRatio(ratio, error);
  }

  public static ContinuumRatio of(
      CleanFrame frame, FibreCalibration calibration, int fibre, double[] continuum) {
    SkyGrid grid = frame.grid();
    BSpline spline = grid.spline();
    int bins = grid.bins();
    double[] cross = new double[bins];
    double[] square = new double[bins];
    double[] b = new double[BSpline.ORDER];
    float[] flux = frame.flux(fibre);
    float[] variance = frame.variance(fibre);
    double[] wavelength = frame.wavelength(fibre);
    for (int p = 0; p < flux.length; p++) {
      if (!frame.isContinuum(fibre, p)) {
        continue;
      }
      double x = calibration.aligned(grid, fibre, wavelength[p]);
      int first = spline.first(x);
      spline.values(x, first, b);
      double model = BSpline.dot(continuum, first, b);
      int bin = grid.bin(wavelength[p]);
      double weighted = model / variance[p];
      cross[bin] += weighted * flux[p];
      square[bin] += weighted * model;
    }
    ContinuumRatio known = unknown(grid);
    for (int k = 0; k < bins; k++) {
      if (square[k] > 0) {
        known.ratio[k] = (float) (cross[k] / square[k]);
        known.error[k] = (float) (1 / Math.sqrt(square[k]));
      }
    }
    return known;
  }

  /**
   * Weighted mean of the ratio over one of equal parts of the arm; NaN if nothing is known there.
   */
  public double mean(int part, int parts) {
    double sum = 0;
    double weight = 0;
    for (int k = part * ratio.length / parts; k < (part + 1) * ratio.length / parts; k++) {
      // Beyond 1 % it is not noise that a bin's ratio is uncertain by.
      double w = 1 / (error[k] * error[k] + 1e-4);
      sum += w * ratio[k];
      weight += w;
    }
    return weight > 0 ? sum / weight : Double.NaN;
  }
}
