package org.skymi.sky.recipe;

import java.util.Arrays;

/** Numbers in the digits that are kept of them: those that noise does not make meaningless. */
public final class Rounding {
  /** Binary digits of a variance: none is known to a thousandth of itself. */
  private static final int DIGITS = 10;

  /**
   * Binary digits of a spline's coefficients: some more than a sky has, because they cancel where
   * there is hardly any light.
   */
  private static final int FINE = 34;

  private Rounding() {}

  /**
   * A number in steps of a power of two, the largest that is no more than a share of its error.
   *
   * @param variance of it; where that says nothing, the number stays as it is
   * @param steps in the error, at least: a power of two
   */
  public static double inSteps(double value, double variance, int steps) {
    if (!(variance > 0 && variance < Double.POSITIVE_INFINITY)) {
      return value;
    }
    int exponent = Math.getExponent(Math.sqrt(variance) / steps);
    return Math.scalb(Math.rint(Math.scalb(value, -exponent)), exponent);
  }

  /** A variance in {@value #DIGITS} binary digits, {@code float}. */
  public static float variance(double variance) {
    return (float) digits(variance, DIGITS);
  }

  /** Spline coefficients in {@value #FINE} binary digits. */
  public static double[] coefficients(double[] values) {
    return Arrays.stream(values).map(v -> digits(v, FINE)).toArray();
  }

  private static double digits(double value, int digits) {
    int exponent = Math.getExponent(value);
    return exponent < Float.MIN_EXPONENT || exponent > Float.MAX_EXPONENT
        ? (float) value
        : Math.scalb(Math.rint(Math.scalb(value, digits - 1 - exponent)), exponent - digits + 1);
  }
}
