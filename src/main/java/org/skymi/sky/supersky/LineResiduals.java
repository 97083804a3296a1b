package org.skymi.sky.supersky;

import java.util.List;
import java.util.function.IntFunction;
import org.skymi.math.BSpline;
import org.skymi.math.BandedNormal;
import org.skymi.math.NormalEquations;
import org.skymi.math.PrincipalComponents;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.SkyGrid;

/** What sky fibres recorded in line windows beyond their skies. */
final class LineResiduals {
  /** Variance of a background that nothing is known of. */
  private static final double VAST = 1e12;

  /** Spline coefficients, electron, {@code [fibre][nCoefficient]}; zero outside line windows. */
  private final double[][] residuals;

  /** Of these, electron^2. */
  private final double[][] variances;

  private LineResiduals(double[][] residuals, double[][] variances) {
    this.residuals = residuals;
    this.variances = variances;
  }

  /** What of a residual is lines'. */
  @FunctionalInterface
  interface Lines {
    /**
     * What stands above a background.
     *
     * @param residual spline coefficients, electron
     * @param known its equations
     * @return spline coefficients, zero outside line windows
     */
    double[] of(SkyGrid grid, double[] residual, BandedNormal known);
  }

  /**
   * The residuals.
   *
   * @param frame cross-talk removed
   * @param sky what was subtracted from a fibre, electron, {@code [nPixel]}, NaN where there is
   *     none
   * @param fibres sky fibres
   */
  static LineResiduals of(
      CleanFrame frame,
      FibreCalibration calibration,
      IntFunction<float[]> sky,
      int[] fibres,
      Lines lines) {
    SkyGrid grid = frame.grid();
    double[][] residuals = new double[fibres.length][];
    double[][] variances = new double[fibres.length][];
    for (int k = 0; k < fibres.length; k++) {
      BandedNormal normal = residual(frame, calibration, fibres[k], sky.apply(fibres[k]));
      MasterSky smooth = MasterSky.smoothed(grid, normal, new double[grid.spline().size()]);
      residuals[k] = lines.of(grid, smooth.coefficients, normal);
      variances[k] = smooth.variance();
    }
    return new LineResiduals(residuals, variances);
  }

  /** Above a straight line from edge to edge of each run of windows. */
  static double[] aboveRun(SkyGrid grid, double[] residual, BandedNormal known) {
    return FibreCalibration.minus(residual, grid.continuum(residual));
  }

  /**
   * Above a straight line through each window and its margins, as shares are found: what a share
   * can't have is in no component.
   */
  static double[] aboveWindow(SkyGrid grid, double[] residual, BandedNormal known) {
    double[] lines = new double[residual.length];
    int end;
    for (int k = 0; k < lines.length; k = end) {
      end = k + 1;
      while (end < lines.length && grid.windowOf(end) == grid.windowOf(k)) {
        end++;
      }
      if (grid.windowOf(k) >= 0) {
        double[] line = line(residual, known, k - ShareFit.MARGIN, end + ShareFit.MARGIN);
        for (int j = k; j < end; j++) {
          lines[j] = known.diagonal(j) > 0 ? residual[j] - line[0] - j * line[1] : 0;
        }
      }
    }
    return lines;
  }

  /** Level at coefficient 0 and slope per coefficient of a line through some coefficients. */
  private static double[] line(double[] residual, BandedNormal known, int low, int high) {
    NormalEquations equations = new NormalEquations(2);
    // Nearly none: a window may be unseen.
    equations.addPrior(0, 0, VAST);
    equations.addPrior(1, 0, VAST);
    int middle = (low + high) / 2;
    for (int k = Math.max(0, low); k < Math.min(residual.length, high); k++) {
      if (known.diagonal(k) > 0) {
        equations.add(new double[] {1, k - middle}, known.diagonal(k), residual[k]);
      }
    }
    double[] line = equations.mean();
    return new double[] {line[0] - middle * line[1], line[1]};
  }

  /**
   * What the fibres have in common; fewer if the rest is no more than noise.
   *
   * @return spline coefficients
   */
  List<double[]> principalComponents(int most) {
    return PrincipalComponents.of(residuals, clip(residuals, variances), 0, most);
  }

  private static BandedNormal residual(
      CleanFrame frame, FibreCalibration calibration, int fibre, float[] sky) {
    SkyGrid grid = frame.grid();
    BandedNormal normal = new BandedNormal(grid.spline().size());
    float[] flux = frame.flux(fibre);
    float[] variance = frame.variance(fibre);
    double[] wavelength = frame.wavelength(fibre);
    double[] b = new double[BSpline.ORDER];
    for (int p = 0; p < flux.length; p++) {
      if (!Float.isInfinite(variance[p]) && Float.isFinite(sky[p])) {
        double x = calibration.aligned(grid, fibre, wavelength[p]);
        int first = grid.spline().first(x);
        grid.spline().values(x, first, b);
        normal.add(first, b, 1 / variance[p], flux[p] - sky[p]);
      }
    }
    return normal;
  }

  /** Draws wild values in, so that no single fibre makes a component; returns typical noise. */
  private static double[] clip(double[][] residuals, double[][] variances) {
    int n = residuals.length;
    double[] noise = new double[n == 0 ? 0 : residuals[0].length];
    double[] values = new double[n];
    for (int k = 0; k < noise.length; k++) {
      for (int i = 0; i < n; i++) {
        values[i] = variances[i][k];
      }
      double typical = RobustStatistics.median(values);
      noise[k] = Double.isFinite(typical) ? Math.sqrt(typical) : 0;
      for (int i = 0; i < n; i++) {
        values[i] = residuals[i][k];
      }
      double most = MasterSky.CLIP * Math.max(noise[k], RobustStatistics.nmad(values));
      for (int i = 0; i < n; i++) {
        residuals[i][k] = Math.max(-most, Math.min(most, residuals[i][k]));
      }
    }
    return noise;
  }
}
