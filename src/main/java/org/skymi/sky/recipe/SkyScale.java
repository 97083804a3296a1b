package org.skymi.sky.recipe;

import java.io.Serializable;
import java.util.List;
import org.skymi.math.BSpline;

/**
 * Where the skies of a frame are written: the spline, the arm's coordinate u, and where its lines
 * are.
 *
 * @param knots of the spline
 * @param low wavelength of u = -1, Angstrom; there is no sky below it
 * @param high wavelength of u = 1, Angstrom; there is no sky above it
 * @param pivot u that shifts and widths are quoted at
 * @param group by spline coefficient, of the lines around it: index in {@code groups}, -1 for none
 * @param window by spline coefficient, the number of the line window that it is in, -1 for none
 * @param groups of lines, in the order of their strengths in a fibre's classical coefficients
 * @param reach knots over which derivatives of lines are taken
 */
public record SkyScale(
    BSpline.Knots knots,
    double low,
    double high,
    double pivot,
    int[] group,
    int[] window,
    List<String> groups,
    int reach)
    implements Serializable {
  /** The group whose strength has a slope in u, if it is there: the last. */
  public static final String TILTED = "OH";

  double u(double wavelength) {
    return (2 * wavelength - low - high) / (high - low);
  }

  boolean covers(double wavelength) {
    return wavelength >= low && wavelength <= high;
  }
}
