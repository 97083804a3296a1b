package org.skymi.fits;

import static org.skymi.fits.FitsRejection.Reason.BAD_HEADER;

import java.util.Locale;

/**
 * A trace set of idlspec2d: per fibre a polynomial in pixel number, stored in a table of one row
 * (FUNC, XMIN, XMAX, COEFF, and XJUMPLO, XJUMPHI, XJUMPVAL where a detector is read in two phases).
 */
final class TraceSet {
  private static final int MOST_COEFFICIENTS = 100;

  private final Hdu hdu;
  private final TableHdu table;
  private final String function;
  private final double low;
  private final double high;
  private final double[] coefficients;
  private final int order;

  /**
   * @param traces number of fibres
   * @param width pixels of a fibre
   * @throws FitsRejection if the table is no trace set of that shape
   */
  TraceSet(Hdu hdu, int traces, int width) throws FitsRejection {
    this.hdu = hdu;
    this.table = new TableHdu(hdu);
    if (table.rows() != 1) {
      throw hdu.badShape(table.rows() + " rows, not 1");
    }
    this.function = table.text("FUNC", 0).strip().toLowerCase(Locale.ROOT);
    this.low = table.number("XMIN", 0);
    this.high = table.number("XMAX", 0);
    this.coefficients = table.numbers("COEFF", 0);
    this.order = coefficients.length / traces;
    if (order < 1 || order > MOST_COEFFICIENTS || order * traces != coefficients.length) {
      throw hdu.badShape(coefficients.length + " coefficients for " + traces + " fibres");
    }
    if (Math.round(high - low + 1) != width) {
      throw hdu.badShape("XMIN " + low + " to XMAX " + high + " for " + width + " pixels");
    }
  }

  /** The values at all pixels, {@code [traces][width]}. */
  double[][] values(int traces, int width) throws FitsRejection {
    double[] x = new double[width];
    for (int p = 0; p < width; p++) {
      x[p] = 2 * (natural(low + p) - (low + high) / 2) / (high - low);
    }
    double[][] values = new double[traces][width];
    double[] terms = new double[order];
    for (int p = 0; p < width; p++) {
      fill(terms, x[p]);
      for (int i = 0; i < traces; i++) {
        for (int j = 0; j < order; j++) {
          values[i][p] += coefficients[i * order + j] * terms[j];
        }
      }
    }
    return values;
  }

  /** Pixels beyond the seam of a detector's two halves are shifted. */
  private double natural(double x) throws FitsRejection {
    if (!table.has("XJUMPVAL")) {
      return x;
    }
    double from = table.number("XJUMPLO", 0);
    double to = table.number("XJUMPHI", 0);
    double passed = Math.max(0, Math.min(1, (x - from) / (to - from)));
    return x + passed * table.number("XJUMPVAL", 0);
  }

  private void fill(double[] terms, double x) throws FitsRejection {
    for (int j = 0; j < terms.length; j++) {
      if (j == 0) {
        terms[j] = 1;
      } else if (j == 1) {
        terms[j] = x;
      } else {
        terms[j] =
            switch (function) {
              case "legendre" -> ((2 * j - 1) * x * terms[j - 1] - (j - 1) * terms[j - 2]) / j;
              case "chebyshev" -> 2 * x * terms[j - 1] - terms[j - 2];
              case "poly" -> x * terms[j - 1];
              default -> throw hdu.reject(BAD_HEADER, "FUNC '" + function + "' is not known here");
            };
      }
    }
  }
}
