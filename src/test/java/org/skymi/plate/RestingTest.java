package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

class RestingTest {
  @TempDir Path folder;

  @Test
  void itWakesAsItWasAndRestsAgain() throws IOException {
    try (Scratch scratch = new Scratch(folder.toString())) {
      double[] numbers = {1, 2, 3};
      Resting<double[]> resting = new Resting<>(double[].class, numbers);
      resting.rest(); // nowhere to rest yet
      assertThat(resting.get()).isSameAs(numbers);
      resting.rest(scratch, "numbers");
      double[] awake = resting.get();
      assertThat(awake).isEqualTo(numbers).isNotSameAs(numbers).isSameAs(resting.get());
      resting.rest();
      assertThat(resting.get()).isEqualTo(numbers).isNotSameAs(awake);
    }
  }

  @Test
  void itStaysAwakeWhereNothingTakesIt() {
    double[] numbers = {1, 2, 3};
    Resting<double[]> resting = new Resting<>(double[].class, numbers);
    resting.rest(Scratch.none(), "numbers");
    resting.rest();
    assertThat(resting.get()).isSameAs(numbers);
  }

  @Test
  @SuppressWarnings("unchecked")
  void itTravelsAwake() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Scratch scratch = new Scratch(folder.toString());
        ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      Resting<double[]> resting = new Resting<>(double[].class, new double[] {1, 2, 3});
      resting.rest(scratch, "numbers");
      out.writeObject(resting);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((Resting<double[]>) in.readObject()).get()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aPlateWhoseAnalysesRestHasTheSameSkies() throws IOException {
    PlateReduction reduction =
        new PlateReduction(SmallPlates.quick(), Optional.of(SmallPlates.pretrain(3, 400)));
    PlateFrames plate = ofManyExposures();
    List<float[]> inMemory = SmallPlates.skies(reduction, plate);
    try (Scratch scratch = new Scratch(folder.toString())) {
      List<float[]> rested = SmallPlates.skies(reduction, with(scratch, plate));
      assertThat(scratch.kept(PlateReduction.pair(plate.ids().get(0)))).isPresent();
      assertThat(rested).hasSameSizeAs(inMemory);
      for (int k = 0; k < rested.size(); k++) {
        assertThat(rested.get(k)).isEqualTo(inMemory.get(k));
      }
    }
  }

  /** More exposures than stay in memory anyway. */
  private static PlateFrames ofManyExposures() {
    PlateSimulator simulator =
        new PlateSimulator(
            PlateDesign.of("P5", 58005, 5)
                .withSpectrographs(2)
                .withExposures(3)
                .withFibres(26)
                .withPixels(400, 400));
    Map<FrameId, Frame> frames = new TreeMap<>();
    simulator.ids().forEach(id -> frames.put(id, simulator.frame(id).frame()));
    return PlateFrames.of(frames);
  }

  @Test
  void analysesOfFewExposuresStayInMemory() throws IOException {
    PlateReduction reduction =
        new PlateReduction(SmallPlates.quick(), Optional.of(SmallPlates.pretrain(3, 400)));
    PlateFrames plate = SmallPlates.plate(5, 400);
    try (Scratch scratch = new Scratch(folder.toString())) {
      assertThat(SmallPlates.skies(reduction, with(scratch, plate))).isNotEmpty();
      assertThat(scratch.kept(PlateReduction.pair(plate.ids().get(0)))).isEmpty();
    }
  }

  private static PlateFrames with(Scratch scratch, PlateFrames plate) {
    return new PlateFrames() {
      @Override
      public List<FrameId> ids() {
        return plate.ids();
      }

      @Override
      public Optional<Frame> read(FrameId id) throws IOException {
        return plate.read(id);
      }

      @Override
      public Scratch scratch() {
        return scratch;
      }
    };
  }
}
