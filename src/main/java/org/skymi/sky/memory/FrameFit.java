package org.skymi.sky.memory;

import java.util.Optional;
import java.util.function.IntPredicate;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.skymi.math.Spd;

/**
 * A frame against the memory: its offsets along the slit and its state, from those of its fibres
 * that may tell, robustly.
 */
final class FrameFit {
  private static final int PASSES = 3;

  /** Misfit, as a root, beyond which a fibre counts by as much less. */
  private static final double BOUND = 1.4;

  private final ArmMemory memory;
  private final MemoryShape shape;
  private final FrameEquations frame;
  private final int size;

  private final FrameMemory seen;
  private final boolean[] tells;
  private final double[] weight;
  private double[] state;
  private double[] right;
  private DMatrixRMaj covariance;

  /**
   * @param tells which fibres, by index, may tell of the state
   */
  FrameFit(FrameMemory seen, IntPredicate tells) {
    this.seen = seen;
    this.memory = seen.memory;
    this.shape = memory.shape;
    this.frame = seen.frame;
    this.size = shape.coefficients();
    int n = frame.fibres().length;
    this.tells = new boolean[n];
    weight = new double[n];
    state = new double[shape.states()];
    for (int i = 0; i < n; i++) {
      this.tells[i] = frame.fibres()[i].equations() != null && tells.test(i);
      weight[i] = this.tells[i] ? 1 : 0;
    }
    for (int pass = 1; pass < PASSES; pass++) {
      state = state.length == 0 ? state : Spd.solve(equations(), right);
      weigh();
    }
    covariance = state.length == 0 ? equations() : Spd.inverse(equations());
    state = Spd.times(covariance, right);
    weigh();
  }

  /** Normal equations of offsets and states, with the weights so far; sets their right side. */
  private DMatrixRMaj equations() {
    DMatrixRMaj normal = new DMatrixRMaj(state.length, state.length);
    right = new double[state.length];
    for (int q = 0; q < state.length; q++) {
      normal.set(q, q, 1 / prior(q));
    }
    for (int i = 0; i < tells.length; i++) {
      if (tells[i]) {
        add(i, normal);
      }
    }
    mirrorBlocks(normal);
    for (int a = 0; a < state.length; a++) {
      for (int b = 0; b < a; b++) {
        normal.unsafe_set(a, b, normal.unsafe_get(b, a));
      }
    }
    return normal;
  }

  /** Variance expected of an offset or a state. */
  private double prior(int unknown) {
    double[] offset = memory.spread.offset();
    return unknown < offset.length ? offset[unknown] : 1;
  }

  /** Fills the upper triangles of offsets' blocks, of which each is symmetric. */
  private void mirrorBlocks(DMatrixRMaj normal) {
    for (int j = 0; j < shape.orders().frame(); j++) {
      for (int l = j; l < shape.orders().frame(); l++) {
        for (int c = 0; c < size; c++) {
          for (int d = 0; d < c; d++) {
            double value = normal.unsafe_get(j * size + c, l * size + d);
            normal.unsafe_set(j * size + d, l * size + c, value);
          }
        }
      }
    }
  }

  /**
   * Adds what a fibre says; the upper triangle only, but of each pair of offsets the lower triangle
   * of their block.
   */
  private void add(int fibre, DMatrixRMaj normal) {
    int number = frame.fibres()[fibre].number();
    double[] along = shape.along(number, shape.orders().frame());
    double[] gradient = seen.gradient(fibre);
    DMatrixRMaj w = seen.visit(fibre).information;
    for (int j = 0; j < along.length; j++) {
      for (int l = j; l < along.length; l++) {
        double factor = weight[fibre] * along[j] * along[l];
        for (int c = 0; c < size; c++) {
          int row = (j * size + c) * state.length + l * size;
          addProduct(factor, w.data, c * size, normal.data, row, c + 1);
        }
      }
      for (int c = 0; c < size; c++) {
        right[j * size + c] += weight[fibre] * along[j] * gradient[c];
      }
    }
    int states = along.length * size;
    for (int b = 0; b < shape.orders().bilinear(); b++) {
      double[] drawn = Spd.times(w, loadings(number, b));
      for (int c = 0; c < size; c++) {
        double loading = weight[fibre] * memory.loading(number, b, c);
        right[states + b] += loading * gradient[c];
        for (int j = 0; j < along.length; j++) {
          normal.add(j * size + c, states + b, weight[fibre] * along[j] * drawn[c]);
        }
      }
      for (int e = 0; e <= b; e++) {
        double dot = dot(loadings(number, e), drawn);
        normal.add(states + e, states + b, weight[fibre] * dot);
      }
    }
  }

