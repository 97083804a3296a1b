package org.skymi.smi;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A training step of the individual network's size, batch 128; {@code docs/bench-kernels}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NetworkBenchmark {
  private static final int BATCH = 128;
  private static final int[] SIZES = {300, 128, 32, 16, 14};

  private Network network;
  private float[][] input;
  private float[][][] errors;
  private INDArray[] a;
  private INDArray[] b;
  private INDArray[] c;

  @Setup
  public void draw() {
    network =
        Network.of(
            1,
            SIZES[0],
            1e-3,
            List.of(
                new Network.Layer("hidden", "in", SIZES[1], Activation.RELU),
                new Network.Layer("phi", "hidden", SIZES[2], Activation.RELU),
                new Network.Layer("e", "phi", SIZES[3], Activation.TANH),
                new Network.Layer("correction", "e", SIZES[4], Activation.IDENTITY)),
            List.of("e", "correction"),
            List.of());
    Random random = new Random(1);
    input = new float[BATCH][SIZES[0]];
    errors = new float[][][] {new float[BATCH][SIZES[3]], new float[BATCH][SIZES[4]]};
    for (float[] row : input) {
      for (int k = 0; k < row.length; k++) {
        row[k] = (float) random.nextGaussian();
      }
    }
    a = new INDArray[SIZES.length - 1];
    b = new INDArray[SIZES.length - 1];
    c = new INDArray[SIZES.length - 1];
    for (int l = 0; l + 1 < SIZES.length; l++) {
      a[l] = Nd4j.rand(BATCH, SIZES[l]);
      b[l] = Nd4j.rand(SIZES[l], SIZES[l + 1]);
      c[l] = Nd4j.rand(BATCH, SIZES[l + 1]);
    }
  }

  /** Forward, backward, Adam. */
  @Benchmark
  public float[][][] step() {
    float[][][] out = network.forward(input);
    network.step(errors);
    return out;
  }

  @Benchmark
  public float[][][] forward() {
    return network.forward(input);
  }

  /** The ceiling of {@link #step}: its three matrix products a layer and nothing else. */
  @Benchmark
  public INDArray gemmCeiling() {
    INDArray last = null;
    for (int l = 0; l < a.length; l++) {
      last = a[l].mmul(b[l]);
      a[l].transpose().mmul(c[l]);
      c[l].mmul(b[l].transpose());
    }
    return last;
  }
}
