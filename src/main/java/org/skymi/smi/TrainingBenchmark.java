package org.skymi.smi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.skymi.math.NormalEquations;
import org.skymi.math.Spd;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.Prediction;

/** Training steps on frames of random numbers, and their parts: what training costs. */
public final class TrainingBenchmark implements AutoCloseable {
  /** Steps over which the rate falls: more than will be taken. */
  private static final int STEPS = 1_000_000;

  private final List<NetworkFrame> frames = new ArrayList<>();
  private final MemoryNetwork network;
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Product> products = new ArrayList<>();
  private MultiDataSet batch;
  private INDArray[] outputs;

  /** A layer's three products: forward, and back to weights and to inputs. */
  private record Product(INDArray input, INDArray weights, INDArray output) {
    static Product of(long rows, long in, long out) {
      return new Product(
          Nd4j.ones(DataType.FLOAT, rows, in),
          Nd4j.ones(DataType.FLOAT, in, out),
          Nd4j.ones(DataType.FLOAT, rows, out));
    }

    void run() {
      Nd4j.gemm(input, weights, output, false, false, 1e-3, 0);
      Nd4j.gemm(input, output, weights, true, false, 1e-3, 0);
      Nd4j.gemm(output, weights, input, false, true, 1e-3, 0);
    }
  }

  /**
   * @param count frames of a batch
   * @param fibres of a frame
   * @param coefficients of a fibre
   */
  public TrainingBenchmark(int count, int fibres, int coefficients) {
    NetworkSettings.Sizes sizes = NetworkSettings.Sizes.of(coefficients, 0, count * fibres);
    network = MemoryNetwork.untrained(NetworkSettings.of(sizes, 1), STEPS);
    double[] ones = new double[coefficients];
    Arrays.fill(ones, 1);
    Layout layout = new Layout(fibres, 1, new double[] {0.1});
    FrameInputs inputs = new FrameInputs(coefficients, new double[coefficients], ones, layout);
    Random numbers = new Random(1);
    for (int f = 0; f < count; f++) {
      frames.add(inputs.of(frame(f, fibres, ones, numbers)));
    }
    long rows = (long) count * fibres;
    for (Map.Entry<String, INDArray> own : network.graph().paramTable().entrySet()) {
      INDArray weights = own.getValue();
      boolean isDense = own.getKey().endsWith("_W") && weights.size(0) != sizes.fibres();
      if (isDense) {
        long all = own.getKey().startsWith("half") ? 2L * count : rows;
        products.add(Product.of(all, weights.size(0), weights.size(1)));
      }
    }
    for (int pooling = 0; pooling < NetworkGraph.MEANS * count; pooling++) {
      products.add(Product.of(fibres, fibres, sizes.common()));
    }
  }

  private static FrameNetworks.Seen frame(int f, int fibres, double[] ones, Random numbers) {
    int size = ones.length;
    FrameEquations.Fibre[] all = new FrameEquations.Fibre[fibres];
    Prediction[] memory = new Prediction[fibres];
    boolean[] tells = new boolean[fibres];
    boolean[] judged = new boolean[fibres];
    for (int i = 0; i < fibres; i++) {
      NormalEquations equations = new NormalEquations(size);
      for (int k = 0; k < 2 * size; k++) {
        double[] row = numbers.doubles(size, -1, 1).toArray();
        equations.add(row, 1, numbers.nextGaussian());
      }
      all[i] = new FrameEquations.Fibre(i + 1, true, 0, 0, equations);
      memory[i] = new Prediction(new double[size], Spd.diagonal(ones));
      judged[i] = i % 5 == 0;
      tells[i] = !judged[i];
    }
    FrameEquations frame = new FrameEquations(new FrameEquations.When(1, f), f + 1, 0, all);
    return new FrameNetworks.Seen(
        frame,
        memory,
        CrossFit.Placed.alongSlit(frame, fibres).place(),
        new FrameNetworks.Roles(tells, judged));
  }

  /** Fibres of a batch. */
  public int examples() {
    return frames.size() * frames.get(0).fibres();
  }

  /** Makes a batch of the frames. */
  public void prepare() {
    closeBatch();
    batch = new NetworkBatch(frames).forTraining(random);
  }

  /** Takes a step of training. */
  public void step() {
    network.graph().fit(batch);
  }

  /** What the networks make of the batch, for {@link #losses}. */
  public void forward() {
    close(outputs);
    outputs = network.graph().output(false, batch.getFeatures());
  }

  /** The hand-written losses of a step with their slopes, alone. */
  public void losses() {
    for (int k = 0; k < outputs.length; k++) {
      GraphLoss loss = NetworkGraph.loss(network.graph(), k);
      loss.computeGradient(batch.getLabels(k), outputs[k], null, null).close();
    }
  }

  /** The matrix products of a step alone. */
  public void products() {
    products.forEach(Product::run);
  }

  private static void close(INDArray[] arrays) {
    if (arrays != null) {
      MemoryNetwork.close(arrays);
    }
  }

  @Override
  public void close() {
    close(outputs);
    closeBatch();
    network.close();
  }

  private void closeBatch() {
    if (batch != null) {
      close(batch.getFeatures());
      close(batch.getLabels());
    }
  }
}
