package org.skymi.sky.supersky;

import java.io.Serializable;
import java.util.Arrays;
import org.skymi.math.BSpline;
import org.skymi.math.BandedNormal;
import org.skymi.sky.calibrate.FibreCalibration;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.SkyGrid;

/**
 * The mean sky of a spectrograph's sky fibres: a cubic B-spline through all their pixels, each at
 * its aligned wavelength, scaled by its fibre's gain, weighted by its noise, wild ones rejected.
 */
public final class MasterSky implements Serializable {
  /** Standard errors beyond which a pixel is wild. */
  static final double CLIP = 5;

  /** Differences between fibres that are no outliers, relative. */
  static final double TOLERANCE = 0.08;

  /**
   * Where noise rules, structure sharper than the line spread is smoothed away: the penalty's
   * half-power frequency, rad per knot. Or more, so that the line spread passes 5 % there at most.
   */
  private static final double HALF_POWER = 1.6;

  /** Frequency that a Gaussian passes 5 % of, times its standard deviation. */
  private static final double PASSES_LITTLE = Math.sqrt(2 * Math.log(20));

  /** S/N per knot below which smoothing sets in. */
  private static final double NOISY = 10;

  /** Share of what is known of a coefficient that the other fibres must know. */
  private static final double LEAST = 0.05;

  public final double[] coefficients;
  public final BandedNormal normal;

  /** By how much smoothing gives way to the signal, by coefficient; infinite without smoothing. */
  private final double[] freedom;

  /** Half-power frequency of the penalty, rad per knot. */
  private final double halfPower;

  private MasterSky(
      double[] coefficients, BandedNormal normal, double[] freedom, double halfPower) {
    this.coefficients = coefficients;
    this.normal = normal;
    this.freedom = freedom;
    this.halfPower = halfPower;
  }

  /**
   * Fits the master.
   *
   * @param fibres sky fibres to use
   * @param gain of each of them
   * @param previous coefficients to reject against, or null for none
   */
  public static MasterSky fit(
      CleanFrame frame,
      FibreCalibration calibration,
      int[] fibres,
      double[] gain,
      double[] previous) {
    return new Fit(frame, calibration, fibres, gain, previous).master;
  }

  /**
   * What each of some sky fibres says of the master: for the master of all, and for those without
   * one of them.
   */
  static final class Fit {
    private final SkyGrid grid;
    private final BandedNormal[] own;
    private final double[] previous;
    final MasterSky master;

    /** See {@link MasterSky#fit}. */
    Fit(
        CleanFrame frame,
        FibreCalibration calibration,
        int[] fibres,
        double[] gain,
        double[] previous) {
      this.grid = frame.grid();
      this.previous = previous;
      BandedNormal all = new BandedNormal(grid.spline().size());
      own = new BandedNormal[fibres.length];
      for (int f = 0; f < fibres.length; f++) {
        own[f] = said(frame, calibration, fibres[f], gain[f], previous);
        all.add(own[f], 1);
      }
      master = smoothed(grid, all, previous == null ? all.solve() : previous);
    }

    /**
     * The master without one of its fibres.
     *
     * @param which index among the fibres
     */
    MasterSky without(int which) {
      BandedNormal all = master.normal;
      BandedNormal others = all.copy();
      others.add(own[which], -1);
      double[] known = master.coefficients;
      for (int k = 0; k < known.length; k++) {
        if (all.diagonal(k) > 0 && others.diagonal(k) < LEAST * all.diagonal(k)) {
          // What no other fibre tells stays what it was.
          int first = Math.min(k, known.length - BSpline.ORDER);
          double[] unit = new double[BSpline.ORDER];
          unit[k - first] = 1;
          others.add(first, unit, all.diagonal(k), known[k]);
        }
      }
      MasterSky without = smoothed(grid, others, previous == null ? known : previous);
      boolean isSolved = Arrays.stream(without.coefficients).allMatch(Double::isFinite);
      return isSolved ? without : master;
    }
  }

