package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.skymi.math.Ridge;
import org.skymi.sky.memory.Prediction;

class NetworkTrainerTest {
  private static final int FIBRES = 60;

  @Test
  void networksHoldTheHiddenStateAndWhatFibresKeep() {
    HabitWorld world = new HabitWorld(1, FIBRES, 5);
    List<HabitWorld.Frame> frames = world.frames(112, 0.4, 6);
    List<HabitWorld.Frame> others = world.frames(40, 0.4, 7);
    Prediction[][] memory = world.means(frames);
    FrameInputs inputs = world.inputs(frames);
    List<NetworkFrame> seen = world.inputs(frames, inputs, memory);
    List<NetworkFrame> unseen = world.inputs(others, inputs, memory);
    NetworkSettings settings =
        NetworkSettings.of(world.sizes(), 1)
            .with(new NetworkSettings.Training(20, 16, 4e-3, 1e-3, 6));
    NetworkSettings.Terms all = settings.terms();
    NetworkSettings noIndividual =
        settings.with(
            new NetworkSettings.Terms(
                all.alike(), all.adjoining(), all.shared(), all.common(), false, all.place()));
    try (MemoryNetwork network = new NetworkTrainer(settings, seen, List.of()).train();
        MemoryNetwork without = new NetworkTrainer(noIndividual, seen, List.of()).train()) {
      double[] off = rms(others, network.expect(unseen));
      double[] offWithout = rms(others, without.expect(unseen));
      double[] memorys = rms(others, unseen.stream().map(NetworkFrame::memory).toList());
      for (int k = 0; k < off.length; k++) {
        // The last one follows the focus by a factor of each fibre's own, which few frames tell.
        assertThat(off[k] / memorys[k]).as("coefficient " + k).isLessThan(k < 3 ? 0.6 : 0.95);
      }
      // The ripple's phase is each fibre's own.
      for (int k = 1; k < 3; k++) {
        assertThat(off[k] / offWithout[k]).as("with what fibres keep " + k).isLessThan(0.95);
      }
      List<HabitWorld.Frame> more = world.frames(400, 0.4, 8);
      double[][] common = network.common(world.inputs(more, inputs, memory));
      double[] state = explained(common, states(more), network.common(unseen), states(others));
      assertThat(Arrays.stream(state).min().orElseThrow()).isGreaterThan(0.7);
    }
  }

  @Test
  void networksGetLessSureAsLongAsHeldOutFramesLikeIt() {
    NetworkSettings settings = NetworkSettings.of(new HabitWorld(1, FIBRES, 5).sizes(), 1);
    try (MemoryNetwork network = MemoryNetwork.untrained(settings, 1)) {
      INDArray bias = network.graph().getParam(NetworkGraph.SPREAD_PART + "_b");
      double least = network.widen(() -> Math.abs(bias.meanNumber().doubleValue() - 0.33));
      assertThat(least).isCloseTo(0.03, within(1e-6));
      assertThat(bias.toFloatVector()).containsOnly(bias.getFloat(0));
      assertThat(network.widen(() -> Double.NaN)).isNaN();
      assertThat(bias.getFloat(0)).isCloseTo(0.3f, within(1e-6f));
    }
  }

  /** R² of each column. */
  private static double[] explained(double[][] x, double[][] y, double[][] x2, double[][] y2) {
    return IntStream.range(0, y[0].length)
        .mapToDouble(c -> new Ridge(x, column(y, c)).explained(x2, column(y2, c)))
        .toArray();
  }

  private static double[] column(double[][] rows, int c) {
    return Arrays.stream(rows).mapToDouble(row -> row[c]).toArray();
  }

  /** Place of the dip, phase of the ripple, focus. */
  private static double[][] states(List<HabitWorld.Frame> frames) {
    return frames.stream()
        .map(HabitWorld.Frame::state)
        .map(s -> new double[] {s[0], Math.cos(s[1]), Math.sin(s[1]), s[2]})
        .toArray(double[][]::new);
  }

  private static double[] rms(List<HabitWorld.Frame> frames, List<Prediction[]> expected) {
    double[] sum = new double[HabitWorld.COEFFICIENTS];
    for (int f = 0; f < frames.size(); f++) {
      double[][] z = frames.get(f).z();
      for (int i = 0; i < z.length; i++) {
        for (int k = 0; k < sum.length; k++) {
          double off = expected.get(f)[i].mean()[k] - z[i][k];
          sum[k] += off * off / (z.length * frames.size());
        }
      }
    }
    for (int k = 0; k < sum.length; k++) {
      sum[k] = Math.sqrt(sum[k]);
    }
    return sum;
  }
}
