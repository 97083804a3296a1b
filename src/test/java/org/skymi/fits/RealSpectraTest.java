package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skymi.SharedData;
import org.skymi.survey.ReleaseSpectrum;

class RealSpectraTest {
  @ParameterizedTest
  @CsvSource({"dr1,176,21", "dr2,4,19", "dr5,7,45", "dr7,100,38", "coadd-bintable,8,0"})
  void allOfAReleaseRead(String folder, int count, int skyFibres) throws Exception {
    List<Path> files = files(SharedData.path("lamost/" + folder));
    assertThat(files).hasSize(count);
    for (Path file : files) {
      byte[] raw = Files.readAllBytes(file);
      ReleaseSpectrum spectrum = ReleaseSpectrumReader.read(file.toString(), raw);
      assertThat(spectrum.pixelCount()).as(file.toString()).isBetween(3751, 3909);
      assertThat(spectrum.wavelength()[0]).isBetween(3690.0, 3710.0);
      assertThat(spectrum.wavelength()[spectrum.pixelCount() - 1]).isBetween(9050.0, 9110.0);
      assertThat(spectrum.ra()).isBetween(0.0, 360.0);
      assertThat(spectrum.dec()).isBetween(-10.0, 90.0);
      assertThat(spectrum.x()).isNotNaN();
      assertThat(Math.abs(spectrum.heliocentricVelocity())).isBetween(1.0, 32.0);
      assertThat(spectrum.signalToNoise()).doesNotContain(Float.NaN);
      assertThat(spectrum.skyFibres()).isBetween(skyFibres == 0 ? 1 : skyFibres, 60);
      if (spectrum.obsId() != 0) {
        assertThat(spectrum.obsId() % 100000)
            .isEqualTo(spectrum.spectrograph() * 1000L + spectrum.fibreId());
      }
      FileIdentity identity = FitsHeaders.sniff(file.toString(), raw);
      assertThat(identity)
          .isEqualTo(
              FileIdentity.releaseSpectrum(
                  spectrum.plate(), spectrum.spectrograph(), spectrum.fibreId()));
    }
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
