package org.skymi.sky.memory;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.skymi.math.NormalEquations;
import org.skymi.math.Spd;

/**
 * The memory of one spectrograph and arm during one epoch: what is remembered of every fibre, and
 * how far to trust it.
 *
 * <p>A fibre's coefficients in a frame are its mean, plus grey times a polynomial in its place,
 * plus loadings times the frame's state, plus the frame's offset along the slit, plus what scatters
 * from visit to visit. Means scatter around a polynomial along the slit, or around the epoch
 * before.
 */
final class ArmMemory implements Serializable {
  private static final long serialVersionUID = 1;

  /** Scatter from visit to visit over scatter from fibre to fibre, to start from. */
  private static final double VISIT = 0.5;

  /** Loadings to start from, over the scatter from visit to visit. */
  private static final double LOADING = 0.3;

  /** Scatter of an epoch's steps over scatter from fibre to fibre, to start from. */
  private static final double STEP = 0.5;

  final MemoryShape shape;

  /** The epoch before; null for the first. */
  final ArmMemory before;

  final Spread spread;

  /** By number - 1, {@code [nUnknown]} and {@code [nUnknown]}; null of fibres never seen. */
  final double[][] unknowns;

  final double[][] variances;

  /** Of the means, packed lower triangles. */
  final double[][] covariances;

  /**
   * Variances, all learnt.
   *
   * @param slit coefficients of the polynomials along the slit, {@code [nCoefficient][nTerm]}
   * @param own of fibres' means around them, or around the epoch before, {@code [nCoefficient]}
   * @param visit covariance of what scatters from visit to visit
   * @param offset of frames' offsets, {@code [nFrameTerm * nCoefficient]}
   * @param loading of loadings and terms of the place, {@code [nUnknown - nCoefficient]}
   */
  record Spread(double[][] slit, double[] own, DMatrixRMaj visit, double[] offset, double[] loading)
      implements Serializable {}

  ArmMemory(
      MemoryShape shape,
      ArmMemory before,
      Spread spread,
      double[][] unknowns,
      double[][] variances,
      double[][] covariances) {
    this.shape = shape;
    this.before = before;
    this.spread = spread;
    this.unknowns = unknowns;
    this.variances = variances;
    this.covariances = covariances;
  }

  /** What is known before anything is learnt, but for small random loadings to start from. */
  static ArmMemory start(MemoryShape shape, ArmMemory before, long seed) {
    int k = shape.coefficients();
    double[][] slit = new double[k][shape.orders().slit()];
    double[] own = new double[k];
    double[] visit = new double[k];
    double[] offset = new double[k * shape.orders().frame()];
    double[] loading = new double[shape.unknowns() - k];
    double grey = 0;
    for (int c = 0; c < k; c++) {
      double square = Math.max(MemoryShape.LEAST, shape.scale()[c] * shape.scale()[c]);
      slit[c][0] = shape.expected()[c];
      own[c] = before == null ? square : STEP * STEP * before.spread.own()[c];
      visit[c] = VISIT * VISIT * square;
      for (int j = 0; j < shape.orders().frame(); j++) {
        offset[j * k + c] = visit[c];
      }
      for (int b = 0; b < shape.orders().bilinear(); b++) {
        loading[b * k + c] = LOADING * LOADING * visit[c];
      }
      grey = Math.max(grey, Math.abs(shape.grey()[c]) > 0 ? visit[c] : 0);
    }
    for (int p = shape.place() - k; p < loading.length; p++) {
      loading[p] = Math.max(MemoryShape.LEAST, LOADING * LOADING * grey);
    }
    Spread spread = new Spread(slit, own, Spd.diagonal(visit), offset, loading);
    ArmMemory start =
        new ArmMemory(
            shape,
            before,
            spread,
            new double[shape.fibres()][],
            new double[shape.fibres()][],
            new double[shape.fibres()][]);
    if (shape.orders().bilinear() > 0) {
      start.drawLoadings(new Random(seed));
    }
    return start;
  }

