package org.skymi.smi;

import java.io.Serializable;
import org.skymi.math.NormalEquations;
import org.skymi.sky.memory.FrameEquations;

/**
 * A frame as the networks see it. Rows are its fibres in the order along the slit; a row without
 * data is all 0.
 *
 * @param frame whose it is
 * @param rows of the networks' inputs
 * @param labels {@code [nFibre][]} what the fibres' own data say, packed by {@link
 *     CoefficientLoss#pack}; of no weight where the fibre doesn't teach
 * @param memory {@code [nFibre]} what the linear memory expects; null where there is no fibre
 */
record NetworkFrame(FrameEquations.When when, Rows rows, float[][] labels, Expectation[] memory)
    implements Serializable {

  /**
   * Inputs.
   *
   * @param seen {@code [nFibre][2·nCoefficient]} coefficients from the fibre alone in units of the
   *     archive, and how well each is known, 0..1
   * @param embedding {@code [nFibre]} index of the fibre in the archive
   * @param side {@code [nFibre][]} slit, place, and what the linear memory expects
   * @param slit {@code [nFibre]} -1..1 along the slit
   * @param share {@code [nFibre]} weight in the common part, 0 for none
   */
  record Rows(float[][] seen, int[] embedding, float[][] side, float[] slit, float[] share)
      implements Serializable {}

  /**
   * What is expected of a fibre's coefficients before its own data.
   *
   * @param mean {@code [nCoefficient]}
   * @param variance {@code [nCoefficient]}
   */
  public record Expectation(double[] mean, double[] variance) implements Serializable {}

  /** Columns of {@link Rows#side} before the memory's: slit, its square, place and its squares. */
  static final int PLACE = 7;

  /** Width of a row of {@link Rows#side}. */
  static int sideWidth(int coefficients) {
    return PLACE + 2 * coefficients;
  }

  /**
   * A fibre's equations in units of an expectation: it has mean 0 and variance 1 in them.
   *
   * @return {@code [lower triangle of N, v]}
   */
  static double[] relative(NormalEquations equations, Expectation expected) {
    int size = equations.size();
    double[] packed = new double[NormalEquations.packed(size) + size];
    int k = 0;
    for (int a = 0; a < size; a++) {
      double scale = Math.sqrt(expected.variance()[a]);
      for (int b = 0; b <= a; b++) {
        packed[k++] = equations.gram(a, b) * scale * Math.sqrt(expected.variance()[b]);
      }
    }
    for (int a = 0; a < size; a++) {
      double rest = equations.rhs(a);
      for (int b = 0; b < size; b++) {
        rest -= equations.gram(a, b) * expected.mean()[b];
      }
      packed[k++] = rest * Math.sqrt(expected.variance()[a]);
    }
    return packed;
  }
}
