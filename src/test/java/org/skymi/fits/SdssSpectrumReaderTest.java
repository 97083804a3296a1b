package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.skymi.SharedData;
import org.skymi.survey.FibreType;
import org.skymi.survey.PlateId;
import org.skymi.survey.SkySpectrum;

/** SDSS's spectra with their skies, made-up and real ones. */
class SdssSpectrumReaderTest {
  private static final String NAME = "a/spec-3655-55240-0002.fits";

  @Test
  void readsWhatWasRecorded() throws FitsRejection {
    SkySpectrum s =
        read(
            NAME,
            SpectrumFiles.sdss(
                2,
                "QSO",
                36000,
                new float[] {1, 2, Float.NaN, 4},
                new float[] {5, 6, 7, 0},
                new float[] {1, 2, 3, 4},
                new int[] {1 << 20, 1 << 25, 0, 0}));
    assertThat(s.plate()).isEqualTo(new PlateId("SDSS-3655", 55240));
    assertThat(s.spectrograph()).isEqualTo(1);
    assertThat(s.fibreId()).isEqualTo(2);
    assertThat(s.type()).isEqualTo(FibreType.OBJECT);
    assertThat(s.x()).isCloseTo(1, within(1e-6));
    assertThat(s.unit()).isEqualTo("1e-17 erg/s/cm2/Angstrom");
    assertThat(s.pointing().exposureTime()).isEqualTo(4502);
    assertThat(s.first()).isEqualTo(36000);
    // Topocentric: the survey's correction is undone.
    double file = Math.pow(10, 3.6);
    assertThat(s.wavelength()[0]).isCloseTo(file * (1 + 17.37 / 299792.458), within(2e-3));
    assertThat(s.flux()).containsExactly(1, 2, 0, 4);
    // Nothing is known of a pixel without flux, nor of one whose sky is 0.
    assertThat(s.ivar()).containsExactly(1, 2, 0, 0);
    assertThat(s.mask()).containsExactly(0, SkySpectrum.LACKS_EXPOSURE, 0, 0);
  }

  @Test
  void cameraOrNumberTellsTheSpectrograph() throws FitsRejection {
    float[] ones = {1, 1, 1};
    byte[] second = SpectrumFiles.sdss(501, "SKY", 36000, ones, ones, ones);
    SkySpectrum s = read("spec-3655-55240-0501.fits", second);
    assertThat(s.spectrograph()).isEqualTo(2);
    assertThat(s.type()).isEqualTo(FibreType.SKY);
  }

  @Test
  void rejectsWhatContradictsItself() {
    float[] ones = {1, 1, 1};
    byte[] fine = SpectrumFiles.sdss(2, "QSO", 36000, ones, ones, ones);
    rejected("spec-3655-55240-0003.fits", fine, FitsRejection.Reason.IDENTITY_MISMATCH);
    byte[] electrons = SpectrumFiles.sdss(SpectrumFiles.sdss(2, "electron"), 2);
    rejected(NAME, electrons, FitsRejection.Reason.BAD_HEADER);
    byte[] noCatalogue = SpectrumFiles.sdss(SpectrumFiles.sdss(2, SpectrumFiles.UNIT), 1);
    rejected(NAME, noCatalogue, FitsRejection.Reason.MISSING_HDU);
    byte[] noSky = SpectrumFiles.sdss(2, "QSO", 36000, ones, new float[3], ones);
    rejected(NAME, noSky, FitsRejection.Reason.NO_USABLE_PIXEL);
  }

  @Test
  void readsAllRealOnes() throws IOException, FitsRejection {
    Path folder = SharedData.path("boss/3655-55240");
    int masked = 0;
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.sorted().toList();
      assertThat(all).hasSize(68);
      for (Path file : all) {
        SkySpectrum s = read(file.toString(), Files.readAllBytes(file));
        for (int p = 0; p < s.pixelCount(); p++) {
          assertThat(s.sky()[p] == 0 && s.ivar()[p] > 0).isFalse();
          masked += Math.abs(s.wavelength()[p] - 5578.9) < 2 && s.sky()[p] == 0 ? 1 : 0;
        }
      }
    }
    assertThat(masked).isGreaterThan(39);
  }

  private static void rejected(String name, byte[] raw, FitsRejection.Reason reason) {
    assertThatThrownBy(() -> read(name, raw))
        .isInstanceOfSatisfying(FitsRejection.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static SkySpectrum read(String name, byte[] raw) throws FitsRejection {
    return SdssSpectrumReader.read(name, raw, FitsLimits.DEFAULT);
  }
}
