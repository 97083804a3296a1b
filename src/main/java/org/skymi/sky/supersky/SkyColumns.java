package org.skymi.sky.supersky;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.skymi.math.BSpline;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.LineDerivatives;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.LineWindow;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.frame.SkyLines;
import org.skymi.survey.Instrument;

/**
 * The decoder's basis: a fibre's sky is linear in a few coefficients of its exposure's sky, so that
 * no estimate of the coefficients can invent a feature that the sky does not have.
 *
 * <p>Columns of an arm: continuum times 1, u, u²; each {@link LineGroup} that the arm has windows
 * of, in their order; if OH is among them, it is the last and has another column, times u. So the
 * blue has [OI] 5577, Na D and other lines, the red Na D, [OI] 6300, O2, OH and OH times u. A fibre
 * like the mean sky fibre has 1 for the continuum and each line group and 0 for the terms with u.
 */
public final class SkyColumns {
  private static final Map<Instrument.Optics, List<LineGroup>> GROUPS = new ConcurrentHashMap<>();

  /** Continuum terms of an arm: 1, u, u². */
  public static final int CONTINUUM_TERMS = 3;

  private final SkyGrid grid;
  private final List<LineGroup> groups;
  private final double[] continuum;
  private final double[] lines;
  private final double[] shape;

  /**
   * @param grid the arm
   * @param sky spline coefficients of the exposure's sky, electron
   */
  public SkyColumns(SkyGrid grid, double[] sky) {
    this.grid = grid;
    this.groups = groups(grid.optics());
    this.continuum = grid.continuum(sky);
    this.lines = FibreCalibration.minus(sky, continuum);
    this.shape = LineDerivatives.of(grid, lines, 4);
  }

  /** Line groups of an arm, in the order of their columns. */
  public static List<LineGroup> groups(Instrument.Optics arm) {
    return GROUPS.computeIfAbsent(
        arm, a -> SkyLines.windows(a).stream().map(LineWindow::group).distinct().sorted().toList());
  }

  /** Whether an arm has OH, and so a column of OH times u. */
  static boolean tilts(Instrument.Optics arm) {
    return groups(arm).contains(LineGroup.OH);
  }

  /** Number of columns of an arm. */
  public static int count(Instrument.Optics arm) {
    return CONTINUUM_TERMS + groups(arm).size() + (tilts(arm) ? 1 : 0);
  }

  /** Coefficients of a fibre that is like the mean sky fibre but for its throughput. */
  public static double[] uniform(Instrument.Optics arm, double throughput) {
    double[] z = new double[count(arm)];
    z[0] = throughput;
    for (int g = 0; g < groups(arm).size(); g++) {
      z[CONTINUUM_TERMS + g] = throughput;
    }
    return z;
  }

  /** Column of a line group. */
  private int column(LineGroup group) {
    return CONTINUUM_TERMS + groups.indexOf(group);
  }

  /**
   * Fills the columns' values at one pixel.
   *
   * @param x the aligned wavelength, Angstrom
   * @param width second moment of the fibre's line spread minus the master's, Angstrom^2
   * @param kurtosis of it minus the master's, see {@link LineDerivatives}
   * @param scratch four values
   * @param row one value per column, set
   */
  public void fill(double x, double width, double kurtosis, double[] scratch, double[] row) {
    Arrays.fill(row, 0);
    BSpline spline = grid.spline();
    int first = spline.first(x);
    spline.values(x, first, scratch);
    double c = BSpline.dot(continuum, first, scratch);
    double line = BSpline.dot(lines, first, scratch);
    double u = grid.u(x);
    row[0] = c;
    row[1] = u * c;
    row[2] = u * u * c;
    LineGroup group = grid.groupAt(x);
    if (group != null) {
      line += kurtosis * BSpline.dot(shape, first, scratch);
      spline.curvatures(x, first, scratch);
      line += 0.5 * width * BSpline.dot(lines, first, scratch);
      row[column(group)] = line;
      if (group == LineGroup.OH) {
        row[row.length - 1] = u * line;
      }
    }
  }

  /**
   * The sky of one fibre.
   *
   * @param z coefficients, one per column
   * @param wavelength the frame's, Angstrom, {@code [nPixel]}
   * @return electron, {@code [nPixel]}; NaN outside the grid
   */
  public float[] sky(double[] z, FibreCalibration calibration, int fibre, double[] wavelength) {
    float[] sky = new float[wavelength.length];
    double[] scratch = new double[BSpline.ORDER];
    double[] row = new double[z.length];
    for (int p = 0; p < sky.length; p++) {
      if (!grid.covers(wavelength[p])) {
        sky[p] = Float.NaN;
        continue;
      }
      double x = calibration.aligned(grid, fibre, wavelength[p]);
      fill(x, calibration.width(fibre, x), calibration.kurtosis(fibre), scratch, row);
      double value = 0;
      for (int k = 0; k < z.length; k++) {
        value += z[k] * row[k];
      }
      sky[p] = (float) value;
    }
    return sky;
  }

  /**
   * Normal equations of one fibre's coefficients.
   *
   * @param floor relative error of the model that keeps bright lines from outweighing all else
   */
  public CoefficientFit fit(
      CleanFrame frame, FibreCalibration calibration, int fibre, double floor) {
    int n = count(grid.optics());
    CoefficientFit fit = new CoefficientFit(n);
    float[] flux = frame.flux(fibre);
    float[] variance = frame.variance(fibre);
    double[] wavelength = frame.wavelength(fibre);
    double[] scratch = new double[BSpline.ORDER];
    double[] row = new double[n];
    for (int p = 0; p < flux.length; p++) {
      if (Float.isInfinite(variance[p]) || !grid.covers(wavelength[p])) {
        continue;
      }
      double x = calibration.aligned(grid, fibre, wavelength[p]);
      fill(x, calibration.width(fibre, x), calibration.kurtosis(fibre), scratch, row);
      double model = row[0];
      for (int k = CONTINUUM_TERMS; k < CONTINUUM_TERMS + groups.size(); k++) {
        model += row[k];
      }
      fit.add(row, 1 / (variance[p] + floor * floor * model * model), flux[p], model);
    }
    return fit;
  }
}
