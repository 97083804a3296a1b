package org.skymi.smi;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Weighted sums over the fibres of each frame, as a vertex of a DL4J graph. Inputs: what is pooled,
 * {@code [nFrame·nFibre, width]}, and the weights, {@code [nFrame·nRow, nFibre]}, constants. Output
 * {@code [nFrame·nRow/stack, stack·width]}: {@code stack} rows of sums after one another.
 */
final class Pooling extends PlainVertex {
  private static final long serialVersionUID = 1;

  private final int stack;

  /**
   * @param stack rows of sums that make one row of the output
   */
  Pooling(@JsonProperty("stack") int stack) {
    super(2);
    this.stack = stack;
  }

  @JsonProperty("stack")
  int stack() {
    return stack;
  }

  @Override
  public GraphVertex clone() {
    return new Pooling(stack);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pooling p && p.stack == stack;
  }

  @Override
  public int hashCode() {
    return stack;
  }

  @Override
  public InputType getOutputType(int layer, InputType... inputs) {
    return InputType.feedForward(stack * inputs[0].arrayElementsPerExample());
  }

  @Override
  Work vertex(ComputationGraph graph, String name, int index, DataType type) {
    return new Vertex(graph, name, index, type, stack);
  }

  private static final class Vertex extends Work {
    private final int stack;

    Vertex(ComputationGraph graph, String name, int index, DataType type, int stack) {
      super(graph, name, index, type);
      this.stack = stack;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
      INDArray pooled = inputs[0];
      INDArray weights = inputs[1];
      long width = pooled.size(1);
      INDArray sums =
          workspaces.createUninitialized(
              ArrayType.ACTIVATIONS, pooled.dataType(), new long[] {weights.size(0), width}, 'c');
      long fibres = weights.size(1);
      long rows = weights.size(0) * fibres / pooled.size(0);
      for (int f = 0; f < pooled.size(0) / fibres; f++) {
        Nd4j.gemm(
            block(weights, f, rows),
            block(pooled, f, fibres),
            block(sums, f, rows),
            false,
            false,
            1,
            0);
      }
      return sums.reshape('c', weights.size(0) / stack, stack * width);
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
      INDArray pooled = inputs[0];
      INDArray weights = inputs[1];
      long width = pooled.size(1);
      INDArray slope = epsilon.dup('c').reshape('c', weights.size(0), width);
      INDArray back =
          workspaces.createUninitialized(
              ArrayType.ACTIVATION_GRAD, pooled.dataType(), pooled.shape(), 'c');
      long fibres = weights.size(1);
      long rows = weights.size(0) * fibres / pooled.size(0);
      for (int f = 0; f < pooled.size(0) / fibres; f++) {
        Nd4j.gemm(
            block(weights, f, rows),
            block(slope, f, rows),
            block(back, f, fibres),
            true,
            false,
            1,
            0);
      }
      // Weights are inputs of the graph: nobody asks for their slope.
      return new Pair<>(null, new INDArray[] {back, null});
    }

    private static INDArray block(INDArray array, long frame, long rows) {
      return array.get(NDArrayIndex.interval(frame * rows, (frame + 1) * rows), NDArrayIndex.all());
    }
  }
}
