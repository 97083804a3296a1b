package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skymi.sky.memory.Epochs;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemoryShape;

class CrossFitTest {
  private static final int FIBRES = 15;
  private final HabitWorld world = new HabitWorld(1, FIBRES, 5);

  private List<FrameNetworks.Seen> taught(List<HabitWorld.Frame> frames) {
    List<CrossFit.Placed> placed =
        frames.stream().map(f -> CrossFit.Placed.alongSlit(f.equations(), FIBRES)).toList();
    return CrossFit.taught(placed, List.of(shape()), Epochs.NONE);
  }

  private static MemoryShape shape() {
    double[] ones = new double[HabitWorld.COEFFICIENTS];
    Arrays.fill(ones, 1);
    return new MemoryShape(
        FIBRES, new double[ones.length], ones, ones, new MemoryShape.Orders(1, 1, 0, 0));
  }

  @Test
  void placesAlongTheSlitReachFromEndToEnd() {
    FrameEquations frame = world.frames(1, 0.5, 6).get(0).equations();
    double[][] place = CrossFit.Placed.alongSlit(frame, FIBRES).place();
    assertThat(place[0]).containsExactly(-1);
    assertThat(place[FIBRES / 2]).containsExactly(0);
    assertThat(place[FIBRES - 1]).containsExactly(1);
  }

  @Test
  void everyFibreIsJudgedOnceAndTellsNothingThen() {
    List<FrameNetworks.Seen> taught = taught(world.frames(9, 0.5, 6));
    int[][] judged = new int[9][FIBRES];
    for (FrameNetworks.Seen seen : taught) {
      for (int i = 0; i < FIBRES; i++) {
        assertThat(seen.roles().tells()[i]).isNotEqualTo(seen.roles().judged()[i]);
        judged[(int) seen.frame().when().exposure()][i] += seen.roles().judged()[i] ? 1 : 0;
      }
    }
    for (int[] frame : judged) {
      assertThat(frame).containsOnly(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 2", "2, 2, 2", "7, 7, 2", "8, 8, 5"})
  void ofFewFramesHalfIsJudgedAndOfOneBothHalves(int frames, int seen, int parts) {
    List<HabitWorld.Frame> plate = world.frames(frames, 0.5, 6);
    List<FrameNetworks.Seen> adapting =
        CrossFit.ofPlate(
            LinearMemory.learn(List.of(plate.get(0).equations()), List.of(shape()), Epochs.NONE, 1),
            plate.stream().map(f -> CrossFit.Placed.alongSlit(f.equations(), FIBRES)).toList());
    assertThat(adapting).hasSize(seen);
    int judged = 0;
    for (FrameNetworks.Seen frame : adapting) {
      for (int i = 0; i < FIBRES; i++) {
        assertThat(frame.roles().tells()[i]).isNotEqualTo(frame.roles().judged()[i]);
        judged += frame.roles().judged()[i] ? 1 : 0;
      }
    }
    assertThat(judged).isCloseTo(seen * FIBRES / parts, within(seen));
    assertThat(adapting.stream().map(f -> f.frame().when()).distinct()).hasSize(frames);
  }

  @Test
  void whatIsExpectedOfAFibreDoesNotRestOnWhatItsNightRecordedOfIt() {
    List<HabitWorld.Frame> frames = world.frames(9, 0.5, 6);
    FrameNetworks.Seen before = taught(frames).get(0);
    FrameEquations.Fibre[] fibres = before.frame().fibres();
    for (int i = 0; i < FIBRES; i++) {
      if (before.roles().judged()[i]) {
        fibres[i].equations().addRhs(0, 1000);
      }
    }
    FrameNetworks.Seen after = taught(frames).get(0);
    for (int i = 0; i < FIBRES; i++) {
      assertThat(after.memory()[i].mean()).containsExactly(before.memory()[i].mean());
    }
  }
}
