package org.skymi.sky.memory;

import java.util.function.IntPredicate;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A frame as a memory sees it, for any number of questions: what is remembered of its fibres, and
 * what they say against that, is made once. Not for several threads at once.
 */
public final class FrameMemory {
  final ArmMemory memory;
  final FrameEquations frame;

  /** By fibre: what is remembered, its covariance, and what the frame says of it. */
  private final double[][] remembered;

  private final DMatrixRMaj[] uncertainty;
  private final Visit[] visits;

  /** By fibre, the visit's gradient at what is remembered; null until asked for. */
  private final double[][] gradients;

  private FrameFit whole;

  FrameMemory(ArmMemory memory, FrameEquations frame) {
    this.memory = memory;
    this.frame = frame;
    int n = frame.fibres().length;
    remembered = new double[n][];
    uncertainty = new DMatrixRMaj[n];
    visits = new Visit[n];
    gradients = new double[n][];
    for (int i = 0; i < n; i++) {
      FrameEquations.Fibre fibre = frame.fibres()[i];
      remembered[i] = memory.at(fibre);
      uncertainty[i] = memory.uncertainty(fibre);
      CommonOps_DDRM.addEquals(uncertainty[i], memory.spread.visit());
    }
  }

  /** What is remembered of a fibre where the frame's state is 0. */
  double[] remembered(int fibre) {
    return remembered[fibre];
  }

  /** Covariance of a fibre's coefficients around that. */
  DMatrixRMaj uncertainty(int fibre) {
    return uncertainty[fibre];
  }

  /** What the frame says of a fibre that has equations. */
  Visit visit(int fibre) {
    if (visits[fibre] == null) {
      visits[fibre] = new Visit(frame.fibres()[fibre].equations(), uncertainty[fibre]);
    }
    return visits[fibre];
  }

  /** What a fibre that has equations says against what is remembered of it; not to be changed. */
  double[] gradient(int fibre) {
    if (gradients[fibre] == null) {
      gradients[fibre] = visit(fibre).gradient(remembered[fibre]);
    }
    return gradients[fibre];
  }

  /** With all fibres telling of the frame's state. */
  private FrameFit whole() {
    if (whole == null) {
      whole = new FrameFit(this, i -> true);
    }
    return whole;
  }

  /** See {@link LinearMemory#predict}, with all fibres telling. */
  public Prediction[] predict() {
    return predictions(whole());
  }

  /** See {@link LinearMemory#predict}. */
  public Prediction[] predict(IntPredicate tells) {
    return predictions(new FrameFit(this, tells));
  }

  private Prediction[] predictions(FrameFit fit) {
    Prediction[] predictions = new Prediction[remembered.length];
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] = fit.predict(i);
    }
    return predictions;
  }

  /**
   * What is known of fibres once the pixels of all that have equations are seen.
   *
   * @param wanted which fibres, by index, are asked for
   * @return by fibre, null where not wanted
   */
  public Prediction[] posterior(IntPredicate wanted) {
    return posterior(whole(), wanted);
  }

  Prediction[] posterior(FrameFit fit, IntPredicate wanted) {
    Prediction[] posterior = new Prediction[remembered.length];
    for (int i = 0; i < posterior.length; i++) {
      posterior[i] = wanted.test(i) ? fit.posterior(i) : null;
    }
    return posterior;
  }
}
