package org.skymi.sky.supersky;

import java.util.function.IntFunction;
import org.skymi.math.BSpline;
import org.skymi.math.NormalEquations;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.SkyGrid;

/**
 * How sky fibres differ from the common sky along the slit. SDSS lets every coefficient of the
 * sky's spline be a polynomial in fibre number; here the polynomial multiplies the common spline,
 * and follows wavelength by a coarse spline of its own, because twenty fibres don't tell more:
 *
 * <pre>D / sky = 1 + Σ_ab c_ab · f^a · B_b(λ),    f = -1 .. 1 along the slit</pre>
 *
 * fitted to lines and continuum alike.
 */
final class FibrePolynomial {
  /** No difference. */
  static final FibrePolynomial NONE = new FibrePolynomial(null, new double[0][0], 1);

  private static final int INTERVALS = 4;
  private static final int PASSES = 3;

  /** Size of a coefficient to expect: keeps what no sky fibre constrains near zero. */
  private static final double PRIOR = 0.1;

  private final BSpline spline;

  /** {@code [power of f][spline coefficient]}. */
  private final double[][] coefficients;

  private final int slit;

  private FibrePolynomial(BSpline spline, double[][] coefficients, int slit) {
    this.spline = spline;
    this.coefficients = coefficients;
    this.slit = slit;
  }

  /**
   * Fits the polynomial.
   *
   * @param frame cross-talk removed
   * @param sky the common sky of a fibre, electron, {@code [nPixel]}, NaN where there is none
   * @param fibres sky fibres to learn from
   * @param order in fibre number
   */
  static FibrePolynomial fit(CleanFrame frame, IntFunction<float[]> sky, int[] fibres, int order) {
    SkyGrid grid = frame.grid();
    double low = grid.wavelength(-1);
    double high = grid.wavelength(1);
    BSpline spline = new BSpline(low, high, (high - low) / INTERVALS);
    FibrePolynomial fit =
        new FibrePolynomial(spline, new double[order + 1][spline.size()], frame.fibres());
    for (int pass = 0; pass < PASSES; pass++) {
      fit = fit.refined(frame, sky, fibres);
    }
    return fit;
  }

  /** The fit to pixels that this one calls no outliers. */
  private FibrePolynomial refined(CleanFrame frame, IntFunction<float[]> sky, int[] fibres) {
    int size = spline.size();
    int terms = coefficients.length;
    NormalEquations equations = new NormalEquations(terms * size);
    for (int row = 0; row < equations.size(); row++) {
      equations.addPrior(row, 0, PRIOR * PRIOR);
    }
    for (int i : fibres) {
      double[][] own = new double[size][size + 1];
      accumulate(frame, i, sky.apply(i), own);
      for (int a = 0; a < terms; a++) {
        for (int j = 0; j < size; j++) {
          int row = a * size + j;
          equations.addRhs(row, power(i, a) * own[j][size]);
          for (int column = 0; column <= row; column++) {
            double both = power(i, a) * power(i, column / size);
            equations.addGram(row, column, both * own[j][column % size]);
          }
        }
      }
    }
    double[] c = equations.mean();
    double[][] next = new double[terms][size];
    for (int a = 0; a < terms; a++) {
      for (int k = 0; k < size; k++) {
        next[a][k] = c[a * size + k];
      }
    }
    return new FibrePolynomial(spline, next, slit);
  }

  /** Normal equations of one fibre's own spline, the right-hand side in the last column. */
  private void accumulate(CleanFrame frame, int fibre, float[] sky, double[][] own) {
    float[] flux = frame.flux(fibre);
    float[] variance = frame.variance(fibre);
    double[] wavelength = frame.wavelength(fibre);
    double[] b = new double[BSpline.ORDER];
    for (int p = 0; p < flux.length; p++) {
      if (Float.isInfinite(variance[p]) || !(sky[p] > 0)) {
        continue;
      }
      double s = sky[p];
      double floor = MasterSky.TOLERANCE * s;
      double sigma2 = variance[p] + floor * floor;
      double off = flux[p] - s * factor(fibre, wavelength[p]);
      if (off * off > MasterSky.CLIP * MasterSky.CLIP * sigma2) {
        continue;
      }
      int first = spline.first(wavelength[p]);
      spline.values(wavelength[p], first, b);
      double weight = s / sigma2;
      for (int j = 0; j < BSpline.ORDER; j++) {
        double wj = weight * b[j];
        own[first + j][own.length] += wj * (flux[p] - s);
        for (int k = 0; k < BSpline.ORDER; k++) {
          own[first + j][first + k] += wj * s * b[k];
        }
      }
    }
  }

  /** Multiplies a fibre's common sky in place. */
  void scale(float[] sky, int fibre, double[] wavelength) {
    for (int p = 0; p < sky.length && coefficients.length > 0; p++) {
      sky[p] = (float) (sky[p] * factor(fibre, wavelength[p]));
    }
  }

  private double factor(int fibre, double wavelength) {
    double factor = 1;
    for (int a = 0; a < coefficients.length; a++) {
      factor += power(fibre, a) * spline.evaluate(coefficients[a], wavelength);
    }
    return factor;
  }

  private double power(int fibre, int order) {
    return Math.pow(slit < 2 ? 0 : 2.0 * fibre / (slit - 1) - 1, order);
  }
}
