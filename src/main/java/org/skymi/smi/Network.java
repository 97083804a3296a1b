package org.skymi.smi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A small dense network with several outputs, trained by errors from outside. DL4J defines it,
 * draws its weights and stores it; {@link Dense} trains it, giving the numbers that DL4J's graph
 * gives. Not for more than one thread.
 */
final class Network {
  private final ComputationGraph graph;
  private final List<Layer> layers;
  private final List<String> outputs;
  private final Map<String, Dense> dense = new LinkedHashMap<>();
  private final Map<String, Integer> widths = new HashMap<>();
  private int rows;

  private Network(ComputationGraph graph, List<Layer> layers, List<String> outputs) {
    this.graph = graph;
    this.layers = layers;
    this.outputs = outputs;
  }

  /** A dense layer: its name, the layer it sees, its width and activation. */
  record Layer(String name, String input, int size, Activation activation) {}

  /**
   * A network with fresh weights.
   *
   * @param seed of the weights
   * @param inputs width of the input, which is named "in"
   * @param rate of learning
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
    var builder = new NeuralNetConfiguration.Builder().seed(seed).graphBuilder().addInputs("in");
    Map<String, Integer> widths = new HashMap<>(Map.of("in", inputs));
    for (Layer layer : layers) {
      builder.addLayer(
          layer.name(),
          new DenseLayer.Builder()
              .nIn(widths.get(layer.input()))
              .nOut(layer.size())
              .activation(layer.activation())
              .weightInit(zeroed.contains(layer.name()) ? WeightInit.ZERO : WeightInit.RELU)
              .build(),
          layer.input());
      widths.put(layer.name(), layer.size());
    }
    ComputationGraph graph =
        new ComputationGraph(builder.setOutputs(outputs.toArray(String[]::new)).build());
    graph.init();
    Network network = new Network(graph, layers, outputs);
    network.widths.putAll(widths);
    for (Layer layer : layers) {
      network.dense.put(
          layer.name(),
          new Dense(
              widths.get(layer.input()),
              layer.size(),
              layer.activation(),
              rate,
              network.parameter(layer, "W").transpose().dup('f').data().asFloat(),
              network.parameter(layer, "b").dup().data().asFloat()));
    }
    return network;
  }

  private INDArray parameter(Layer layer, String name) {
    return graph.getParam(layer.name() + "_" + name);
  }

  /**
   * Runs the network.
   *
   * @param input {@code [nRow][nInput]}
   * @return {@code [nOutput][nRow][size]}
   */
  float[][][] forward(float[][] input) {
    rows = input.length;
    Map<String, float[]> activations = new HashMap<>();
    activations.put("in", flat(input, widths.get("in")));
    for (Layer layer : layers) {
      float[] seen = activations.get(layer.input());
      activations.put(layer.name(), dense.get(layer.name()).forward(seen, rows));
    }
    float[][][] out = new float[outputs.size()][][];
    for (int k = 0; k < out.length; k++) {
      out[k] = unflat(activations.get(outputs.get(k)), widths.get(outputs.get(k)));
    }
    return out;
  }

  /**
   * Takes one optimiser's step after {@link #forward}.
   *
   * @param errors slope of the loss by each output, {@code [nOutput][nRow][size]}
   */
  void step(float[][][] errors) {
    backward(errors);
    dense.values().forEach(Dense::step);
  }

  private void backward(float[][][] errors) {
    Map<String, float[]> slopes = new HashMap<>();
    for (int k = 0; k < errors.length; k++) {
      add(slopes, outputs.get(k), flat(errors[k], widths.get(outputs.get(k))));
    }
    List<Layer> reversed = new ArrayList<>(layers);
    Collections.reverse(reversed);
    for (Layer layer : reversed) {
      boolean deep = !layer.input().equals("in");
      float[] slope = dense.get(layer.name()).backward(slopes.get(layer.name()), rows, deep);
      if (deep) {
        add(slopes, layer.input(), slope.clone());
      }
    }
  }

  private static void add(Map<String, float[]> slopes, String name, float[] slope) {
    slopes.merge(
        name,
        slope,
        (a, b) -> {
          for (int k = 0; k < a.length; k++) {
            a[k] += b[k];
          }
          return a;
        });
  }

  /** Slope of the loss by the parameters, in the order of {@link #weights}, summed over rows. */
  float[] slopes(float[][][] errors) {
    backward(errors);
    float[] all = new float[weights().length];
    int offset = 0;
    for (Dense d : dense.values()) {
      d.copySlopesTo(all, offset);
      offset += d.size();
    }
    return all;
  }

  /** A copy of the weights. */
  float[] weights() {
    float[] all = new float[dense.values().stream().mapToInt(Dense::size).sum()];
    int offset = 0;
    for (Dense d : dense.values()) {
      d.copyTo(all, offset);
      offset += d.size();
    }
    return all;
  }

  /** Puts weights back; the optimiser's memory starts anew. */
  void restore(float[] weights) {
    int offset = 0;
    for (Dense d : dense.values()) {
      d.takeFrom(weights, offset);
      offset += d.size();
    }
  }

  /** A copy of the weights and of the optimiser's memory. */
  float[] state() {
    float[] all = new float[dense.values().stream().mapToInt(Dense::stateSize).sum()];
    int offset = 0;
    for (Dense d : dense.values()) {
      d.copyStateTo(all, offset);
      offset += d.stateSize();
    }
    return all;
  }

  /**
   * Goes on from what {@link #state} gave, or from a mean of such.
   *
   * @return where the next network's state begins
   */
  int restoreState(float[] state, int from) {
    int offset = from;
    for (Dense d : dense.values()) {
      d.takeStateFrom(state, offset);
      offset += d.stateSize();
    }
    return offset;
  }

  /**
   * DL4J's graph with the weights as they are now: for storing, and for whatever else DL4J can do.
   */
  ComputationGraph graph() {
    for (Layer layer : layers) {
      Dense d = dense.get(layer.name());
      float[] all = new float[d.size()];
      d.copyTo(all, 0);
      int in = widths.get(layer.input());
      INDArray transposed =
          Nd4j.create(Arrays.copyOf(all, in * layer.size()), new long[] {layer.size(), in}, 'f');
      parameter(layer, "W").assign(transposed.transpose());
      INDArray bias = Nd4j.create(Arrays.copyOfRange(all, in * layer.size(), all.length));
      parameter(layer, "b").assign(bias.reshape(1, layer.size()));
    }
    return graph;
  }

  private static float[] flat(float[][] rows, int width) {
    float[] flat = new float[rows.length * width];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, flat, r * width, width);
    }
    return flat;
  }

  private float[][] unflat(float[] flat, int width) {
    float[][] out = new float[rows][width];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(flat, r * width, out[r], 0, width);
    }
    return out;
  }
}
