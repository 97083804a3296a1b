package org.skymi.sky.supersky;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skymi.math.BSpline;
import org.skymi.math.Legendre;
import org.skymi.sky.frame.LineDerivatives;
import org.skymi.sky.frame.SkyGrid;

/**
 * What errors of the lines' strength, wavelength and width that change along the arm do to a sky:
 * its lines and their first two derivatives, each times polynomials of u.
 */
final class LineShapes {
  private static final int DERIVATIVES = 2;

  /** Of the polynomials. */
  private static final int HIGHEST = 3;

  /** In which a spline comes near its values at knots. */
  private static final int PASSES = 2;

  private LineShapes() {}

  /**
   * The shapes, zero outside line windows.
   *
   * @param lines spline coefficients of the sky's lines, electron
   * @return spline coefficients, electron at a share of 1
   */
  static List<double[]> of(SkyGrid grid, double[] lines) {
    List<double[]> shapes = new ArrayList<>();
    for (int derivative = 0; derivative <= DERIVATIVES; derivative++) {
      double[] of = derivative == 0 ? lines : derivative(grid, lines, derivative);
      for (int order = 0; order <= HIGHEST; order++) {
        double[] shape = new double[of.length];
        for (int k = 0; k < shape.length; k++) {
          double u = grid.u(grid.spline().centre(k));
          shape[k] = grid.windowOf(k) < 0 ? 0 : of[k] * Legendre.at(order, u);
        }
        shapes.add(shape);
      }
    }
    return shapes;
  }

  /** Differences of coefficients are a spline's derivatives at knots, not their coefficients. */
  private static double[] derivative(SkyGrid grid, double[] lines, int order) {
    double[] wanted = LineDerivatives.of(grid, lines, order);
    double[] found = wanted;
    for (int pass = 0; pass < PASSES; pass++) {
      double[] spline = found;
      found = new double[wanted.length];
      Arrays.setAll(found, k -> spline[k] + wanted[k] - BSpline.atCentre(spline, k));
    }
    return found;
  }
}