  private double[] loadings(int number, int term) {
    double[] loadings = new double[size];
    for (int c = 0; c < size; c++) {
      loadings[c] = memory.loading(number, term, c);
    }
    return loadings;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** What offsets and states add to a fibre. */
  private double[] shift(int number, boolean withState) {
    double[] along = shape.along(number, shape.orders().frame());
    double[] shift = new double[size];
    for (int c = 0; c < size; c++) {
      for (int j = 0; j < along.length; j++) {
        shift[c] += along[j] * state[j * size + c];
      }
      for (int b = 0; withState && b < shape.orders().bilinear(); b++) {
        shift[c] += memory.loading(number, b, c) * state[along.length * size + b];
      }
    }
    return shift;
  }

  /** Covariance of {@link #shift}. */
  private DMatrixRMaj shiftCovariance(int number) {
    double[] along = shape.along(number, shape.orders().frame());
    int terms = shape.orders().bilinear();
    DMatrixRMaj s = new DMatrixRMaj(size, size);
    for (int c = 0; c < size; c++) {
      double[] row = new double[c + 1];
      for (int j = 0; j < along.length; j++) {
        addRow(along[j], j * size + c, along, number, row);
      }
      for (int b = 0; b < terms; b++) {
        double loading = memory.loading(number, b, c);
        addRow(loading, along.length * size + b, along, number, row);
      }
      for (int d = 0; d <= c; d++) {
        s.unsafe_set(c, d, row[d]);
        s.unsafe_set(d, c, row[d]);
      }
    }
    return s;
  }

  /** Adds a row of the states' covariance times the design. */
  private void addRow(double factor, int unknown, double[] along, int number, double[] to) {
    int row = unknown * state.length;
    for (int l = 0; l < along.length; l++) {
      addProduct(factor * along[l], covariance.data, row + l * size, to, 0, to.length);
    }
    for (int b = 0; b < shape.orders().bilinear(); b++) {
      double drawn = factor * covariance.data[row + along.length * size + b];
      for (int d = 0; d < to.length; d++) {
        to[d] += drawn * memory.loading(number, b, d);
      }
    }
  }

  /** Adds a factor times some numbers of a row. */
  private static void addProduct(
      double factor, double[] from, int first, double[] to, int at, int count) {
    for (int d = 0; d < count; d++) {
      to[at + d] += factor * from[first + d];
    }
  }

  private void weigh() {
    for (int i = 0; i < tells.length; i++) {
      if (tells[i]) {
        double off = Math.sqrt(seen.visit(i).misfit(expected(i)));
        weight[i] = Math.min(1, BOUND / Math.max(off, Double.MIN_NORMAL));
      }
    }
  }

  /** What memory and state expect of a fibre. */
  double[] expected(int fibre) {
    return sum(seen.remembered(fibre), shift(frame.fibres()[fibre].number(), true));
  }

  /** What the frame adds to a fibre by its offsets, without its state. */
  double[] offset(int fibre) {
    return shift(frame.fibres()[fibre].number(), false);
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int c = 0; c < sum.length; c++) {
      sum[c] += b[c];
    }
    return sum;
  }

  /** Robust weight of a fibre, 0..1. */
  double weight(int fibre) {
    return weight[fibre];
  }

  /** Whether a fibre told. */
  boolean tells(int fibre) {
    return tells[fibre];
  }

