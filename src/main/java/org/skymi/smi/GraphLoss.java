package org.skymi.smi;

import java.lang.ref.WeakReference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.skymi.math.Binary;

/**
 * A loss of a whole batch, for DL4J: a mean over what the batch holds, so that neither minibatch
 * nor activation count. One copy of outputs and labels comes to Java, and one of slopes goes back.
 */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.ANY,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE)
abstract class GraphLoss implements ILossFunction {
  private static final long serialVersionUID = 1;

  /** Numbers of a matrix, row by row. */
  record Table(double[] values, int rows, int width) {
    static Table of(float[][] rows) {
      int width = rows[0].length;
      double[] values = new double[rows.length * width];
      Arrays.setAll(values, k -> rows[k / width][k % width]);
      return new Table(values, rows.length, width);
    }

    static Table of(INDArray array) {
      INDArray plain = array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
      int length = (int) plain.length();
      double[] values = new double[length];
      if (plain.dataType() == DataType.FLOAT) {
        FloatBuffer buffer = plain.data().asNioFloat();
        float[] floats = new float[length];
        buffer.get(floats);
        for (int k = 0; k < length; k++) {
          values[k] = floats[k];
        }
      } else {
        plain.data().asNioDouble().get(values);
      }
      return new Table(values, (int) plain.size(0), (int) plain.size(1));
    }
  }

  /**
   * A loss and its slope.
   *
   * @param slope by the outputs, row by row
   */
  record Value(double loss, double[] slope) {}

  /** What was asked for last: DL4J asks for the slope and then for the loss of the same step. */
  private transient WeakReference<INDArray> lastLabels = new WeakReference<>(null);

  private transient double[] lastOutput = {};
  private transient Value lastValue;

  /** The loss of a batch, nat, with its slope. */
  abstract Value of(Table output, Table labels);

  private Value value(INDArray labels, INDArray output) {
    Table out = Table.of(output);
    boolean isLast = lastLabels != null && lastLabels.get() == labels;
    if (!isLast || !Arrays.equals(out.values(), lastOutput)) {
      lastValue = of(out, Table.of(labels));
      lastLabels = new WeakReference<>(labels);
      lastOutput = out.values();
    }
    return lastValue;
  }

  /** The loss of a batch without anything else, nat. */
  final double loss(INDArray labels, INDArray output) {
    return value(labels, output).loss();
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
    return loss(labels, output) * (average ? 1 : output.size(0));
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray output, IActivation activation, INDArray mask) {
    throw new UnsupportedOperationException("a loss of a whole batch has no value for a row");
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray output, IActivation activation, INDArray mask) {
    return computeGradientAndScore(labels, output, activation, mask, true).getSecond();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
    Value value = value(labels, output);
    INDArray slope =
        output.dataType() == DataType.FLOAT
            ? Nd4j.createFromArray(Binary.floats(value.slope())).reshape(output.shape())
            : Nd4j.createFromArray(value.slope()).reshape(output.shape());
    return new Pair<>(value.loss() * (average ? 1 : output.size(0)), slope);
  }

  @Override
  public String name() {
    return getClass().getSimpleName();
  }

  @Override
  public String toString() {
    return name();
  }
}
