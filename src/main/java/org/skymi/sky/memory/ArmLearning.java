package org.skymi.sky.memory;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.skymi.math.NormalEquations;
import org.skymi.math.Spd;

/** The step from sums to the next memory: what every fibre's unknowns are, and all variances. */
final class ArmLearning {
  /** How far a variance may move in one step, as a factor. */
  private static final double STEP = 4;

  /** Visits without correlations that are added to those seen, per coefficient. */
  private static final double PRIOR_VISITS = 2;

  private final ArmMemory last;
  private final MemoryShape shape;
  private final ArmSums sums;
  private final int size;

  ArmLearning(ArmMemory last, ArmSums sums) {
    this.last = last;
    this.shape = last.shape;
    this.sums = sums;
    this.size = shape.coefficients();
  }

  ArmMemory next() {
    double[][] slit = last.before == null ? slit() : last.spread.slit();
    // Fibres are drawn to the new slit already.
    ArmMemory drawn =
        new ArmMemory(
            shape,
            last.before,
            new ArmMemory.Spread(
                slit,
                last.spread.own(),
                last.spread.visit(),
                last.spread.offset(),
                last.spread.loading()),
            new double[shape.fibres()][],
            new double[shape.fibres()][],
            new double[shape.fibres()][]);
    double[] found = new double[shape.unknowns()];
    double[] expected = new double[shape.unknowns()];
    for (int f = 0; f < shape.fibres(); f++) {
      if (sums.fibres[f] != null) {
        solve(f, drawn, found, expected);
      }
    }
    double[] own = last.spread.own().clone();
    double[] loading = last.spread.loading().clone();
    for (int a = 0; a < found.length; a++) {
      if (a < size) {
        own[a] = stepped(own[a], found[a], expected[a]);
      } else {
        loading[a - size] = stepped(loading[a - size], found[a], expected[a]);
      }
    }
    double[] offset = last.spread.offset().clone();
    for (int q = 0; q < offset.length; q++) {
      offset[q] = stepped(offset[q], sums.offsetFound[q], sums.offsetExpected[q]);
    }
    ArmMemory.Spread spread = new ArmMemory.Spread(slit, own, visit(), offset, loading);
    return new ArmMemory(
        shape, last.before, spread, drawn.unknowns, drawn.variances, drawn.covariances);
  }

  /**
   * What is known with the sums of frames that the last memory has not learnt: its posterior is
   * their prior. Variances stay as many frames had them.
   */
  ArmMemory updated() {
    ArmMemory updated =
        new ArmMemory(
            shape,
            last.before,
            last.spread,
            last.unknowns.clone(),
            last.variances.clone(),
            last.covariances.clone());
    for (int f = 0; f < shape.fibres(); f++) {
      if (sums.fibres[f] != null) {
        update(f, updated);
      }
    }
    return updated;
  }

  private void update(int f, ArmMemory updated) {
    double[] mean = Arrays.copyOf(last.means(f + 1), shape.unknowns());
    DMatrixRMaj covariance = new DMatrixRMaj(mean.length, mean.length);
    DMatrixRMaj means = symmetric(last.meansCovariance(f + 1));
    CommonOps_DDRM.insert(means, covariance, 0, 0);
    for (int a = size; a < mean.length; a++) {
      mean[a] = last.unknowns[f] == null ? 0 : last.unknowns[f][a];
      covariance.set(a, a, last.variance(f + 1, a));
    }
    DMatrixRMaj precision = Spd.inverse(covariance);
    double[] right = sums.fibres[f].rhs();
    double[] pull = Spd.times(precision, mean);
    for (int a = 0; a < right.length; a++) {
      right[a] += pull[a];
    }
    DMatrixRMaj normal = sums.fibres[f].gram();
    CommonOps_DDRM.addEquals(normal, precision);
    set(f, updated, Spd.inverse(normal), right);
  }

  /** Sets what is known of a fibre, given the inverse of its equations. */
  private void set(int f, ArmMemory memory, DMatrixRMaj left, double[] right) {
    double[] variance = new double[right.length];
    double[] packed = new double[NormalEquations.packed(size)];
    for (int a = 0; a < variance.length; a++) {
      variance[a] = left.unsafe_get(a, a);
      for (int b = 0; a < size && b <= a; b++) {
        packed[NormalEquations.packed(a) + b] = left.unsafe_get(a, b);
      }
    }
    memory.unknowns[f] = Spd.times(left, right);
    memory.variances[f] = variance;
    memory.covariances[f] = packed;
  }

