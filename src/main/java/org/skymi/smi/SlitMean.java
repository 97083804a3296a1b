package org.skymi.smi;

import org.ejml.data.DMatrix3;
import org.ejml.data.DMatrix3x3;
import org.ejml.dense.fixed.CommonOps_DDF3;

/**
 * Weights with which a frame's fibres make a mean: of all the same, or of a quadratic along the
 * slit at a place of it.
 */
final class SlitMean {
  /** Freedom of slope and curvature: that of so many fibres that say there is none. */
  private static final double FLAT = 2;

  private final float[] share;
  private final float[] slit;
  private final double total;
  private final DMatrix3x3 gram = new DMatrix3x3();

  /**
   * @param share weight of each fibre, 0 for those that have no part
   * @param slit place along the slit, -1..1
   */
  SlitMean(float[] share, float[] slit) {
    this.share = share;
    this.slit = slit;
    double sum = 0;
    for (int i = 0; i < share.length; i++) {
      sum += share[i];
      add(gram, share[i], slit[i]);
    }
    total = sum;
  }

  /** The mean of all but one. */
  float[] ofOthers(int fibre) {
    float[] weights = new float[share.length];
    double others = total - share[fibre];
    double per = others > 1e-6 ? 1 / others : 0;
    for (int j = 0; j < weights.length; j++) {
      weights[j] = (float) (share[j] * per);
    }
    weights[fibre] = 0;
    return weights;
  }

  /** The quadratic through all but one, where that one is. */
  float[] ofOthersAt(int fibre) {
    DMatrix3x3 rest = new DMatrix3x3(gram);
    add(rest, -share[fibre], slit[fibre]);
    return weights(rest, slit[fibre], fibre);
  }

  /** The quadratic through all, at a place along the slit. */
  float[] at(double place) {
    return weights(gram, place, -1);
  }

  private float[] weights(DMatrix3x3 own, double place, int left) {
    float[] weights = new float[share.length];
    if (total - (left < 0 ? 0 : share[left]) <= 1e-6) {
      return weights;
    }
    DMatrix3x3 bounded = new DMatrix3x3(own);
    bounded.a22 += FLAT;
    bounded.a33 += FLAT;
    DMatrix3x3 inverse = new DMatrix3x3();
    CommonOps_DDF3.invert(bounded, inverse);
    DMatrix3 row = new DMatrix3();
    CommonOps_DDF3.mult(inverse, basis(place), row);
    for (int j = 0; j < weights.length; j++) {
      DMatrix3 b = basis(slit[j]);
      weights[j] = j == left ? 0 : (float) (share[j] * CommonOps_DDF3.dot(row, b));
    }
    return weights;
  }

  private static DMatrix3 basis(double place) {
    return new DMatrix3(1, place, 1.5 * place * place - 0.5);
  }

  private static void add(DMatrix3x3 gram, double weight, double place) {
    DMatrix3 b = basis(place);
    gram.a11 += weight;
    gram.a12 += weight * b.a2;
    gram.a13 += weight * b.a3;
    gram.a22 += weight * b.a2 * b.a2;
    gram.a23 += weight * b.a2 * b.a3;
    gram.a33 += weight * b.a3 * b.a3;
    gram.a21 = gram.a12;
    gram.a31 = gram.a13;
    gram.a32 = gram.a23;
  }
}
