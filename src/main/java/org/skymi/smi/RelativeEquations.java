package org.skymi.smi;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.skymi.math.NormalEquations;
import org.skymi.math.Spd;
import org.skymi.sky.memory.Prediction;

/**
 * A fibre's normal equations in units of what the linear memory expects: each coefficient less its
 * mean, over its standard deviation.
 */
final class RelativeEquations {
  /** Share of the memory's precision below which a direction counts as unknown to the data. */
  private static final double UNKNOWN = 1e-4;

  private final int size;
  private final double[] packed;
  private final double[] told;
  private final double[] off;

  RelativeEquations(NormalEquations equations, Prediction memory) {
    size = equations.size();
    int triangle = NormalEquations.packed(size);
    packed = new double[2 * triangle + size];
    double[] scale = new double[size];
    for (int k = 0; k < size; k++) {
      scale[k] = Math.sqrt(memory.covariance().get(k, k));
    }
    DMatrixRMaj precision = Spd.inverse(memory.covariance());
    double[] rest = equations.gradient(memory.mean());
    int k = 0;
    for (int a = 0; a < size; a++) {
      for (int b = 0; b <= a; b++) {
        packed[k] = equations.gram(a, b) * scale[a] * scale[b];
        packed[triangle + size + k] = precision.get(a, b) * scale[a] * scale[b];
        k++;
      }
      packed[triangle + a] = rest[a] * scale[a];
    }
    PriorLikelihood likelihood = new PriorLikelihood(size);
    double[] prior = new double[2 * size];
    likelihood.of(prior, 0, packed, 0);
    told = likelihood.told(packed, 0);
    off = likelihood.step();
  }

  int size() {
    return size;
  }

  /** {@code [N, v, R⁻¹]}, lower triangles; R is the correlation of what the memory expects. */
  double[] packed() {
    return packed;
  }

  /** How far the fibre, not the memory, tells each coefficient, 0..1. */
  double[] told() {
    return told;
  }

  /** How far each coefficient is off what the memory expects, by fibre and memory together. */
  double[] off() {
    return off;
  }

  /** {@code v·N⁻¹v}. */
  double far() {
    PriorLikelihood likelihood = new PriorLikelihood(size);
    double[] prior = new double[2 * size];
    Arrays.fill(prior, size, 2 * size, -Math.log(UNKNOWN));
    likelihood.of(prior, 0, packed, 0);
    return likelihood.explained();
  }
}
