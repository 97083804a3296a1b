package org.skymi.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.skymi.SharedData;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FitsRejection;
import org.skymi.fits.SdssSpectrumReader;
import org.skymi.sky.judge.Method;
import org.skymi.survey.SkySpectrum;

/** Real light: the sky of a fibre from others that are nothing but objects. */
class CoaddExperimentTest {
  private static final int FIBRES = 14;

  @Test
  void everyCorrectionIsNearerToWhatWasRecordedThanTheMedian() throws IOException, FitsRejection {
    List<SkySpectrum> spectra = new ArrayList<>();
    Path folder = SharedData.path("boss/3655-55240");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().limit(FIBRES).toList()) {
        spectra.add(
            SdssSpectrumReader.read(file.toString(), Files.readAllBytes(file), FitsLimits.DEFAULT));
      }
    }
    CoaddExperiment.Outcome outcome =
        new CoaddExperiment(
                new CoaddExperiment.Band(7200, 9000, 3),
                EnumSet.of(Method.SUPER, Method.FULL),
                1,
                false)
            .judge(spectra)
            .orElseThrow();
    Map<String, CoaddExperiment.Score> scores = outcome.scores();
    assertThat(outcome.fibres()).isEqualTo(FIBRES);
    assertThat(outcome.typicalNoise()).isBetween(2.5, 3.5);
    assertThat(scores).containsOnlyKeys(CoaddExperiment.MEDIAN, "Survey", "Super Sky", "Full");
    double median = scores.get(CoaddExperiment.MEDIAN).pooled();
    assertThat(scores.get("Full").pooled()).isLessThan(0.95 * median);
    assertThat(scores.get("Survey").pooled()).isLessThan(scores.get("Full").pooled());
    // What the survey rejected an exposure of holds another sky than its neighbours.
    assertThat(scores.get("Full").whole()).isLessThan(0.97 * scores.get("Full").pooled());
    CoaddExperiment.Outcome twice = outcome.and(outcome);
    assertThat(twice.fibres()).isEqualTo(2 * FIBRES);
    assertThat(twice.pixels()).isEqualTo(outcome.pixels());
    assertThat(twice.typicalNoise()).isEqualTo(outcome.typicalNoise());
    assertThat(twice.scores()).isEqualTo(scores);
  }
}
