package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skymi.simulate.PlateSimulator;
import org.skymi.sky.judge.FibreResult;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/**
 * Through memory and trained networks, too, a held-out fibre has no say: one is changed wildly, and
 * the skies of those that are held out with it do not move by a bit.
 */
class TrainedHeldOutTest {
  /** Cross-talk corrections of corrected neighbours reach this far; see Folds. */
  private static final int REACH = 4;

  private static final ReductionOptions OPTIONS = SmallPlates.quick();

  private static SkyModel model;
  private static PlateSimulator simulator;

  @BeforeAll
  static void learn() throws IOException {
    model = SmallPlates.pretrain(4);
    simulator = SmallPlates.simulator(9, 400);
  }

  /** The plate's frames, in the first spectrograph's one fibre changed; -1 for none. */
  private static Map<FrameId, Frame> frames(int changed) {
    Map<FrameId, Frame> frames = new TreeMap<>();
    for (FrameId id : simulator.ids()) {
      Frame frame = simulator.frame(id).frame();
      boolean isChanged = changed >= 0 && id.spectrograph() == 1;
      frames.put(id, isChanged ? HeldOutTest.withWildFibre(frame, changed) : frame);
    }
    return frames;
  }

  /** Every method's skies of a spectrograph's red frame, for each of some lots of fibres. */
  private static List<List<float[]>> skies(
      Map<FrameId, Frame> frames, int spectrograph, List<int[]> lots) throws IOException {
    AnalysedPlate plate = AnalysedPlate.of(PlateFrames.of(frames), OPTIONS, Optional.of(model));
    FrameId id =
        frames.keySet().stream()
            .filter(i -> i.arm() == Arm.RED && i.spectrograph() == spectrograph)
            .findFirst()
            .orElseThrow();
    FramePixels pixels = new FramePixels(frames.get(id), plate.exposure(id));
    try (PlateMethods methods =
        new PlateMethods(plate.exposures(), OPTIONS, Optional.of(model), SideBySide.ALONE)) {
      assertThat(methods.steps()).anyMatch(s -> s.fold() >= 0 && s.iterations() > 0);
      List<SkyMethod.FrameSkies> all =
          methods.all().stream().flatMap(m -> m.skies(pixels).stream()).toList();
      return lots.stream()
          .map(
              lot ->
                  all.stream()
                      .flatMap(s -> IntStream.of(lot).mapToObj(i -> s.sky(i).flux()))
                      .toList())
          .toList();
    }
  }

  @Test
  void skiesOfThoseHeldOutTogetherDoNotMove() throws IOException {
    Map<FrameId, Frame> original = frames(-1);
    AnalysedPlate plate = AnalysedPlate.of(PlateFrames.of(original), OPTIONS, Optional.of(model));
    PlateExposure first = plate.exposures().get(0);
    int[] heldOut = first.folds.heldOut(0);
    int changed = heldOut[0];
    int[] others = IntStream.of(heldOut).filter(i -> Math.abs(i - changed) > REACH).toArray();
    assertThat(others).isNotEmpty();
    int[] own =
        IntStream.of(first.folds.heldOut(1)).filter(i -> Math.abs(i - changed) > REACH).toArray();
    List<List<float[]>> before = skies(original, 1, List.of(others, own));
    List<List<float[]>> after = skies(frames(changed), 1, List.of(others, own));
    assertThat(after.get(0)).hasSameSizeAs(before.get(0)).hasSize(3 * others.length);
    for (int k = 0; k < before.get(0).size(); k++) {
      assertThat(after.get(0).get(k)).as("sky %d", k).isEqualTo(before.get(0).get(k));
    }
    assertThat(after.get(1).get(0))
        .as("the change is seen where it may be")
        .isNotEqualTo(before.get(1).get(0));
  }

  @Test
  void theOtherSpectrographsSkyFibresHaveASay() throws IOException {
    assertThat(model.priors().get(Arm.RED).likeness()).isPresent();
    int[] any = {
      simulator.frame(simulator.ids().get(0)).frame().fibres().indicesOf(FibreType.SKY)[1]
    };
    List<float[]> before = skies(frames(-1), 2, List.of(any)).get(0);
    List<float[]> after = skies(frames(any[0]), 2, List.of(any)).get(0);
    assertThat(after.get(0)).as("super").isEqualTo(before.get(0));
    assertThat(after.get(after.size() - 1)).isNotEqualTo(before.get(before.size() - 1));
  }

  @Test
  void threadsChangeNoNumber() throws IOException {
    assertThat(numbers(1)).isEqualTo(numbers(3));
  }

  /** Every training step and every fibre's sky by every method, of a plate of two spectrographs. */
  private static List<Object> numbers(int threads) throws IOException {
    List<Object> numbers = new ArrayList<>();
    try (SideBySide work = new SideBySide(threads)) {
      numbers.addAll(
          new PlateReduction(OPTIONS, Optional.of(model), work)
              .reduce(
                  PlateFrames.of(frames(-1)),
                  List.of(),
                  result -> {
                    numbers.add(result.frame().id());
                    for (FibreResult fibre : result.fibres()) {
                      fibre.skies().forEach((m, sky) -> numbers.add(List.of(m, floats(sky.sky()))));
                      fibre.skies().forEach((m, sky) -> numbers.add(floats(sky.ivar())));
                    }
                  }));
    }
    return numbers;
  }

  private static List<Float> floats(float[] values) {
    return IntStream.range(0, values.length).mapToObj(k -> values[k]).toList();
  }
}