  private void solve(int f, ArmMemory drawn, double[] found, double[] expected) {
    double[] base = drawn.base(f + 1);
    DMatrixRMaj prior = symmetric(drawn.baseCovariance(f + 1));
    DMatrixRMaj normal = sums.fibres[f].gram();
    double[] right = sums.fibres[f].rhs();
    DMatrixRMaj precision = Spd.inverse(prior);
    double[] pull = Spd.times(precision, base);
    for (int a = 0; a < size; a++) {
      right[a] += pull[a];
      for (int b = 0; b < size; b++) {
        normal.add(a, b, precision.unsafe_get(a, b));
      }
    }
    for (int a = size; a < right.length; a++) {
      normal.add(a, a, 1 / drawn.spread.loading()[a - size]);
    }
    set(f, drawn, Spd.inverse(normal), right);
    double[] u = drawn.unknowns[f];
    for (int a = 0; a < u.length; a++) {
      double off = a < size ? u[a] - base[a] : u[a];
      double own = a < size ? prior.unsafe_get(a, a) : drawn.spread.loading()[a - size];
      double before = a < size ? own - drawn.spread.own()[a] : 0;
      found[a] += Math.max(0, off * off - before);
      expected[a] += Math.max(0, 1 - drawn.variances[f][a] / own);
    }
  }

  private DMatrixRMaj symmetric(double[] packed) {
    DMatrixRMaj matrix = new DMatrixRMaj(size, size);
    for (int a = 0; a < size; a++) {
      for (int b = 0; b <= a; b++) {
        matrix.unsafe_set(a, b, packed[NormalEquations.packed(a) + b]);
        matrix.unsafe_set(b, a, packed[NormalEquations.packed(a) + b]);
      }
    }
    return matrix;
  }

  /** MacKay's fixed point: squares as found over the share of the variance that data fixed. */
  private static double stepped(double variance, double found, double expected) {
    double next = expected > 1e-6 ? found / expected : variance / STEP;
    double bounded = Math.min(variance * STEP, Math.max(variance / STEP, next));
    return Math.max(MemoryShape.LEAST, bounded);
  }

  /** The mean fibre along the slit: every fibre's own part integrated out. */
  private double[][] slit() {
    int terms = shape.orders().slit();
    NormalEquations all = new NormalEquations(size * terms);
    for (int c = 0; c < size; c++) {
      double broad = Math.max(MemoryShape.LEAST, shape.scale()[c] * shape.scale()[c]);
      for (int j = 0; j < terms; j++) {
        double variance = j == 0 ? 100 * broad : broad;
        all.addPrior(c * terms + j, j == 0 ? shape.expected()[c] : 0, variance);
      }
    }
    DMatrixRMaj own = Spd.diagonal(last.spread.own());
    for (int f = 0; f < shape.fibres(); f++) {
      if (sums.fibres[f] != null) {
        addMean(f, own, shape.along(f + 1, terms), all);
      }
    }
    double[] mean = Spd.solve(all.gram(), all.rhs());
    double[][] slit = new double[size][terms];
    for (int c = 0; c < size; c++) {
      System.arraycopy(mean, c * terms, slit[c], 0, terms);
    }
    return slit;
  }

  private void addMean(int f, DMatrixRMaj own, double[] along, NormalEquations all) {
    // What the fibre says of its means alone, its other unknowns as last learnt.
    NormalEquations means = new NormalEquations(size);
    double[] rest = last.unknowns[f];
    for (int a = 0; a < size; a++) {
      double right = sums.fibres[f].rhs(a);
      for (int u = size; rest != null && u < rest.length; u++) {
        right -= sums.fibres[f].gram(a, u) * rest[u];
      }
      means.addRhs(a, right);
      for (int b = 0; b <= a; b++) {
        means.addGram(a, b, sums.fibres[f].gram(a, b));
      }
    }
    Visit visit = new Visit(means, own);
    int terms = along.length;
    for (int a = 0; a < size; a++) {
      for (int j = 0; j < terms; j++) {
        all.addRhs(a * terms + j, along[j] * visit.rhs[a]);
        for (int b = 0; b <= a; b++) {
          double w = visit.information.unsafe_get(a, b) * along[j];
          for (int l = 0; l < (a == b ? j + 1 : terms); l++) {
            all.addGram(a * terms + j, b * terms + l, w * along[l]);
          }
        }
      }
    }
  }

  /** Covariance from visit to visit: correlations as expected, variances by the fixed point. */
  private DMatrixRMaj visit() {
    DMatrixRMaj visit = last.spread.visit().copy();
    if (sums.visits <= 0) {
      return visit;
    }
    // Correlations that few visits show are chance.
    double prior = PRIOR_VISITS * size;
    DMatrixRMaj scatter = sums.scatter.copy();
    for (int a = 0; a < size; a++) {
      scatter.add(a, a, prior / sums.visits * sums.scatter.get(a, a));
    }
    CommonOps_DDRM.divide(scatter, sums.visits + prior);
    double[] unit = new double[size];
    for (int a = 0; a < size; a++) {
      double square = stepped(visit.get(a, a), sums.found[a], sums.expected[a]);
      unit[a] = Math.sqrt(square / scatter.get(a, a));
    }
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        visit.set(a, b, scatter.get(a, b) * unit[a] * unit[b]);
      }
    }
    Spd.symmetrise(visit);
    return visit;
  }
}
