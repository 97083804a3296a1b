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
      NetworkSettings.of(world.sizes(), 1).with(new NetworkSettings.Training(6, 8, 4e-3, 1e-3, 6));
  private final MemoryNetwork network =
      new NetworkTrainer(settings, world.inputs(frames, inputs, memory), List.of()).train();

  private List<TrainingStep> adapt(List<NetworkFrame> plate) {
    return new PlateAdaptation(
            network, new Adaptation(4, true, true, 1), new PlateAdaptation.TrainingPlace(2, "r"))
        .adapt(plate);
  }

  private List<NetworkFrame> plate() {
    return world.inputs(world.frames(6, 0.5, 9), inputs, memory);
  }

  @Test
  void whatHelpsHeldOutSkyFibresIsKept() {
    List<TrainingStep> steps = adapt(plate());
    assertThat(steps)
        .extracting(TrainingStep::stage)
        .containsExactly("base", "sky", "faint", "bright");
    assertThat(steps).allMatch(s -> s.fold() == 2 && s.arm().equals("r"));
    assertThat(steps).anyMatch(TrainingStep::isProgress);
    double least = steps.get(0).losses().heldOut();
    for (TrainingStep step : steps.subList(1, 4)) {
      if (step.accepted()) {
        assertThat(step.losses().heldOut()).as(step.toString()).isLessThan(least);
        least = step.losses().heldOut();
      }
      assertThat(step.losses().common()).isBetween(0.0, Math.log(2));
      assertThat(step.losses().individual()).isFinite();
    }
    assertThat(steps.get(1).fibres()).isLessThan(steps.get(2).fibres());
    assertThat(steps.get(2).fibres()).isLessThan(steps.get(3).fibres());
  }

  @Test
  void onlyEncoderAndEmbeddingsMove() {
    INDArray decoder = network.graph().getParam("known-1_W").dup();
    INDArray encoder = network.graph().getParam("told-1_W").dup();
    adapt(plate());
    assertThat(network.graph().getParam("known-1_W")).isEqualTo(decoder);
    assertThat(network.graph().getParam("told-1_W")).isNotEqualTo(encoder);
  }

  @Test
  void whatHarmsThemIsRolledBack() {
    List<NetworkFrame> plate = plate();
    for (NetworkFrame frame : plate) {
      for (int i = 0; i < frame.fibres(); i++) {
        if (Math.floorMod(frame.rows().embedding()[i], 4) != 0) {
          // What those that teach say is turned round, and louder.
          for (int k = 0; k < HabitWorld.COEFFICIENTS; k++) {
            frame.labels()[i][NormalEquations.packed(HabitWorld.COEFFICIENTS) + k] *= -3;
          }
        }
      }
    }
    INDArray before = network.graph().params().dup();
    List<TrainingStep> steps = adapt(plate);
    assertThat(steps).noneMatch(TrainingStep::isProgress);
    assertThat(network.graph().params()).isEqualTo(before);
  }
}
