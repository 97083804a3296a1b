package org.skymi.sky.frame;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skymi.math.BSpline;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * The common space in which an arm's skies are written: a spline over the arm's whole range, which
 * of its coefficients belong to which line window, and the dimensionless coordinate u.
 */
public final class SkyGrid implements Serializable {
  /** How far grids reach beyond the arm's range, Angstrom. */
  private static final double MARGIN = 50;

  /** Knots of a window that can tell a line from its background. */
  private static final int FEWEST_KNOTS = 5;

  /** Coefficients averaged on each side of a window to bridge the continuum below it. */
  private static final int EDGE = 4;

  private final Instrument instrument;
  private final Instrument.Optics optics;
  private final double low;
  private final double high;

  /** One over the range: divisions are slow, and pixels many. */
  private final double perRange;

  private final double pivot;
  private final BSpline spline;
  private final boolean resolved;
  private final List<LineWindow> windows;

  /** Window by coefficient, -1 where there is none. */
  private final int[] windowOf;

  /** Lines by coefficient, a window's wings included. */
  private final LineGroup[] groupOf;

  private SkyGrid(
      Instrument instrument, Instrument.Optics optics, BSpline spline, boolean resolved) {
    this.instrument = instrument;
    this.resolved = resolved;
    this.optics = optics;
    this.low = optics.low() - MARGIN;
    this.high = optics.high() + MARGIN;
    this.perRange = 1 / (high - low);
    this.pivot = u(optics.pivot());
    this.spline = spline;
    List<LineWindow> wide = new ArrayList<>();
    for (LineWindow window : SkyLines.windows(optics)) {
      if (window.high() - window.low() >= FEWEST_KNOTS * spline.stepAt(window.centre())) {
        wide.add(window);
      }
    }
    this.windows = List.copyOf(wide);
    this.windowOf = new int[spline.size()];
    Arrays.fill(windowOf, -1);
    for (int w = 0; w < windows.size(); w++) {
      for (int k = spline.nearest(windows.get(w).low());
          k <= spline.nearest(windows.get(w).high());
          k++) {
        windowOf[k] = w;
      }
    }
    this.groupOf = new LineGroup[windowOf.length];
    Arrays.setAll(groupOf, this::groupNear);
  }

  /**
   * The grid of an arm: knots are about as dense as pixels, and never denser than the instrument's.
   *
   * @param instrument whose arm it is
   * @param arm the arm
   * @param pixel a pixel's width, Angstrom
   */
  public static SkyGrid of(Instrument instrument, Arm arm, double pixel) {
    Instrument.Optics optics = instrument.arm(arm);
    double finest = optics.pixel();
    // Steps in eighths of the finest, so that small differences between spectrographs don't matter.
    double step = pixel <= 1.12 * finest ? finest : finest * Math.ceil(8 * pixel / finest) / 8;
    return new SkyGrid(
        instrument, optics, new BSpline(optics.low() - MARGIN, optics.high() + MARGIN, step), true);
  }

  /**
   * The grid of spectra whose pixels are equal in log wavelength and the same for all fibres, as
   * co-added spectra are: a knot on every pixel, since splines whose knots are between pixels can't
   * tell what these hold.
   *
   * @param width a pixel's width over its wavelength
   * @param pixel any pixel's wavelength, Angstrom
   */
  static SkyGrid logarithmic(Instrument instrument, Arm arm, double width, double pixel) {
    Instrument.Optics optics = instrument.arm(arm);
    double low = optics.low() - MARGIN;
    double first = pixel * Math.exp(width * Math.floor(Math.log(low / pixel) / width));
    return new SkyGrid(
        instrument,
        optics,
        BSpline.logarithmic(first, optics.high() + MARGIN, first * width),
        false);
  }

  /**
   * Whether knots are so much denser than the line spread is wide that what is sharper is noise; a
   * pixel of a co-added spectrum may hold most of a line.
   */
  public boolean isResolved() {
    return resolved;
  }

  /** The instrument. */
  public Instrument instrument() {
    return instrument;
  }

  /** The arm. */
  public Arm arm() {
    return optics.arm();
  }

  /** What the arm records. */
  public Instrument.Optics optics() {
    return optics;
  }

  /** The spline space. */
  public BSpline spline() {
    return spline;
  }

  /** The windows that are wide enough for the pixels, by wavelength. */
  public List<LineWindow> windows() {
    return windows;
  }

  /** Window of coefficient k, -1 if it is continuum. */
  public int windowOf(int k) {
    return windowOf[k];
  }

  /** Window at a wavelength, -1 if it is continuum. */
  public int windowAt(double wavelength) {
    return windowOf[spline.nearest(wavelength)];
  }

  /** Coordinate over the arm, -1 at its lower end to 1 at its upper. */
  public double u(double wavelength) {
    return (2 * wavelength - low - high) * perRange;
  }

  /** Wavelength of a coordinate u, Angstrom. */
  public double wavelength(double u) {
    return (low + high) / 2 + u * (high - low) / 2;
  }

  /** Coordinate of the wavelength that shifts are quoted at. */
  public double pivot() {
    return pivot;
  }

  /** The lines at a wavelength, a window's wings included; null in the continuum. */
  public LineGroup groupAt(double wavelength) {
    return groupOf[spline.nearest(wavelength)];
  }

  private LineGroup groupNear(int k) {
    for (int d = 0; d < BSpline.ORDER - 1; d++) {
      int left = Math.max(0, k - d);
      int right = Math.min(windowOf.length - 1, k + d);
      int window = Math.max(windowOf[left], windowOf[right]);
      if (window >= 0) {
        return windows.get(window).group();
      }
    }
    return null;
  }

  /** Whether a wavelength lies on the grid. */
  public boolean covers(double wavelength) {
    return wavelength >= low && wavelength <= high;
  }

  /** Coarse bins in which a fibre's continuum is compared with the sky's. */
  public int bins() {
    return optics.continuumBins();
  }

  /** Middle of a continuum bin, u from -1 to 1. */
  public double middle(int bin) {
    return (2 * bin + 1.0) / bins() - 1;
  }

  /** Continuum bin of a wavelength on the grid, 0 .. {@link #bins} - 1. */
  public int bin(double wavelength) {
    int bin = (int) (bins() * (wavelength - low) * perRange);
    return Math.max(0, Math.min(bins() - 1, bin));
  }

  /**
   * The continuum of a sky: the sky itself outside line windows, a straight line from edge to edge
   * inside.
   *
   * @param sky spline coefficients
   * @return spline coefficients
   */
  public double[] continuum(double[] sky) {
    double[] continuum = sky.clone();
    int n = sky.length;
    for (int k = 0; k < n; k++) {
      if (windowOf[k] < 0) {
        continue;
      }
      int end = k;
      while (end < n && windowOf[end] >= 0) {
        end++;
      }
      double left = edge(sky, k - 1, -1);
      double right = edge(sky, end, 1);
      left = Double.isNaN(left) ? right : left;
      right = Double.isNaN(right) ? left : right;
      for (int j = k; j < end; j++) {
        double f = (j - k + 1.0) / (end - k + 1.0);
        continuum[j] = left + f * (right - left);
      }
      k = end;
    }
    return continuum;
  }

  private double edge(double[] sky, int from, int direction) {
    double sum = 0;
    int count = 0;
    for (int k = from;
        k >= 0 && k < sky.length && count < EDGE && windowOf[k] < 0;
        k += direction) {
      sum += sky[k];
      count++;
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** Whether two grids are the same space. */
  public boolean sameAs(SkyGrid other) {
    return arm() == other.arm() && spline.size() == other.spline.size();
  }
}
