package org.skymi.sky.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.ToyFrame;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;

class FieldStatisticsTest {
  private static final int FIBRES = 40;

  private static float[][] skies(ToyFrame toy, CleanFrame frame) {
    float[][] skies = new float[FIBRES][];
    for (int i = 0; i < FIBRES; i++) {
      skies[i] = new float[frame.flux(i).length];
      for (int p = 0; p < skies[i].length; p++) {
        skies[i][p] = (float) toy.sky(frame.wavelength(i)[p]);
      }
    }
    return skies;
  }

  private static FieldStatistics measure(ToyFrame toy) {
    CleanFrame frame = toy.clean();
    return FieldStatistics.of(frame, toy.map(), skies(toy, frame));
  }

  @Test
  void noiseHasNoStructure() {
    FieldStatistics found = measure(new ToyFrame(Arm.RED, FIBRES));
    assertThat(found.gradX()).isCloseTo(0, within(0.3));
    assertThat(found.gradY()).isCloseTo(0, within(0.3));
    assertThat(found.neighbourCorrelation()).isCloseTo(0, within(0.01));
  }

  @Test
  void aPlaneIsItsSlopes() {
    ToyFrame toy = new ToyFrame(Arm.RED, FIBRES);
    FibreMap map = toy.map();
    for (int i = 0; i < FIBRES; i++) {
      toy.gain[i] = 1 + 0.03 * map.x()[i] - 0.02 * map.y()[i];
    }
    FieldStatistics found = measure(toy);
    assertThat(found.gradX()).isCloseTo(3, within(0.3));
    assertThat(found.gradY()).isCloseTo(-2, within(0.3));
  }

  @Test
  void crossTalkIsTheSlopeOnTheNeighbours() {
    ToyFrame toy = new ToyFrame(Arm.RED, FIBRES);
    toy.k1 = 0.002;
    toy.object = (i, w) -> i % 2 == 0 ? 0 : 20_000;
    CleanFrame frame = toy.clean();
    float[][] skies = skies(toy, frame);
    for (int i = 1; i < FIBRES; i += 2) {
      skies[i] = null;
    }
    FieldStatistics found = FieldStatistics.of(frame, toy.map(), skies);
    assertThat(found.crossTalk1()).isCloseTo(0.2, within(0.02));
    assertThat(found.neighbourCorrelation()).isNaN();
  }

  @Test
  void crossTalkIsOfWhatNeighboursHaveAboveTheSky() {
    ToyFrame toy = new ToyFrame(Arm.RED, FIBRES);
    toy.noise = false;
    toy.object = (i, w) -> i % 2 == 0 ? 4 : 500;
    CleanFrame frame = toy.clean();
    float[][] skies = skies(toy, frame);
    for (int i = 0; i < FIBRES; i++) {
      boolean between = i % 2 == 0 && i > 0 && i + 1 < FIBRES;
      skies[i] = between ? skies[i] : null;
    }
    FieldStatistics found = FieldStatistics.of(frame, toy.map(), skies);
    assertThat(found.crossTalk1()).isCloseTo(100 * 4 / 1000.0, within(0.01));
  }

  @Test
  void whatNeighboursShareIsTheirCorrelation() {
    ToyFrame toy = new ToyFrame(Arm.RED, FIBRES);
    // Shared wiggles of as much variance as noise has.
    toy.object = (i, w) -> 25 * Math.sin(w / 3);
    FieldStatistics found = measure(toy);
    assertThat(found.neighbourCorrelation()).isBetween(0.35, 0.6);
  }

  @Test
  void fewFibresTellNothing() {
    ToyFrame toy = new ToyFrame(Arm.RED, FIBRES);
    CleanFrame frame = toy.clean();
    float[][] skies = skies(toy, frame);
    for (int i = 5; i < FIBRES; i++) {
      skies[i] = null;
    }
    FieldStatistics found = FieldStatistics.of(frame, toy.map(), skies);
    assertThat(found.gradX()).isNaN();
    assertThat(found.crossTalk1()).isNaN();
  }
}
