package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.skymi.math.NormalEquations;
import org.skymi.sky.memory.Prediction;

class PlateAdaptationTest {
  private final HabitWorld world = new HabitWorld(2, 40, 5);
  private final List<HabitWorld.Frame> frames = world.frames(24, 0.4, 6);
  private final FrameInputs inputs = world.inputs(frames);
  private final Prediction[][] memory = world.means(frames);
  private final NetworkSettings settings =
      NetworkSettings.of(NetworkSettings.Sizes.of(HabitWorld.COEFFICIENTS, world.all()), 1)
          .with(new NetworkSettings.Training(6, 8, 4e-3, 1e-3, 6));
  private final MemoryNetwork network =
      new NetworkTrainer(settings, world.inputs(frames, inputs, memory), List.of()).train();

  private List<NetworkFrame> plate() {
    return world.inputs(world.frames(6, 0.5, 9), inputs, memory);
  }

  @Test
  void whatHelpsHeldOutSkyFibresIsKept() {
    List<PlateAdaptation.Step> steps = new PlateAdaptation(network, 1).adapt(plate());
    assertThat(steps).hasSize(3);
    assertThat(steps).anyMatch(PlateAdaptation.Step::kept);
    for (PlateAdaptation.Step step : steps) {
      assertThat(step.kept() && step.after() >= step.before()).as(step.toString()).isFalse();
    }
    assertThat(steps.get(0).fibres()).isLessThan(steps.get(1).fibres());
    assertThat(steps.get(1).fibres()).isLessThan(steps.get(2).fibres());
  }

  @Test
  void onlyEncoderAndEmbeddingsMove() {
    INDArray decoder = network.graph().getParam("known-1_W").dup();
    INDArray encoder = network.graph().getParam("told-1_W").dup();
    new PlateAdaptation(network, 1).adapt(plate());
    assertThat(network.graph().getParam("known-1_W")).isEqualTo(decoder);
    assertThat(network.graph().getParam("told-1_W")).isNotEqualTo(encoder);
  }

  @Test
  void whatHarmsThemIsRolledBack() {
    List<NetworkFrame> plate = plate();
    for (NetworkFrame frame : plate) {
      for (int i = 0; i < frame.fibres(); i++) {
        if (Math.floorMod(frame.rows().embedding()[i], 4) != 0) {
          // What those that teach say is turned round.
          for (int k = 0; k < HabitWorld.COEFFICIENTS; k++) {
            frame.labels()[i][NormalEquations.packed(HabitWorld.COEFFICIENTS) + k] *= -1;
          }
        }
      }
    }
    INDArray before = network.graph().params().dup();
    List<PlateAdaptation.Step> steps = new PlateAdaptation(network, 1).adapt(plate);
    assertThat(steps).noneMatch(PlateAdaptation.Step::kept);
    assertThat(network.graph().params()).isEqualTo(before);
  }
}
