package org.skymi.sky.memory;

import java.io.Serializable;

/**
 * What a memory of an arm is made of.
 *
 * @param fibres of a spectrograph, numbered 1.. along the slit
 * @param expected value of each coefficient before anything is known, {@code [nCoefficient]}
 * @param scale rough size of each coefficient's scatter over fibres, to start from
 * @param grey how each coefficient follows the throughput that a fibre's place gives it
 * @param orders numbers of terms
 */
public record MemoryShape(
    int fibres, double[] expected, double[] scale, double[] grey, Orders orders)
    implements Serializable {
  /** Variance that no coefficient goes below: what is switched off stays solvable. */
  static final double LEAST = 1e-10;

  /**
   * Numbers of terms.
   *
   * @param slit polynomial terms along the slit that fibres are shrunk to
   * @param frame polynomial terms along the slit that every frame is off by as a whole
   * @param bilinear terms fibre times exposure state
   * @param place order of the polynomial in the place in the patrol disc, 0..3
   */
  public record Orders(int slit, int frame, int bilinear, int place) implements Serializable {
    /** Numbers that serve frames; see docs/experiments.md. */
    public static final Orders DEFAULT = new Orders(5, 3, 0, 0);

    /** The same with another number of bilinear terms. */
    public Orders withBilinear(int terms) {
      return new Orders(slit, frame, terms, place);
    }

    int placeTerms() {
      return (place + 1) * (place + 2) / 2 - 1;
    }
  }

  public MemoryShape {
    int k = scale.length;
    if (expected.length != k || grey.length != k) {
      throw new IllegalArgumentException("a memory's shape is of different coefficients");
    }
  }

  /** Number of coefficients. */
  public int coefficients() {
    return scale.length;
  }

  /** The same with other numbers of terms. */
  public MemoryShape with(Orders other) {
    return new MemoryShape(fibres, expected, scale, grey, other);
  }

  /** Unknowns of a fibre: its means, loadings (term by term), terms of its place. */
  int unknowns() {
    return scale.length * (1 + orders.bilinear()) + orders.placeTerms();
  }

  /** Index of a loading among a fibre's unknowns. */
  int loading(int term, int coefficient) {
    return scale.length * (1 + term) + coefficient;
  }

  /** Index of the first term of the place among a fibre's unknowns. */
  int place() {
    return scale.length * (1 + orders.bilinear());
  }

  /** Unknowns of a frame: offsets along the slit (term by term), and states. */
  int states() {
    return scale.length * orders.frame() + orders.bilinear();
  }

  /** Legendre polynomials along the slit. */
  double[] along(int number, int terms) {
    double f = fibres > 1 ? 2.0 * (number - 1) / (fibres - 1) - 1 : 0;
    double[] p = new double[terms];
    for (int j = 0; j < terms; j++) {
      p[j] = j == 0 ? 1 : j == 1 ? f : ((2 * j - 1) * f * p[j - 1] - (j - 1) * p[j - 2]) / j;
    }
    return p;
  }

  /**
   * Monomials of a place in the patrol disc.
   *
   * @param dx in units of {@link #DISC}
   */
  double[] place(double dx, double dy) {
    double[] terms = new double[orders.placeTerms()];
    int k = 0;
    for (int order = 1; order <= orders.place(); order++) {
      for (int power = 0; power <= order; power++) {
        terms[k++] = Math.pow(dx / DISC, order - power) * Math.pow(dy / DISC, power);
      }
    }
    return terms;
  }

  /** Radius of a patrol disc, deg; any near the true one will do. */
  private static final double DISC = 0.045;
}
