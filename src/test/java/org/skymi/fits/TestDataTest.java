package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/** The archive in testdata/ is what the simulator makes today. */
class TestDataTest {
  private static List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(Path.of("testdata", "archive"))) {
      return walk.filter(p -> p.toString().endsWith(".fits.gz")).sorted().toList();
    }
  }

  @Test
  void holdsWhatItsSeedGives() throws IOException, FitsRejection {
    assertThat(files()).hasSize(2);
    for (Path file : files()) {
      byte[] raw = Files.readAllBytes(file);
      Frame frame = FrameReader.read(file.toString(), raw);
      assertThat(frame.fibreCount()).isEqualTo(40);
      SimulatedFrame again = again(frame.id());
      assertThat(frame.wavelength()).isDeepEqualTo(again.frame().wavelength());
      float[][] truth =
          FrameReader.readTruth(file.toString(), raw, FitsLimits.DEFAULT).orElseThrow();
      for (int i = 0; i < frame.fibreCount(); i++) {
        // Elementary functions may differ in their last digit from one machine to another.
        assertThat(frame.flux()[i]).containsExactly(again.frame().flux()[i], withPrecision(0.05f));
        assertThat(truth[i]).containsExactly(again.truthSky()[i], withPrecision(0.05f));
      }
    }
  }

  private static SimulatedFrame again(FrameId id) {
    PlateDesign design =
        PlateDesign.ideal(id.plate().planId(), id.plate().lmjd(), 7)
            .withFibres(40)
            .withPixels(600, 600)
            .withMoon(Moon.GREY);
    return new PlateSimulator(design).frame(id);
  }
}
