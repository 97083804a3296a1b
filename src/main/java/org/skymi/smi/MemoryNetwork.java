package org.skymi.smi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.ejml.data.DMatrixRMaj;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.skymi.sky.memory.Prediction;

/**
 * The networks of one arm: they expect each fibre's coefficients from what the archive knows of the
 * fibre and from what the other fibres of the frame say of the exposure. Not for more than one
 * thread; holds memory of ND4J until closed.
 */
final class MemoryNetwork implements AutoCloseable {
  /** Whether there ever was one in this process: before that nothing of ND4J is loaded. */
  private static volatile boolean isInUse;

  /** Step of the variances' logarithm over its bound, by which networks get less sure. */
  private static final double WIDER = 0.1;

  private static final int MOST_STEPS = 12;

  private final NetworkSettings settings;
  private final ComputationGraph graph;

  private MemoryNetwork(NetworkSettings settings, ComputationGraph graph) {
    this.settings = settings;
    this.graph = graph;
    isInUse = true;
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

  /** The same weights and updater, to go on from: quicker than reading them once more. */
  MemoryNetwork copy() {
    ComputationGraph same = graph.clone();
    // DL4J's copy forgets how far it is, by which the updater's steps are sized.
    same.getConfiguration().setIterationCount(graph.getConfiguration().getIterationCount());
    same.getConfiguration().setEpochCount(graph.getConfiguration().getEpochCount());
    return new MemoryNetwork(settings, same);
  }

  NetworkSettings settings() {
    return settings;
  }

  ComputationGraph graph() {
    return graph;
  }

  /** Takes other weights; the updater begins anew. */
  void use(float[] weights) {
    try (INDArray given = Nd4j.createFromArray(weights)) {
      graph.params().assign(given.reshape(graph.params().shape()));
    }
    INDArray updater = graph.getUpdater().getStateViewArray();
    if (updater != null) {
      updater.assign(0);
    }
  }

  /** As DL4J stores a graph, with its updater. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(graph, bytes, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return timeless(bytes.toByteArray());
  }

  /** The same archive without the times of its entries: the same networks are the same bytes. */
  private static byte[] timeless(byte[] archive) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        ZipEntry same = new ZipEntry(e.getName());
        same.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        out.putNextEntry(same);
        in.transferTo(out);
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * What is expected of each fibre of frames, before its own data.
   *
   * @return by frame, {@code [nFibre]}
   */
  List<Prediction[]> expect(List<NetworkFrame> frames) {
    int size = settings.sizes().coefficients();
    NetworkBatch batch = new NetworkBatch(frames);
    double[] prior = prior(batch).values();
    List<Prediction[]> all = new ArrayList<>();
    for (int f = 0; f < frames.size(); f++) {
      Prediction[] expected = new Prediction[frames.get(f).fibres()];
      for (int i = 0; i < expected.length; i++) {
        int row = f * batch.rows() + i;
        expected[i] = moved(frames.get(f).memory()[i], prior, row * 2 * size);
      }
      all.add(expected);
    }
    return all;
  }

  /** The decoder's output. */
  private GraphLoss.Table prior(NetworkBatch batch) {
    INDArray[] inputs = batch.forPrediction();
    INDArray[] outputs = graph.output(false, inputs);
    GraphLoss.Table prior = GraphLoss.Table.of(outputs[0]);
    close(inputs);
    close(outputs);
    return prior;
  }

  private static Prediction moved(Prediction memory, double[] prior, int at) {
    int size = memory.mean().length;
    double[] mean = new double[size];
    double[] spread = new double[size];
    DMatrixRMaj covariance = memory.covariance().copy();
    for (int a = 0; a < size; a++) {
      mean[a] = memory.mean()[a] + prior[at + a] * Math.sqrt(memory.covariance().get(a, a));
      spread[a] = Math.exp(prior[at + size + a] / 2);
    }
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        covariance.data[a * size + b] *= spread[a] * spread[b];
      }
    }
    return new Prediction(mean, covariance);
  }

  /** The mean negative log likelihood of what frames' judged fibres say, nat a fibre. */
  double loss(List<NetworkFrame> frames) {
    return Arrays.stream(losses(frames)).average().orElse(Double.NaN);
  }

  /** The negative log likelihood of what each judged fibre says, nat. */
  double[] losses(List<NetworkFrame> frames) {
    int size = settings.training().batch();
    List<double[]> losses = new ArrayList<>();
    for (int from = 0; from < frames.size(); from += size) {
      List<NetworkFrame> some = frames.subList(from, Math.min(frames.size(), from + size));
      NetworkBatch batch = new NetworkBatch(some);
      losses.add(losses(prior(batch), batch.rows(), some));
    }
    return losses.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /**
   * The same where the decoder's output is known.
   *
   * @param rows of each frame in the output
   */
  double[] losses(GraphLoss.Table prior, int rows, List<NetworkFrame> frames) {
    CoefficientLoss loss =
        new CoefficientLoss(settings.sizes().coefficients(), settings.training().freedom());
    return IntStream.range(0, frames.size())
        .boxed()
        .flatMapToDouble(f -> Arrays.stream(loss.each(prior, f * rows, frames.get(f).labels())))
        .toArray();
  }

  /**
   * Makes the networks less sure of all coefficients alike, until frames that taught them nothing
   * like it no better: of frames that they have learnt from they know more than of others.
   *
   * @param heldOut tells the loss of such frames, by the networks as they are
   * @return the least loss
   */
  double widen(DoubleSupplier heldOut) {
    INDArray bias = graph.getParam(NetworkGraph.SPREAD_PART + "_b");
    double least = heldOut.getAsDouble();
    for (int step = 0; step < MOST_STEPS; step++) {
      bias.addi(WIDER);
      double loss = heldOut.getAsDouble();
      if (!(loss < least)) {
        bias.subi(WIDER);
        return least;
      }
      least = loss;
    }
    return least;
  }

  /**
   * What frames' fibres say of their exposure: the common part at the slit's ends and its middle.
   *
   * @return {@code [nFrame][]}
   */
  double[][] common(List<NetworkFrame> frames) {
    NetworkBatch batch = new NetworkBatch(frames);
    INDArray[] inputs = batch.forPrediction();
    Map<String, INDArray> activations = graph.feedForward(inputs, false);
    GraphLoss.Table all = GraphLoss.Table.of(activations.get(NetworkGraph.COMMON_PART));
    double[][] common = new double[frames.size()][FrameNetworks.PLACES * all.width()];
    for (int f = 0; f < common.length; f++) {
      int last = frames.get(f).fibres() - 1;
      int[] places = {0, last / 2, last};
      for (int p = 0; p < places.length; p++) {
        int from = (f * batch.rows() + places[p]) * all.width();
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

  /**
   * Gives back what DL4J's own {@code close} does. That one asks for two collections of the whole
   * heap besides, for which every thread of the process waits.
   */
  @Override
  public void close() {
    Updater updater = graph.getUpdater(false);
    INDArray state = updater == null ? null : updater.getStateViewArray();
    close(
        Stream.of(graph.params(), graph.getGradientsViewArray(), state)
            .filter(Objects::nonNull)
            .toArray(INDArray[]::new));
    leaveThread();
  }

  /** Gives back what ND4J holds for the calling thread. */
  static void leaveThread() {
    if (isInUse) {
      MemoryWorkspaceManager workspaces = Nd4j.getWorkspaceManager();
      workspaces.getAllWorkspacesForCurrentThread().forEach(workspaces::destroyWorkspace);
    }
  }
}
