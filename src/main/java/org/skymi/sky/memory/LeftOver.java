package org.skymi.sky.memory;

import org.skymi.math.BSpline;
import org.skymi.math.BandedNormal;
import org.skymi.math.EvenBins;
import org.skymi.sky.frame.LineGroup;
import org.skymi.sky.frame.SkyGrid;

/** What a fibre's sky leaves of its light, pixel by pixel, as {@link Patterns} are learnt from. */
final class LeftOver {
  /** Share of what is known of a spline coefficient that holds it at 0 besides. */
  private static final double RIDGE = 0.02;

  /** Relative error of a sky, and of its lines, whose shapes are another kind of pattern. */
  private static final double FLOOR = 0.01;

  private static final double LINE_FLOOR = 0.05;

  private final SkyGrid grid;
  private final double[] light;
  private final double level;
  private final BandedNormal shapes;
  private final double[] row = new double[BSpline.ORDER];

  /** By bin, sums of weight times sky squared, and times sky and what is left. */
  private final double[] squares;

  private final double[] products;

  /**
   * @param light of the lines by window, see {@link Patterns#light}
   * @param level of the fibre over the sky
   */
  LeftOver(SkyGrid grid, double[] light, double level) {
    this.grid = grid;
    this.light = light;
    this.level = level;
    int size = grid.spline().size();
    this.shapes = new BandedNormal(size);
    this.squares = new double[Patterns.bins(size)];
    this.products = new double[squares.length];
  }

  /**
   * Adds a pixel.
   *
   * @param x its aligned wavelength, Angstrom
   * @param left over the sky, electron
   * @param variance electron^2
   * @param sky electron
   */
  void add(double x, LineGroup group, double left, double variance, double sky) {
    int window = grid.windowAt(x);
    // Of lines too weak to tell their shapes it would be noise.
    if (window >= 0 && group != LineGroup.BLUE && light[window] > 0) {
      double unit = light[window] * level;
      int first = grid.spline().first(x);
      grid.spline().values(x, first, row);
      shapes.add(first, row, unit * unit / variance, left / unit);
    }
    double floor = (group == null ? FLOOR : LINE_FLOOR) * sky;
    double weight = 1 / (variance + floor * floor);
    int bin = (int) Math.round(EvenBins.place(grid.u(x), squares.length));
    squares[bin] += weight * sky * sky;
    products[bin] += weight * sky * left;
  }

  /** All pixels' left-over. */
  Patterns.Row row() {
    return new Patterns.Row(lines(), transmission());
  }

  private Patterns.Part lines() {
    int size = grid.spline().size();
    double[] ridge = new double[size];
    float[] variance = new float[size];
    for (int k = 0; k < size; k++) {
      ridge[k] = RIDGE * shapes.diagonal(k);
      variance[k] = (float) (1 / shapes.diagonal(k));
    }
    shapes.addDiagonal(ridge);
    double[] solved = shapes.solve();
    float[] left = new float[size];
    for (int k = 0; k < size; k++) {
      // Values: their noise is white, that of coefficients, which are sharper, mostly theirs.
      left[k] = grid.windowOf(k) < 0 ? 0 : (float) BSpline.atCentre(solved, k);
    }
    return new Patterns.Part(left, variance);
  }

  private Patterns.Part transmission() {
    float[] left = new float[squares.length];
    float[] variance = new float[squares.length];
    for (int bin = 0; bin < left.length; bin++) {
      left[bin] = squares[bin] > 0 ? (float) (products[bin] / squares[bin]) : 0;
      variance[bin] = (float) (1 / squares[bin]);
    }
    return new Patterns.Part(left, variance);
  }
}