  /** Offsets and states. */
  double[] state() {
    return state;
  }

  /** Variance of an offset or a state. */
  double variance(int unknown) {
    return covariance.get(unknown, unknown);
  }

  /** What is expected of a fibre by its memory and by the state that the other fibres tell of. */
  Prediction predict(int fibre) {
    int number = frame.fibres()[fibre].number();
    double[] p = shift(number, true);
    DMatrixRMaj s = shiftCovariance(number);
    if (tells[fibre]) {
      // Takes what the fibre itself has told back: S(I - WS)⁻¹, and the mean likewise.
      DMatrixRMaj w = seen.visit(fibre).information;
      double[] gradient = seen.gradient(fibre);
      double[] told = Spd.times(w, p);
      for (int c = 0; c < size; c++) {
        told[c] = weight[fibre] * (told[c] - gradient[c]);
      }
      s = without(s, w, weight[fibre]);
      double[] back = Spd.times(s, told);
      for (int c = 0; c < size; c++) {
        p[c] += back[c];
      }
    }
    CommonOps_DDRM.addEquals(s, seen.uncertainty(fibre));
    return Spd.isDefinite(s) ? new Prediction(sum(seen.remembered(fibre), p), s) : untold(fibre);
  }

  /** A covariance S without the information wW that made it what it is: S(I - wWS)⁻¹. */
  private DMatrixRMaj without(DMatrixRMaj s, DMatrixRMaj information, double weight) {
    if (shape.orders().frame() > 0) {
      // With an offset of every coefficient S has an inverse: S⁻¹ - wW is quicker.
      Optional<DMatrixRMaj> rest = Spd.inverseIfDefinite(s);
      rest.ifPresent(r -> CommonOps_DDRM.addEquals(r, -weight, information));
      Optional<DMatrixRMaj> without = rest.flatMap(Spd::inverseIfDefinite);
      if (without.isPresent()) {
        return without.get();
      }
    }
    DMatrixRMaj rest = CommonOps_DDRM.identity(size);
    CommonOps_DDRM.multAdd(-weight, information, s, rest);
    CommonOps_DDRM.invert(rest);
    DMatrixRMaj without = new DMatrixRMaj(size, size);
    CommonOps_DDRM.mult(s, rest, without);
    Spd.symmetrise(without);
    return without;
  }

  /** What is expected where the fibre alone has told of the state, and has taken it back. */
  private Prediction untold(int fibre) {
    int number = frame.fibres()[fibre].number();
    double[] along = shape.along(number, shape.orders().frame());
    DMatrixRMaj spread = seen.uncertainty(fibre).copy();
    for (int c = 0; c < size; c++) {
      for (int j = 0; j < along.length; j++) {
        spread.add(c, c, along[j] * along[j] * prior(j * size + c));
      }
      for (int b = 0; b < shape.orders().bilinear(); b++) {
        spread.add(c, c, Math.pow(memory.loading(number, b, c), 2));
      }
    }
    return new Prediction(seen.remembered(fibre), spread);
  }

  /**
   * What is known of a fibre once its own pixels are seen, too: the same as its prediction's
   * posterior, without the detour. Of a fibre that does not tell it is the prediction.
   */
  Prediction posterior(int fibre) {
    if (!tells[fibre]) {
      return predict(fibre);
    }
    Visit visit = seen.visit(fibre);
    double[] z = expected(fibre);
    z = sum(z, visit.beyond(z));
    // What the fibre's own pixels leave of the state's uncertainty.
    DMatrixRMaj s = shiftCovariance(frame.fibres()[fibre].number());
    DMatrixRMaj half = new DMatrixRMaj(size, size);
    DMatrixRMaj covariance = visit.left().copy();
    DMatrixRMaj pull = visit.pull();
    CommonOps_DDRM.multTransA(pull, s, half);
    CommonOps_DDRM.multAdd(half, pull, covariance);
    return new Prediction(z, covariance);
  }
}
