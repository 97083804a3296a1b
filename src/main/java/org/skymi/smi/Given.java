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

/** A vertex that hands its input on as given: no slope goes back through it. */
final class Given extends PlainVertex {
  private static final long serialVersionUID = 1;

  Given() {
    super(1);
  }

  @Override
  public GraphVertex clone() {
    return new Given();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Given;
  }

  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public InputType getOutputType(int layer, InputType... inputs) {
    return inputs[0];
  }

  @Override
  Work vertex(ComputationGraph graph, String name, int index, DataType type) {
    return new Vertex(graph, name, index, type);
  }

  private static final class Vertex extends Work {
    Vertex(ComputationGraph graph, String name, int index, DataType type) {
      super(graph, name, index, type);
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
      return workspaces.dup(ArrayType.ACTIVATIONS, inputs[0]);
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
      INDArray none =
          workspaces.create(
              ArrayType.ACTIVATION_GRAD, inputs[0].dataType(), inputs[0].shape(), 'c');
      return new Pair<>(null, new INDArray[] {none});
    }
  }
}
