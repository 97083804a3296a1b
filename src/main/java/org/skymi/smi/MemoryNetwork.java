package org.skymi.smi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The networks of one arm: they expect each fibre's coefficients from what the archive knows of the
 * fibre and from what the other fibres of the frame say of the exposure. Not for more than one
 * thread; holds memory of ND4J until closed.
 */
final class MemoryNetwork implements AutoCloseable {
  private final NetworkSettings settings;
  private final ComputationGraph graph;

  private MemoryNetwork(NetworkSettings settings, ComputationGraph graph) {
    this.settings = settings;
    this.graph = graph;
  }

  /**
   * Untrained: it expects what the linear memory does.
   *
   * @param steps of training to come
   */
  static MemoryNetwork untrained(NetworkSettings settings, int steps) {
    return new MemoryNetwork(settings, NetworkGraph.of(settings, steps, DataType.FLOAT));
  }

  /** From what {@link #bytes} gave. */
  static MemoryNetwork read(NetworkSettings settings, byte[] bytes) throws IOException {
    return new MemoryNetwork(
        settings, ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(bytes), true));
  }

  NetworkSettings settings() {
    return settings;
  }

  ComputationGraph graph() {
    return graph;
  }

  /** As DL4J stores a graph, with its updater. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(graph, bytes, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * What is expected of each fibre of frames, before its own data.
   *
   * @return {@code [nFrame][nRow]}, null where there is no fibre
   */
  NetworkFrame.Expectation[][] expect(List<NetworkFrame> frames) {
    int size = settings.sizes().coefficients();
    INDArray[] inputs = new NetworkBatch(frames).forPrediction();
    double[] prior;
    try (INDArray out = graph.output(false, inputs)[0]) {
      prior = GraphLoss.Table.of(out).values();
    }
    close(inputs);
    int rows = settings.sizes().rows();
    NetworkFrame.Expectation[][] all = new NetworkFrame.Expectation[frames.size()][rows];
    for (int f = 0; f < frames.size(); f++) {
      for (int i = 0; i < rows; i++) {
        NetworkFrame.Expectation memory = frames.get(f).memory()[i];
        if (memory != null) {
          all[f][i] = moved(memory, prior, (f * rows + i) * 2 * size);
        }
      }
    }
    return all;
  }

  private static NetworkFrame.Expectation moved(
      NetworkFrame.Expectation memory, double[] prior, int at) {
    int size = memory.mean().length;
    double[] mean = new double[size];
    double[] variance = new double[size];
    for (int k = 0; k < size; k++) {
      mean[k] = memory.mean()[k] + prior[at + k] * Math.sqrt(memory.variance()[k]);
      variance[k] = memory.variance()[k] * Math.exp(prior[at + size + k]);
    }
    return new NetworkFrame.Expectation(mean, variance);
  }

  /** The mean negative log likelihood of what frames' teaching fibres say, nat a fibre. */
  double loss(List<NetworkFrame> frames) {
    NetworkBatch batch = new NetworkBatch(frames);
    INDArray[] inputs = batch.forPrediction();
    INDArray labels = batch.labels();
    CoefficientLoss loss =
        new CoefficientLoss(settings.sizes().coefficients(), settings.training().freedom());
    try (INDArray out = graph.output(false, inputs)[0]) {
      return loss.loss(labels, out);
    } finally {
      close(inputs);
      labels.close();
    }
  }

  /**
   * What frames' fibres say of their exposure: the common part at the slit's ends and its middle.
   *
   * @return {@code [nFrame][]}
   */
  double[][] common(List<NetworkFrame> frames) {
    INDArray[] inputs = new NetworkBatch(frames).forPrediction();
    Map<String, INDArray> activations = graph.feedForward(inputs, false);
    GraphLoss.Table all = GraphLoss.Table.of(activations.get(NetworkGraph.COMMON_PART));
    int rows = settings.sizes().rows();
    int[] places = {0, rows / 2, rows - 1};
    double[][] common = new double[frames.size()][places.length * all.width()];
    for (int f = 0; f < common.length; f++) {
      for (int p = 0; p < places.length; p++) {
        int from = (f * rows + places[p]) * all.width();
        System.arraycopy(all.values(), from, common[f], p * all.width(), all.width());
      }
    }
    close(activations.values().toArray(INDArray[]::new));
    return common;
  }

  /** The embeddings, {@code [nFibre][nIndividual]}. */
  double[][] individual() {
    INDArray table = graph.getParam(NetworkGraph.EMBEDDING + "_W");
    return table.toDoubleMatrix();
  }

  static void close(INDArray[] arrays) {
    for (INDArray array : arrays) {
      if (array.closeable()) {
        array.close();
      }
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
