package org.skymi.sky.supersky;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.SkyGrid;

/**
 * Patterns that the residuals of sky lines have in common, after Bai et al. 2017: principal
 * components of the sky fibres' residuals in line windows. A fibre's share of each comes from its
 * own windows, every one above a free straight background, so that an object's continuum pulls
 * nothing; a window counts by as much less as it fits worse than noise.
 */
public final class LineComponents {
  /** No components. */
  public static final LineComponents NONE =
      new LineComponents(null, null, List.of(), new double[0]);

  private final CleanFrame frame;
  private final FibreCalibration calibration;

  /** Spline coefficients, zero outside line windows. */
  private final List<double[]> components;

  /** How much of each component sky fibres have. */
  private final double[] scatter;

  /**
   * @param components spline coefficients, zero outside line windows
   * @param scatter how much of each fibres have, infinite where nothing is known of it
   */
  LineComponents(
      CleanFrame frame, FibreCalibration calibration, List<double[]> components, double[] scatter) {
    this.frame = frame;
    this.calibration = calibration;
    this.components = components;
    this.scatter = scatter;
  }

  /**
   * Learns the components.
   *
   * @param frame cross-talk removed
   * @param sky what was subtracted from a fibre, electron, {@code [nPixel]}, NaN where there is
   *     none
   * @param fibres sky fibres to learn from
   * @param most components at the most; fewer if the rest is no more than noise
   */
  public static LineComponents learn(
      CleanFrame frame,
      FibreCalibration calibration,
      IntFunction<float[]> sky,
      int[] fibres,
      int most) {
    List<double[]> components =
        LineResiduals.of(frame, calibration, sky, fibres, LineResiduals::aboveRun)
            .principalComponents(most);
    double[] unknown = new double[components.size()];
    Arrays.fill(unknown, Double.POSITIVE_INFINITY);
    LineComponents free = new LineComponents(frame, calibration, components, unknown);
    return new LineComponents(frame, calibration, components, free.typicalShares(sky, fibres));
  }

  /** The same components for another look at the frame. */
  public LineComponents with(CleanFrame other, FibreCalibration otherCalibration) {
    return new LineComponents(other, otherCalibration, components, scatter);
  }

  /** How much of each component fibres have that nothing draws in. */
  private double[] typicalShares(IntFunction<float[]> sky, int[] fibres) {
    List<double[]> shares = new ArrayList<>();
    for (int i : fibres) {
      shares.add(shares(i, sky.apply(i)));
    }
    double[] typical = new double[scatter.length];
    for (int c = 0; c < typical.length; c++) {
      int component = c;
      typical[c] =
          Math.sqrt(
              RobustStatistics.median(
                      shares.stream().mapToDouble(s -> s[component] * s[component]).toArray())
                  / 0.455); // the median of a squared Gaussian over its mean
    }
    return typical;
  }

  /** The components, spline coefficients, {@code [nComponent][nCoefficient]}. */
  public double[][] components() {
    return components.toArray(double[][]::new);
  }

  /**
   * Adds to a fibre's sky what its own lines have of each component.
   *
   * @return its share of each
   */
  public double[] addTo(float[] sky, int fibre) {
    if (components.isEmpty()) {
      return new double[0];
    }
    double[] shares = shares(fibre, sky);
    double[] sum = new double[components.get(0).length];
    for (int c = 0; c < shares.length; c++) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += shares[c] * components.get(c)[k];
      }
    }
    SkyGrid grid = frame.grid();
    double[] wavelength = frame.wavelength(fibre);
    for (int p = 0; p < sky.length; p++) {
      double x = calibration.aligned(grid, fibre, wavelength[p]);
      sky[p] += (float) grid.spline().evaluate(sum, x);
    }
    return shares;
  }

  /** A fibre's share of each component. */
  private double[] shares(int fibre, float[] sky) {
    return new ShareFit(frame, calibration, components, fibre, sky).shares(scatter);
  }
}