  /** What a fibre's pixels say of the master. */
  private static BandedNormal said(
      CleanFrame frame, FibreCalibration calibration, int fibre, double gain, double[] previous) {
    BandedNormal normal = new BandedNormal(frame.grid().spline().size());
    double scale = 1 / gain;
    double square = gain * gain;
    pixels(
        frame,
        calibration,
        fibre,
        (first, b, flux, variance) -> {
          double y = flux * scale;
          double weight = square / variance;
          if (previous != null) {
            double model = BSpline.dot(previous, first, b);
            double off = y - model;
            // In squares and over the noise: the root and the division take longer than the rest.
            double allowed = 1 + TOLERANCE * TOLERANCE * model * model * weight;
            if (off * off * weight > CLIP * CLIP * allowed) {
              return;
            }
          }
          normal.add(first, b, weight, y);
        });
    return normal;
  }

  /** Told of one pixel after the other: the spline's values there, electron, electron^2. */
  private interface Pixel {
    void at(int first, double[] b, float flux, float variance);
  }

  /** Goes through a fibre's usable pixels on the grid, at their aligned wavelengths. */
  private static void pixels(
      CleanFrame frame, FibreCalibration calibration, int fibre, Pixel pixel) {
    SkyGrid grid = frame.grid();
    BSpline spline = grid.spline();
    double[] b = new double[BSpline.ORDER];
    float[] flux = frame.flux(fibre);
    float[] variance = frame.variance(fibre);
    double[] wavelength = frame.wavelength(fibre);
    for (int p = 0; p < flux.length; p++) {
      if (Float.isInfinite(variance[p]) || !grid.covers(wavelength[p])) {
        continue;
      }
      double x = calibration.aligned(grid, fibre, wavelength[p]);
      int first = spline.first(x);
      spline.values(x, first, b);
      pixel.at(first, b, flux[p], variance[p]);
    }
  }

  /**
   * The solution of normal equations, smoothed where noise rules, on a grid that resolves lines.
   *
   * @param rough coefficients that tell how strong the signal is
   */
  static MasterSky smoothed(SkyGrid grid, BandedNormal normal, double[] rough) {
    double[] freedom = new double[rough.length];
    Arrays.fill(freedom, Double.POSITIVE_INFINITY);
    if (!grid.isResolved()) {
      return new MasterSky(normal.solve(), normal, freedom, HALF_POWER);
    }
    double halfPower = Math.max(HALF_POWER, PASSES_LITTLE / grid.optics().sampling());
    double smoothing = 1 / Math.pow(halfPower, 6);
    BandedNormal smooth = normal.copy();
    double[] strength = new double[rough.length];
    for (int k = 0; k + BSpline.ORDER <= strength.length; k++) {
      // The least of the four that a penalty ties together: at the data's edge it would
      // extrapolate.
      double weight = normal.diagonal(k);
      for (int j = 1; j < BSpline.ORDER; j++) {
        weight = Math.min(weight, normal.diagonal(k + j));
      }
      double square = rough[k] * rough[k] * Math.max(0, weight) / (NOISY * NOISY);
      freedom[k] = 1 + square * square;
      strength[k] = smoothing * weight / freedom[k];
    }
    smooth.addSmoothing(strength);
    return new MasterSky(smooth.solve(), normal, freedom, halfPower);
  }

  /**
   * Variance of a sky made of this master around each coefficient's place, electron^2; infinite
   * where there was no data. Coefficients themselves scatter two to four times as much.
   */
  public double[] variance() {
    double[] variance = new double[coefficients.length];
    Arrays.setAll(
        variance,
        k -> {
          double weight = normal.diagonal(k);
          // Frequencies below the half power of this penalty, of all up to pi.
          double passed = Math.min(1, halfPower * Math.cbrt(Math.sqrt(freedom[k])) / Math.PI);
          // A cubic spline's value is uncertain by about half of what one coefficient's diagonal
          // suggests.
          return weight > 0 ? 0.5 * passed / weight : Double.POSITIVE_INFINITY;
        });
    return variance;
  }

  /** Best scale of the master in a fibre, from all its pixels. */
  static double gainOf(
      CleanFrame frame, FibreCalibration calibration, int fibre, double[] coefficients) {
    double[] sums = new double[2];
    pixels(
        frame,
        calibration,
        fibre,
        (first, b, flux, variance) -> {
          double model = BSpline.dot(coefficients, first, b);
          double weight = 1 / (variance + TOLERANCE * TOLERANCE * model * model);
          sums[0] += weight * model * flux;
          sums[1] += weight * model * model;
        });
    return sums[0] > 0 && sums[1] > 0 ? sums[0] / sums[1] : 1;
  }
}
