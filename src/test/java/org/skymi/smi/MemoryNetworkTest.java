package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.skymi.sky.memory.Prediction;

class MemoryNetworkTest {
  private final HabitWorld world = new HabitWorld(2, 12, 5);
  private final List<HabitWorld.Frame> frames = world.frames(8, 0.5, 6);
  private final List<NetworkFrame> seen =
      world.inputs(frames, world.inputs(frames), world.means(frames));
  private final NetworkSettings settings = NetworkSettings.of(world.sizes(), 1);

  @Test
  void untrainedIsTheLinearMemory() {
    try (MemoryNetwork network = MemoryNetwork.untrained(settings, 1)) {
      Prediction expected = network.expect(seen).get(1)[3];
      assertThat(expected.mean()).containsExactly(seen.get(1).memory()[3].mean());
      assertThat(expected.covariance().data)
          .containsExactly(seen.get(1).memory()[3].covariance().data);
    }
  }

  @Test
  void storedIsWhatWasTrained() throws IOException {
    try (MemoryNetwork network = MemoryNetwork.untrained(settings, 100)) {
      NetworkTrainer.epoch(network, seen, 0);
      byte[] bytes = network.bytes();
      try (MemoryNetwork read = MemoryNetwork.read(settings, bytes)) {
        assertThat(read.expect(seen).get(0)[1].mean())
            .containsExactly(network.expect(seen).get(0)[1].mean());
        // Its updater and its place in the schedule, too.
        NetworkTrainer.epoch(network, seen, 1);
        NetworkTrainer.epoch(read, seen, 1);
        assertThat(read.graph().params()).isEqualTo(network.graph().params());
      }
    }
  }

  @Test
  void aCopyGoesOnFromWhereItsOriginalIs() {
    try (MemoryNetwork network = MemoryNetwork.untrained(settings, 100)) {
      NetworkTrainer.epoch(network, seen, 0);
      try (MemoryNetwork copy = network.copy()) {
        NetworkTrainer.epoch(copy, seen, 1);
        assertThat(copy.graph().params()).isNotEqualTo(network.graph().params());
        NetworkTrainer.epoch(network, seen, 1);
        assertThat(copy.graph().params()).isEqualTo(network.graph().params());
      }
    }
  }

  @Test
  void trainingIsRepeatable() {
    try (MemoryNetwork a = MemoryNetwork.untrained(settings, 10);
        MemoryNetwork b = MemoryNetwork.untrained(settings, 10)) {
      NetworkTrainer.epoch(a, seen, 0);
      NetworkTrainer.epoch(b, seen, 0);
      assertThat(a.graph().params()).isEqualTo(b.graph().params());
    }
  }

  @Test
  void aFibreTellsOfItselfNoMoreThanItTellsTheOthers() {
    try (MemoryNetwork network = MemoryNetwork.untrained(settings, 10)) {
      NetworkTrainer.epoch(network, seen, 0);
      double[][] before = decided(network);
      Prediction expected = network.expect(seen).get(0)[4];
      float[] own = seen.get(0).rows().seen()[4];
      for (int k = 0; k < HabitWorld.COEFFICIENTS; k++) {
        own[k] = -2;
      }
      double[][] after = decided(network);
      assertThat(after[4]).containsExactly(before[4]);
      // Through the mean of the others that is taken off, a share of what it tells comes back.
      double[] mean = network.expect(seen).get(0)[4].mean();
      for (int k = 0; k < mean.length; k++) {
        double most = 0;
        for (int i = 0; i < 12; i++) {
          most = Math.max(most, Math.abs(after[i][k] - before[i][k]));
        }
        double unit = Math.sqrt(expected.covariance().get(k, k));
        assertThat(most).isPositive();
        assertThat(Math.abs(mean[k] - expected.mean()[k])).isLessThan(2 * unit * most);
      }
    }
  }

  /** What the decoder says of the fibres before the others' mean is taken off. */
  private double[][] decided(MemoryNetwork network) {
    INDArray[] inputs = new NetworkBatch(seen).forPrediction();
    return network.graph().feedForward(inputs, false).get("mean").toDoubleMatrix();
  }

  @Test
  void nothingIsAddedToAllFibresAlike() {
    try (MemoryNetwork network = MemoryNetwork.untrained(settings, 10)) {
      NetworkTrainer.epoch(network, seen, 0);
      NetworkFrame frame = seen.get(0);
      float[] share = frame.rows().share();
      double all = 0;
      for (float own : share) {
        all += own;
      }
      double sum = 0;
      double size = 0;
      Prediction[] expected = network.expect(seen).get(0);
      for (int i = 0; i < share.length; i++) {
        // Each beside the mean of the others: by these weights nothing is left.
        double weight = share[i] * (all - share[i]);
        Prediction memory = frame.memory()[i];
        double added =
            (expected[i].mean()[0] - memory.mean()[0]) / Math.sqrt(memory.covariance().get(0, 0));
        sum += weight * added;
        size += weight * Math.abs(added);
      }
      assertThat(size).isPositive();
      assertThat(Math.abs(sum)).isLessThan(1e-4 * size);
    }
  }

  @Test
  void offHeapMemoryStaysFlat() {
    try (MemoryNetwork network = MemoryNetwork.untrained(settings, 1000)) {
      for (int epoch = 0; epoch < 10; epoch++) {
        NetworkTrainer.epoch(network, seen, epoch);
        network.expect(seen);
      }
      long before = reachable();
      for (int epoch = 0; epoch < 40; epoch++) {
        NetworkTrainer.epoch(network, seen, epoch);
        network.expect(seen);
      }
      assertThat(reachable() - before).isLessThan(1 << 20);
    }
  }

  /** Off-heap bytes of arrays that are still in use: what waits for the collector is no leak. */
  private static long reachable() {
    long least = Long.MAX_VALUE;
    for (int k = 0; k < 5; k++) {
      System.gc();
      LockSupport.parkNanos(100_000_000);
      least = Math.min(least, Pointer.totalBytes());
    }
    return least;
  }
}
