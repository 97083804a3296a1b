package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FitsRejection;
import org.skymi.fits.FrameReader;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.survey.Frame;
import org.skymi.survey.Night;

class SimulateCommandTest {
  @TempDir Path folder;

  @Test
  void writesAnArchiveOnce() throws IOException {
    assertThat(simulate("--plates", "3", "--exposures", "2")).isEqualTo(Main.DONE);
    List<String> files = files();
    assertThat(files)
        .hasSize(12)
        .allMatch(
            f -> f.matches("2017101[89]/SIM000[123]/frame-\\d{8}-SIM000[123]_sp01[br].fits.gz"));
    assertThat(simulate("--plates", "1")).isEqualTo(Main.INPUT);
    byte[] before = Files.readAllBytes(folder.resolve(files.get(0)));
    assertThat(simulate("--plates", "1", "--overwrite")).isEqualTo(Main.DONE);
    assertThat(Files.readAllBytes(folder.resolve(files.get(0)))).isEqualTo(before);
  }

  @Test
  void theReaderReadsWhatIsWritten() throws IOException, FitsRejection {
    assertThat(simulate("--seed", "5")).isEqualTo(Main.DONE);
    PlateDesign design =
        PlateDesign.of("SIM0001", Night.parse("20171018").lmjd(), 5)
            .withFibres(12)
            .withPixels(200, 200);
    PlateSimulator simulator = new PlateSimulator(design);
    List<String> files = files();
    for (int k = 0; k < files.size(); k++) {
      byte[] raw = Files.readAllBytes(folder.resolve(files.get(k)));
      Frame read = FrameReader.read(files.get(k), raw);
      SimulatedFrame made = simulator.frame(simulator.ids().get(k));
      assertThat(read.id()).isEqualTo(made.frame().id());
      assertThat(read.pointing()).isEqualTo(made.frame().pointing());
      assertThat(read.flux()).isDeepEqualTo(made.frame().flux());
      assertThat(read.wavelength()).isDeepEqualTo(made.frame().wavelength());
      assertThat(read.fibres().homeX()).isEqualTo(made.frame().fibres().homeX());
      assertThat(read.fibres().homeY()).isEqualTo(made.frame().fibres().homeY());
      assertThat(read.fibres().type()).isEqualTo(made.frame().fibres().type());
      assertThat(FrameReader.readTruth(files.get(k), raw, FitsLimits.DEFAULT).orElseThrow())
          .isDeepEqualTo(made.truthSky());
    }
  }

  @Test
  void blindFramesAreTheSameWithoutTheTruth() throws IOException, FitsRejection {
    assertThat(simulate("--seed", "5")).isEqualTo(Main.DONE);
    String file = files().get(0);
    byte[] seen = Files.readAllBytes(folder.resolve(file));
    assertThat(simulate("--seed", "5", "--blind", "--overwrite")).isEqualTo(Main.DONE);
    byte[] blind = Files.readAllBytes(folder.resolve(file));
    assertThat(FrameReader.read(file, blind).flux())
        .isDeepEqualTo(FrameReader.read(file, seen).flux());
    assertThat(FrameReader.readTruth(file, seen, FitsLimits.DEFAULT)).isPresent();
    assertThat(FrameReader.readTruth(file, blind, FitsLimits.DEFAULT)).isEmpty();
  }

  @Test
  void platesFallOnManyNightsAndHiddenQuantitiesLieElsewhere(@TempDir Path hidden)
      throws IOException {
    assertThat(
            simulate(
                "--plates",
                "2",
                "--plates-per-night",
                "1",
                "--epoch",
                "20171019:1",
                "--truth",
                hidden.toString()))
        .isEqualTo(Main.DONE);
    assertThat(files()).hasSize(4).allMatch(f -> f.endsWith(".fits.gz"));
    Path first = hidden.resolve("20171018");
    try (Stream<Path> tables = Files.list(first)) {
      List<Path> found = tables.sorted().toList();
      assertThat(found).hasSize(2);
      List<String> lines = Files.readAllLines(found.get(0));
      assertThat(lines).hasSize(1 + 12);
      assertThat(lines.get(0)).contains("throughput", "dip_place", "focus", "temperature_6");
      assertThat(lines.get(0).split(",")).hasSameSizeAs(lines.get(12).split(","));
    }
  }

  @Test
  void refusesWhatMakesNoSense() throws IOException {
    assertThat(simulate("--plates", "0")).isEqualTo(Main.USAGE);
    assertThat(simulate("--spectrographs", "17")).isEqualTo(Main.USAGE);
    assertThat(simulate("--epoch", "20171019:one")).isEqualTo(Main.USAGE);
    assertThat(simulate("--plates-per-night", "0")).isEqualTo(Main.USAGE);
    assertThat(simulate("--truth", folder.resolve("truth").toString())).isEqualTo(Main.USAGE);
    assertThat(simulate("--moon", "blue")).isEqualTo(Main.USAGE);
    assertThat(simulate("--first-night", "tomorrow")).isEqualTo(Main.USAGE);
    assertThat(files()).isEmpty();
  }

  private int simulate(String... options) {
    String[] small = {"simulate", folder.toString(), "--fibres", "12", "--pixels", "200"};
    return Main.run(Stream.concat(Stream.of(small), Stream.of(options)).toArray(String[]::new));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(p -> folder.relativize(p).toString())
          .sorted()
          .toList();
    }
  }
}
