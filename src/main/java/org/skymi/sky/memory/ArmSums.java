package org.skymi.sky.memory;

import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.skymi.math.NormalEquations;
import org.skymi.math.Spd;

/**
 * What frames of one spectrograph, arm and epoch say of the next memory, in the light of the last
 * one. Sums: their order does not matter.
 */
final class ArmSums implements Serializable {
  private static final long serialVersionUID = 1;

  private final MemoryShape shape;

  /** Of each fibre's unknowns, by number - 1; null of those that no frame told of. */
  final NormalEquations[] fibres;

  /** Sum of the expected squares of what scatters from visit to visit, and how many they are. */
  final DMatrixRMaj scatter;

  double visits;

  /** Squares as found, and the share of the present variance that they are expected to be. */
  final double[] found;

  final double[] expected;

  /** The same of frames' offsets. */
  final double[] offsetFound;

  final double[] offsetExpected;

  ArmSums(MemoryShape shape) {
    this.shape = shape;
    int k = shape.coefficients();
    fibres = new NormalEquations[shape.fibres()];
    scatter = new DMatrixRMaj(k, k);
    found = new double[k];
    expected = new double[k];
    offsetFound = new double[k * shape.orders().frame()];
    offsetExpected = new double[offsetFound.length];
  }

  void add(ArmMemory memory, FrameEquations frame) {
    FrameFit fit = new FrameFit(new FrameMemory(memory, frame), i -> true);
    DMatrixRMaj precision = Spd.inverse(memory.spread.visit());
    for (int i = 0; i < frame.fibres().length; i++) {
      // Windows of objects would teach their features, too; of the frame's state they may tell.
      if (fit.tells(i) && frame.fibres()[i].teaches()) {
        add(memory, precision, fit, frame.fibres()[i], i);
      }
    }
    for (int q = 0; q < offsetFound.length; q++) {
      offsetFound[q] += fit.state()[q] * fit.state()[q];
      offsetExpected[q] += 1 - fit.variance(q) / memory.spread.offset()[q];
    }
  }

  private void add(
      ArmMemory memory, DMatrixRMaj precision, FrameFit fit, FrameEquations.Fibre fibre, int i) {
    DMatrixRMaj spread = memory.spread.visit();
    Visit visit = new Visit(fibre.equations(), spread, precision);
    double weight = fit.weight(i);
    int at = fibre.number() - 1;
    if (fibres[at] == null) {
      fibres[at] = new NormalEquations(shape.unknowns());
    }
    addUnknowns(fibres[at], visit, fit, fibre, i);
    double[] beyond = visit.beyond(fit.expected(i));
    DMatrixRMaj uncertain = memory.uncertainty(fibre);
    visits += weight;
    for (int a = 0; a < beyond.length; a++) {
      for (int b = 0; b < beyond.length; b++) {
        scatter.add(a, b, weight * (beyond[a] * beyond[b] + visit.left().get(a, b)));
      }
      found[a] += weight * beyond[a] * beyond[a];
      // The mean that the visit helped to learn has taken its share of the square.
      double own = visit.information.get(a, a) * uncertain.get(a, a);
      double share = 1 - visit.left().get(a, a) / spread.get(a, a);
      expected[a] += weight * share / (1 + own);
    }
  }

  /** Adds TᵀWT and Tᵀ(w - W offset), where T says how coefficients follow the unknowns. */
  private void addUnknowns(
      NormalEquations to, Visit visit, FrameFit fit, FrameEquations.Fibre fibre, int i) {
    int k = shape.coefficients();
    int terms = shape.orders().bilinear();
    double weight = fit.weight(i);
    double[] states = new double[1 + terms];
    states[0] = 1;
    System.arraycopy(fit.state(), offsetFound.length, states, 1, terms);
    double[] place = shape.place(fibre.dx(), fibre.dy());
    double[] gradient = visit.gradient(fit.offset(i));
    double[] drawn = Spd.times(visit.information, shape.grey());
    double pull = dot(drawn, shape.grey());
    double push = dot(gradient, shape.grey());
    for (int s = 0; s <= terms; s++) {
      for (int c = 0; c < k; c++) {
        for (int t = 0; t <= s; t++) {
          double factor = weight * states[s] * states[t];
          for (int d = 0; d < (t == s ? c + 1 : k); d++) {
            to.addGram(s * k + c, t * k + d, factor * visit.information.unsafe_get(c, d));
          }
        }
        to.addRhs(s * k + c, weight * states[s] * gradient[c]);
        for (int p = 0; p < place.length; p++) {
          to.addGram(shape.place() + p, s * k + c, weight * place[p] * states[s] * drawn[c]);
        }
      }
    }
    for (int p = 0; p < place.length; p++) {
      to.addRhs(shape.place() + p, weight * place[p] * push);
      for (int q = 0; q <= p; q++) {
        to.addGram(shape.place() + p, shape.place() + q, weight * place[p] * place[q] * pull);
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  void merge(ArmSums other) {
    for (int f = 0; f < fibres.length; f++) {
      if (fibres[f] == null) {
        fibres[f] = other.fibres[f];
      } else if (other.fibres[f] != null) {
        fibres[f].add(other.fibres[f]);
      }
    }
    CommonOps_DDRM.addEquals(scatter, other.scatter);
    visits += other.visits;
    add(found, other.found);
    add(expected, other.expected);
    add(offsetFound, other.offsetFound);
    add(offsetExpected, other.offsetExpected);
  }

  private static void add(double[] to, double[] more) {
    for (int k = 0; k < to.length; k++) {
      to[k] += more[k];
    }
  }
}
