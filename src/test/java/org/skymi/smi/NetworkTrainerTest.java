package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skymi.sky.memory.Prediction;

class NetworkTrainerTest {
  @Test
  void networksSeeWhatALinearMemoryCannot() {
    long t0 = System.nanoTime();
    HabitWorld world = new HabitWorld(4, 40, 5);
    List<HabitWorld.Frame> frames = world.frames(40, 0.4, 6);
    List<HabitWorld.Frame> others = world.frames(16, 0.4, 7);
    FrameInputs inputs = world.inputs(frames);
    Prediction[][] memory = world.means(frames);
    NetworkSettings settings =
        NetworkSettings.of(NetworkSettings.Sizes.of(HabitWorld.COEFFICIENTS, world.all()), 1);
    List<NetworkFrame> seen = world.inputs(frames, inputs, memory);
    List<NetworkFrame> unseen = world.inputs(others, inputs, memory);
    NetworkTrainer trainer = new NetworkTrainer(settings, seen, List.of());
    MemoryNetwork network = MemoryNetwork.untrained(settings, trainer.steps());
    System.out.println("start " + network.loss(unseen));
    for (int e = 0; e < settings.training().epochs(); e++) {
      trainer.epoch(network, e);
      if (e % 5 == 4) {
        System.out.println(
            e
                + " "
                + network.loss(seen)
                + " "
                + network.loss(unseen)
                + " rms "
                + java.util.Arrays.toString(rms(others, network.expect(unseen)))
                + " "
                + (System.nanoTime() - t0) / 1e9);
      }
    }
    System.out.println(java.util.Arrays.toString(rms(others, memories(unseen))));
    List<HabitWorld.Frame> many = world.frames(300, 0.4, 8);
    List<NetworkFrame> more = world.inputs(many, inputs, memory);
    System.out.println(
        "c: "
            + java.util.Arrays.toString(
                Explained.of(
                    network.common(more), states(many), network.common(unseen), states(others))));
    double[][] e = network.individual();
    double[][] habits = new double[e.length][];
    for (int i = 0; i < e.length; i++) {
      double[] h = world.habits(i / 40, i % 40);
      habits[i] = new double[] {h[0], h[1], h[2], Math.cos(h[3]), Math.sin(h[3]), h[4], h[5]};
    }
    System.out.println("e: " + java.util.Arrays.toString(Explained.byFolds(e, habits)));
    assertThat(network.loss(unseen)).isFinite();
  }

  private static double[][] states(List<HabitWorld.Frame> frames) {
    return frames.stream()
        .map(
            f ->
                new double[] {
                  f.state()[0], Math.cos(f.state()[1]), Math.sin(f.state()[1]), f.state()[2]
                })
        .toArray(double[][]::new);
  }

  private static List<Prediction[]> memories(List<NetworkFrame> frames) {
    return frames.stream().map(NetworkFrame::memory).toList();
  }

  static double[] rms(List<HabitWorld.Frame> frames, List<Prediction[]> expected) {
    double[] sum = new double[HabitWorld.COEFFICIENTS];
    int count = 0;
    for (int f = 0; f < frames.size(); f++) {
      double[][] z = frames.get(f).z();
      for (int i = 0; i < z.length; i++) {
        count++;
        for (int k = 0; k < sum.length; k++) {
          double off = expected.get(f)[i].mean()[k] - z[i][k];
          sum[k] += off * off;
        }
      }
    }
    for (int k = 0; k < sum.length; k++) {
      sum[k] = Math.sqrt(sum[k] / count);
    }
    return sum;
  }
}