  private void drawLoadings(Random random) {
    for (int i = 0; i < unknowns.length; i++) {
      double[] u = new double[shape.unknowns()];
      double[] v = new double[u.length];
      System.arraycopy(base(i + 1), 0, u, 0, shape.coefficients());
      for (int c = 0; c < shape.coefficients(); c++) {
        v[c] = spread.own()[c];
      }
      for (int a = shape.coefficients(); a < u.length; a++) {
        v[a] = spread.loading()[a - shape.coefficients()];
        u[a] = a < shape.place() ? random.nextGaussian() * Math.sqrt(v[a]) : 0;
      }
      unknowns[i] = u;
      variances[i] = v;
      covariances[i] = baseCovariance(i + 1);
    }
  }

  /** The same, resting on what is known of the epoch before by now. */
  ArmMemory after(ArmMemory other) {
    return new ArmMemory(shape, other, spread, unknowns, variances, covariances);
  }

  private boolean knows(int number) {
    return number <= unknowns.length && unknowns[number - 1] != null;
  }

  /** What a fibre's means are drawn to. */
  double[] base(int number) {
    if (before != null) {
      return before.means(number);
    }
    double[] along = shape.along(number, shape.orders().slit());
    double[] base = new double[shape.coefficients()];
    for (int c = 0; c < base.length; c++) {
      for (int j = 0; j < along.length; j++) {
        base[c] += spread.slit()[c][j] * along[j];
      }
    }
    return base;
  }

  /** Covariance of a fibre's means around {@link #base}, packed. */
  double[] baseCovariance(int number) {
    int k = shape.coefficients();
    double[] packed =
        before == null
            ? new double[NormalEquations.packed(k)]
            : before.meansCovariance(number).clone();
    for (int c = 0; c < k; c++) {
      packed[NormalEquations.packed(c) + c] += spread.own()[c];
    }
    return packed;
  }

  /** A fibre's means, {@code [nCoefficient]}. */
  double[] means(int number) {
    return knows(number) ? Arrays.copyOf(unknowns[number - 1], shape.coefficients()) : base(number);
  }

  /** Covariance of a fibre's means, packed. */
  double[] meansCovariance(int number) {
    return knows(number) ? covariances[number - 1] : baseCovariance(number);
  }

  /** A fibre's coefficients where the frame's state is 0, {@code [nCoefficient]}. */
  double[] at(FrameEquations.Fibre fibre) {
    double[] z = means(fibre.number());
    if (knows(fibre.number()) && shape.orders().place() > 0) {
      double[] place = shape.place(fibre.dx(), fibre.dy());
      double grey = 0;
      for (int p = 0; p < place.length; p++) {
        grey += place[p] * unknowns[fibre.number() - 1][shape.place() + p];
      }
      for (int c = 0; c < z.length; c++) {
        z[c] += grey * shape.grey()[c];
      }
    }
    return z;
  }

  /** A loading; 0 of a fibre never seen. */
  double loading(int number, int term, int coefficient) {
    return knows(number) ? unknowns[number - 1][shape.loading(term, coefficient)] : 0;
  }

  /** Variance of one of a fibre's unknowns that are no means. */
  double variance(int number, int unknown) {
    return knows(number)
        ? variances[number - 1][unknown]
        : spread.loading()[unknown - shape.coefficients()];
  }

  /** Covariance of what is remembered of a fibre, at its place, in an ordinary state. */
  DMatrixRMaj uncertainty(FrameEquations.Fibre fibre) {
    int k = shape.coefficients();
    double[] packed = meansCovariance(fibre.number());
    double[] place = shape.place(fibre.dx(), fibre.dy());
    double grey = 0;
    for (int p = 0; p < place.length; p++) {
      grey += place[p] * place[p] * variance(fibre.number(), shape.place() + p);
    }
    DMatrixRMaj covariance = new DMatrixRMaj(k, k);
    for (int a = 0; a < k; a++) {
      for (int b = 0; b <= a; b++) {
        double value =
            packed[NormalEquations.packed(a) + b] + grey * shape.grey()[a] * shape.grey()[b];
        covariance.unsafe_set(a, b, value);
        covariance.unsafe_set(b, a, value);
      }
      for (int t = 0; t < shape.orders().bilinear(); t++) {
        covariance.add(a, a, variance(fibre.number(), shape.loading(t, a)));
      }
    }
    return covariance;
  }
}
