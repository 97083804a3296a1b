package org.skymi.smi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A small dense network with several outputs, trained by errors from outside: its losses are ours,
 * its layers and its optimiser DL4J's. Not for more than one thread.
 */
final class Network {
  private final ComputationGraph graph;
  private int iteration;

  private Network(ComputationGraph graph) {
    this.graph = graph;
  }

  /** A dense layer: its name, the layer it sees, its width and activation. */
  record Layer(String name, String input, int size, Activation activation) {}

  /**
   * A network with fresh weights.
   *
   * @param seed of the weights
   * @param inputs width of the input, which is named "in"
   * @param layers in order
   * @param outputs names of the layers whose activations {@link #forward} returns
   * @param zeroed layers that start with weights of zero
   */
  static Network of(
      long seed,
      int inputs,
      double rate,
      List<Layer> layers,
      List<String> outputs,
      List<String> zeroed) {
    var builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(WeightInit.RELU)
            .updater(new Adam(rate))
            .l2(1e-5)
            .trainingWorkspaceMode(WorkspaceMode.NONE)
            .inferenceWorkspaceMode(WorkspaceMode.NONE)
            .graphBuilder()
            .addInputs("in");
    var sizes = new HashMap<String, Integer>();
    sizes.put("in", inputs);
    for (Layer layer : layers) {
      builder.addLayer(
          layer.name(),
          new DenseLayer.Builder()
              .nIn(sizes.get(layer.input()))
              .nOut(layer.size())
              .activation(layer.activation())
              .weightInit(zeroed.contains(layer.name()) ? WeightInit.ZERO : WeightInit.RELU)
              .build(),
          layer.input());
      sizes.put(layer.name(), layer.size());
    }
    ComputationGraphConfiguration configuration =
        builder.setOutputs(outputs.toArray(String[]::new)).build();
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return new Network(graph);
  }

  /**
   * Runs the network.
   *
   * @param rows {@code [nRow][nInput]}
   * @return {@code [nOutput][nRow][size]}
   */
  float[][][] forward(float[][] rows) {
    graph.setInputs(Nd4j.create(rows));
    var activations = graph.feedForward(true);
    List<float[][]> out = new ArrayList<>();
    for (String name : graph.getConfiguration().getNetworkOutputs()) {
      out.add(activations.get(name).toFloatMatrix());
    }
    return out.toArray(float[][][]::new);
  }

  /**
   * Takes one optimiser's step after {@link #forward}.
   *
   * @param errors derivative of the loss by each output, {@code [nOutput][nRow][size]}
   */
  void step(float[][][] errors) {
    Gradient gradient = gradient(errors);
    graph
        .getUpdater()
        .update(gradient, iteration++, 0, errors[0].length, LayerWorkspaceMgr.noWorkspaces());
    graph.params().subi(gradient.gradient());
    graph.clear();
  }

  /** Derivative of the loss by the parameters, summed over rows. */
  Gradient gradient(float[][][] errors) {
    INDArray[] epsilon = new INDArray[errors.length];
    for (int k = 0; k < errors.length; k++) {
      epsilon[k] = Nd4j.create(errors[k]);
    }
    return graph.backpropGradient(epsilon);
  }

  /** A copy of the weights. */
  float[] weights() {
    return graph.params().toFloatVector();
  }

  /** Puts weights back; the optimiser's memory starts anew. */
  void restore(float[] weights) {
    graph.setParams(Nd4j.create(weights, new long[] {1, weights.length}));
    graph.setUpdater(null);
  }
}
