package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.skymi.SharedData;
import org.skymi.survey.Arm;
import org.skymi.survey.MediumSpectrum;

/** Medium-resolution files in both layouts, made-up and real ones. */
class MediumSpectrumReaderTest {
  private static final String NAME = "med-58646-TD10N42K01_sp12-076.fits";
  private static final double[] BLUE = {5100, 5100.2, 5100.4};
  private static final double[] RED = {6500, 6500.2, 6500.4};
  private static final double[] FROM_RED_END = {6500.4, 6500.2, 6500};
  private static final float[] FLUX = {1, 2, 3};
  private static final float[] IVAR = {4, 5, 0};

  @Test
  void bothLayoutsHoldTheSame() throws FitsRejection {
    List<MediumSpectrum> rows =
        read(
            SpectrumFiles.medium(
                SpectrumFiles.rows("COADD_B", BLUE, FLUX, IVAR),
                SpectrumFiles.rows("COADD_R", RED, FLUX, IVAR),
                SpectrumFiles.rows("B-84450349", BLUE, FLUX, IVAR),
                SpectrumFiles.rows("R-84450349", FROM_RED_END, FLUX, IVAR)));
    List<MediumSpectrum> arrays =
        read(
            SpectrumFiles.medium(
                SpectrumFiles.arrays("COADD_B", BLUE, FLUX, IVAR),
                SpectrumFiles.arrays("COADD_R", RED, FLUX, IVAR),
                SpectrumFiles.arrays("B-84450349", BLUE, FLUX, IVAR),
                SpectrumFiles.arrays("R-84450349", FROM_RED_END, FLUX, IVAR)));
    for (List<MediumSpectrum> read : List.of(rows, arrays)) {
      assertThat(read).extracting(MediumSpectrum::lmjm).containsExactly(0, 0, 84450349, 84450349);
      assertThat(read)
          .extracting(MediumSpectrum::arm)
          .containsExactly(Arm.BLUE, Arm.RED, Arm.BLUE, Arm.RED);
      assertThat(read.get(0).isCoadd()).isTrue();
      assertThat(read.get(1).spectrum().flux()).containsExactly(1, 2, 3);
      // Stored from the red end, given in rising order.
      assertThat(read.get(3).spectrum().flux()).containsExactly(3, 2, 1);
      assertThat(read.get(3).spectrum().ivar()).containsExactly(0, 5, 4);
      assertThat(read.get(3).spectrum().wavelength()[0]).isCloseTo(6500, within(2e-3));
      // 2019-06-12 01:49 at Xinglong.
      assertThat(read.get(3).spectrum().dateObs()).isEqualTo("2019-06-11T17:49:00");
      assertThat(read.get(3).spectrum().heliocentricVelocity()).isEqualTo(-9.6);
      assertThat(read.get(3).spectrum().fibreId()).isEqualTo(76);
    }
  }

  @Test
  void itsNameOrItsHeaderTells() throws FitsRejection {
    byte[] raw = SpectrumFiles.medium(SpectrumFiles.rows("COADD_B", BLUE, FLUX, IVAR));
    assertThat(FitsHeaders.sniff("747412076.fits", raw).kind()).isEqualTo(FitsKind.MEDIUM_SPECTRUM);
    rejected("med-58646-TD10N42K01_sp12-077.fits", raw, FitsRejection.Reason.IDENTITY_MISMATCH);
    rejected("spec-58646-TD10N42K01_sp12-076.fits", raw, FitsRejection.Reason.IDENTITY_MISMATCH);
  }

  @Test
  void rejectsWhatContradictsItself() {
    rejected(NAME, SpectrumFiles.medium(), FitsRejection.Reason.MISSING_HDU);
    rejected(
        NAME,
        SpectrumFiles.medium(SpectrumFiles.rows("COADD_B", RED, FLUX, IVAR)),
        FitsRejection.Reason.BAD_WAVELENGTH);
    for (double middle : new double[] {4840, 5460}) {
      double[] beyond = {middle - 0.1, middle, middle + 0.1};
      rejected(
          NAME,
          SpectrumFiles.medium(SpectrumFiles.rows("COADD_B", beyond, FLUX, IVAR)),
          FitsRejection.Reason.BAD_WAVELENGTH);
    }
    rejected(
        NAME,
        SpectrumFiles.medium(
            SpectrumFiles.rows("COADD_R", new double[] {6500, 6400, 6600}, FLUX, IVAR)),
        FitsRejection.Reason.BAD_WAVELENGTH);
    rejected(
        NAME,
        SpectrumFiles.medium(
            SpectrumFiles.rows("R-84450349", RED, FLUX, IVAR),
            SpectrumFiles.rows("R-84450349", RED, FLUX, IVAR)),
        FitsRejection.Reason.BAD_HEADER);
  }

  @Test
  void readsAllRealOnes() throws IOException, FitsRejection {
    Path folder = SharedData.path("lamost-mrs");
    List<Integer> counts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        List<MediumSpectrum> spectra =
            MediumSpectrumReader.read(
                file.toString(), Files.readAllBytes(file), FitsLimits.DEFAULT);
        counts.add(spectra.size());
        assertThat(spectra.stream().filter(MediumSpectrum::isCoadd)).hasSize(2);
        for (MediumSpectrum s : spectra) {
          double[] x = s.spectrum().wavelength();
          assertThat(x[0]).isLessThan(x[x.length - 1]);
          assertThat(s.exposureTime() >= 600 || s.isCoadd()).isTrue();
        }
      }
    }
    assertThat(counts).containsExactly(20, 12, 16, 8);
  }

  private static void rejected(String name, byte[] raw, FitsRejection.Reason reason) {
    assertThatThrownBy(() -> MediumSpectrumReader.read(name, raw, FitsLimits.DEFAULT))
        .isInstanceOfSatisfying(FitsRejection.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static List<MediumSpectrum> read(byte[] raw) throws FitsRejection {
    return MediumSpectrumReader.read(NAME, raw, FitsLimits.DEFAULT);
  }
}
