package org.skymi.math;

/** Legendre's polynomials. */
public final class Legendre {
  private Legendre() {}

  /**
   * A polynomial's value.
   *
   * @param u -1..1
   */
  public static double at(int order, double u) {
    double before = 0;
    double value = 1;
    for (int n = 0; n < order; n++) {
      double next = ((2 * n + 1) * u * value - n * before) / (n + 1);
      before = value;
      value = next;
    }
    return value;
  }
}
