package org.skymi.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentFileTest {
  private static final String MINE =
      """
      telescope = MINE
      plans = MINE-
      spectrographs = 2
      fibres = 30
      arms = b
      guide = b
      b.label = blue
      b.first = 3600
      b.last = 6000
      b.pixels = 1000
      b.low = 3700
      b.high = 5900
      b.pixel = 2.4
      b.pivot = 5000
      b.spread = 5
      """;

  @TempDir Path folder;

  @AfterEach
  void asBefore() {
    System.clearProperty(Instrument.OWN);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("mine.properties"), text);
  }

  @Test
  void aFileIsAnInstrumentOfItsOwn() throws IOException {
    assertThat(Instrument.ofPlan("MINE-1")).isEqualTo(Instrument.LAMOST);
    System.setProperty(Instrument.OWN, file(MINE).toString());
    Instrument mine = Instrument.ofPlan("MINE-1");
    assertThat(mine.telescope()).isEqualTo("MINE");
    assertThat(mine.letters()).containsExactly("b");
    assertThat(mine.arm(SkyBand.B4500_5500)).contains(mine.arm('B'));
    assertThat(mine.arm(SkyBand.R6000_6800)).isEmpty();
    assertThat(Instrument.known()).contains(mine, Instrument.DESI).hasSize(4);
    assertThat(Instrument.ofPlan("DESI-1")).isEqualTo(Instrument.DESI);
  }

  @ParameterizedTest
  @CsvSource({
    "b.low = 3700, b.low = x, b.low is no number",
    "b.low = 3700, '', b.low is missing",
    "b.low = 3700, b.low = 6000, b.low must be below b.high",
    "guide = b, guide = r, guide is none of its arms",
    "fibres = 30, fibres = 0, fibres must be a whole number above 0",
    "plans = MINE-, plans =, plans must say",
    "arms = b, arms = B1, arms must be lower-case letters",
    "guide = b, guide = b\\nbands = b5000_6000, bands b5000_6000 is within no arm's range",
    "guide = b, guide = b\\nbands = blue, bands 'blue' is no band like b3700_4000",
    "guide = b, guide = b\\nbands = b5000_4000, bands 'b5000_4000' is no band",
    "guide = b, guide = b\\ncontinuum-bins = 2, continuum-bins must be 3 or more"
  })
  void whatIsWrongIsNamedWithItsFile(String right, String wrong, String why) throws IOException {
    Path file = file(MINE.replace(right, wrong.replace("\\n", "\n")));
    assertThatThrownBy(() -> InstrumentFile.of(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("mine.properties: " + why);
  }

  @Test
  void bandsAndBinsAreTheFiles() throws IOException {
    Instrument mine = InstrumentFile.of(file(MINE));
    assertThat(mine.bands())
        .containsExactly(SkyBand.B3700_4000, SkyBand.B4000_4500, SkyBand.B4500_5500);
    assertThat(mine.optics().get(0).continuumBins()).isEqualTo(12);
    String own = MINE + "bands = b5000_5400 b3700_4000\ncontinuum-bins = 20\n";
    mine = InstrumentFile.of(file(own));
    assertThat(mine.bands()).containsExactly(new SkyBand('b', 5000, 5400), SkyBand.B3700_4000);
    assertThat(mine.bands().get(0).key()).isEqualTo("b5000_5400");
    assertThat(mine.bands(mine.guide())).isEqualTo(mine.bands());
    assertThat(mine.arm(SkyBand.B4500_5500)).isEmpty();
    assertThat(mine.optics().get(0).continuumBins()).isEqualTo(20);
  }

  @Test
  void tablesHaveTheBandsOfAllKnownInstruments() {
    assertThat(SkyBand.all()).startsWith(Instrument.LAMOST.bands().toArray(SkyBand[]::new));
    assertThat(SkyBand.all()).containsAll(Instrument.DESI.bands()).doesNotHaveDuplicates();
    assertThat(Instrument.DESI.bands()).contains(new SkyBand('z', 9000, 9800));
    assertThat(Instrument.LAMOST.bands()).hasSize(6);
    assertThat(Instrument.LAMOST_MEDIUM.bands()).isEmpty();
  }

  @Test
  void aMissingFileIsSaid() {
    System.setProperty(Instrument.OWN, folder.resolve("none.properties").toString());
    assertThatThrownBy(() -> Instrument.ofPlan("X"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none.properties");
  }
}
