package org.skymi.sky.supersky;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;

/**
 * Components of lines of co-added spectra, whose pixels hold most of a line, so that a fibre's
 * shift and width do not say all of a line's shape: first {@link LineShapes}, which tell of pixels
 * that a fibre does not show, too, then what the other fibres' residuals have in common beyond
 * them.
 */
public final class CoaddComponents {
  /** Principal components of what shapes leave, at the most. */
  private static final int MOST = 12;

  /** Shares of shapes to expect at first. */
  private static final double FIRST_SHAPES = 0.03;

  /** Of principal components, which are in units of their noise. */
  private static final double FIRST_REST = 1;

  private CoaddComponents() {}

  /**
   * Learns the components, and how much of each fibres have, from the fibres that made a master.
   *
   * @param frame cross-talk removed as the analysis has it
   * @param arm the arm's analysis; without sky there are no components
   * @param sky what was subtracted from a fibre, electron, {@code [nPixel]}, NaN where there is
   *     none
   */
  public static LineComponents learn(CleanFrame frame, ArmSky arm, IntFunction<float[]> sky) {
    if (!arm.hasSky()) {
      return LineComponents.NONE;
    }
    FibreCalibration calibration = arm.calibration();
    int[] fibres = arm.trained();
    List<double[]> shapes =
        LineShapes.of(frame.grid(), FibreCalibration.minus(arm.master(), arm.continuum()));
    double[] first = new double[shapes.size()];
    Arrays.fill(first, FIRST_SHAPES);
    LineComponents shaped = expected(frame, calibration, shapes, first, sky, fibres);
    IntFunction<float[]> withShapes =
        i -> {
          float[] flux = sky.apply(i);
          shaped.addTo(flux, i);
          return flux;
        };
    List<double[]> all = new ArrayList<>(shapes);
    all.addAll(
        LineResiduals.of(frame, calibration, withShapes, fibres, LineResiduals::aboveWindow)
            .principalComponents(MOST));
    double[] firstOfAll = new double[all.size()];
    Arrays.fill(firstOfAll, FIRST_REST);
    System.arraycopy(first, 0, firstOfAll, 0, first.length);
    return expected(frame, calibration, all, firstOfAll, sky, fibres);
  }

  private static LineComponents expected(
      CleanFrame frame,
      FibreCalibration calibration,
      List<double[]> components,
      double[] first,
      IntFunction<float[]> sky,
      int[] fibres) {
    List<ShareFit> fits = new ArrayList<>();
    for (int i : fibres) {
      fits.add(new ShareFit(frame, calibration, components, i, sky.apply(i)));
    }
    return new LineComponents(frame, calibration, components, ShareFit.scatter(fits, first));
  }
}
