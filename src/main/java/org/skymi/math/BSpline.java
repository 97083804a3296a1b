package org.skymi.math;

import java.io.Serializable;

/**
 * Cubic B-splines over an interval, uniform in x or in log x: a space of {@code size()}
 * coefficients, shared by everything that is compared or averaged, so that a coefficient vector
 * means the same sky wherever it comes from.
 */
public final class BSpline implements Serializable {
  /** Coefficients that touch one point. */
  public static final int ORDER = 4;

  /** Divisions are slow, and pixels many. */
  private static final double SIXTH = 1.0 / 6;

  private final double low;
  private final double step;
  private final double perStep;
  private final int intervals;
  private final boolean logarithmic;

  /**
   * @param low start of the interval
   * @param high end of the interval, rounded up to whole steps
   * @param step knot spacing
   */
  public BSpline(double low, double high, double step) {
    this(low, high, step, false);
  }

  private BSpline(double low, double high, double step, boolean logarithmic) {
    this.logarithmic = logarithmic;
    this.low = low;
    this.step = step;
    this.perStep = 1 / step;
    this.intervals = Math.max(1, (int) Math.ceil(along(high) / step - 1e-9));
  }

  private BSpline(Knots knots) {
    this.logarithmic = knots.logarithmic;
    this.low = knots.low;
    this.step = knots.step;
    this.perStep = 1 / step;
    this.intervals = knots.size - ORDER + 1;
  }

  /**
   * A space by its numbers.
   *
   * @param low start of the interval
   * @param step knot spacing in x at {@code low}
   * @param logarithmic whether knots are equally far from each other in log x
   * @param size number of coefficients, {@link #ORDER} or more
   */
  public record Knots(double low, double step, boolean logarithmic, int size)
      implements Serializable {
    /** The space. */
    public BSpline spline() {
      return new BSpline(this);
    }
  }

  /** The space's numbers. */
  public Knots knots() {
    return new Knots(low, step, logarithmic, size());
  }

  /**
   * Splines whose knots are equally far from each other in log x.
   *
   * @param step knot spacing in x at {@code low}
   */
  public static BSpline logarithmic(double low, double high, double step) {
    return new BSpline(low, high, step, true);
  }

  /** The coordinate in which knots are uniform; 0 at the start, where it grows as x does. */
  private double along(double x) {
    return logarithmic ? low * Math.log(x / low) : x - low;
  }

  /** How fast {@link #along} grows at x. */
  private double stretch(double x) {
    return logarithmic ? low / x : 1;
  }

  /** Distance of knots around x. */
  public double stepAt(double x) {
    return logarithmic ? step * x / low : step;
  }

  /** Number of coefficients. */
  public int size() {
    return intervals + ORDER - 1;
  }

  /** Knot spacing, at the start of the interval. */
  public double step() {
    return step;
  }

  /** The point at which coefficient k has most weight. */
  public double centre(int k) {
    double along = (k - 1) * step;
    return logarithmic ? low * Math.exp(along / low) : low + along;
  }

  /** The coefficient whose centre is nearest to x. */
  public int nearest(double x) {
    int k =
        (int) (along(x) * perStep + 1.5); // of what is below 0 it is no matter how it is rounded
    return Math.max(0, Math.min(size() - 1, k));
  }

  /** Value of a spline at the centre of coefficient k; beyond the ends they go on as they are. */
  public static double atCentre(double[] coefficients, int k) {
    double before = coefficients[Math.max(0, k - 1)];
    double after = coefficients[Math.min(coefficients.length - 1, k + 1)];
    return (before + 4 * coefficients[k] + after) / 6;
  }

  /** First of the four coefficients that touch x; points outside are taken as at the nearer end. */
  public int first(double x) {
    int k = (int) (along(x) * perStep);
    return Math.max(0, Math.min(intervals - 1, k));
  }

  /**
   * Basis values at x.
   *
   * @param x the point
   * @param first {@code first(x)}
   * @param out weights of coefficients first .. first+3
   */
  public void values(double x, int first, double[] out) {
    double f = fraction(x, first);
    double g = 1 - f;
    double f2 = f * f;
    double f3 = f2 * f;
    out[0] = g * g * g * SIXTH;
    out[1] = (3 * f3 - 6 * f2 + 4) * SIXTH;
    out[2] = (-3 * f3 + 3 * f2 + 3 * f + 1) * SIXTH;
    out[3] = f3 * SIXTH;
  }

  /** First derivatives of the basis at x; see {@link #values}. */
  public void slopes(double x, int first, double[] out) {
    double f = fraction(x, first);
    double g = 1 - f;
    double s = stretch(x) / (2 * step);
    out[0] = -g * g * s;
    out[1] = (3 * f * f - 4 * f) * s;
    out[2] = (-3 * f * f + 2 * f + 1) * s;
    out[3] = f * f * s;
  }

  /**
   * Second derivatives of the basis at x; see {@link #values}. In log x a share of step/x is left
   * out.
   */
  public void curvatures(double x, int first, double[] out) {
    double f = fraction(x, first);
    double s = stretch(x) * stretch(x) / (step * step);
    out[0] = (1 - f) * s;
    out[1] = (3 * f - 2) * s;
    out[2] = (1 - 3 * f) * s;
    out[3] = f * s;
  }

  /**
   * Value, slope and curvature of a spline at x, faster than one after the other.
   *
   * @param out three values, set
   */
  public void derivatives(double[] c, double x, double[] out) {
    derivatives(c, x, first(x), out);
  }

  /** The same where {@code first(x)} is known. */
  public void derivatives(double[] c, double x, int k, double[] out) {
    double f = fraction(x, k);
    // The cubic of this interval in powers of f.
    double a0 = (c[k] + 4 * c[k + 1] + c[k + 2]) * SIXTH;
    double a1 = (c[k + 2] - c[k]) / 2;
    double a2 = (c[k] - 2 * c[k + 1] + c[k + 2]) / 2;
    double a3 = (c[k + 3] - c[k] + 3 * (c[k + 1] - c[k + 2])) * SIXTH;
    out[0] = a0 + f * (a1 + f * (a2 + f * a3));
    double perX = stretch(x) * perStep;
    out[1] = (a1 + f * (2 * a2 + 3 * f * a3)) * perX;
    out[2] = (2 * a2 + 6 * f * a3) * perX * perX;
  }

  /** Value of a spline at x. */
  public double evaluate(double[] coefficients, double x) {
    int first = first(x);
    double[] b = new double[ORDER];
    values(x, first, b);
    return dot(coefficients, first, b);
  }

  public static double dot(double[] coefficients, int first, double[] b) {
    return coefficients[first] * b[0]
        + coefficients[first + 1] * b[1]
        + coefficients[first + 2] * b[2]
        + coefficients[first + 3] * b[3];
  }

  private double fraction(double x, int first) {
    double f = along(x) * perStep - first;
    return f < 0 ? 0 : f > 1 ? 1 : f; // quicker than Math.min and max, which mind signs of 0
  }
}
