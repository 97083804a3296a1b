package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.skymi.fits.FitsRejection.Reason;
import org.skymi.survey.FibreType;
import org.skymi.survey.ReleaseSpectrum;

/** Every era's layout, and the traps met in real files, on made-up ones. */
class ReleaseSpectrumReaderTest {
  @Test
  void dr1HasNoWavelengthRow() throws FitsRejection {
    ReleaseSpectrum spectrum = read(MadeUpRelease.dr1());
    assertThat(spectrum.wavelength()[0]).isCloseTo(Math.pow(10, 3.5682), within(1e-9));
    assertThat(spectrum.wavelength()[39]).isCloseTo(Math.pow(10, 3.5721), within(1e-9));
    assertThat(spectrum.flux()[3]).isEqualTo(103);
    assertThat(spectrum.obsId()).isZero();
    assertThat(spectrum.magnitude()).isEqualTo(14.16f);
    assertThat(spectrum.x()).isEqualTo(-539.035439226);
    assertThat(spectrum.signalToNoise()).startsWith(14.02f, 71.41f).endsWith(Float.NaN);
    assertThat(spectrum.plate().night().label()).isEqualTo("20190401");
  }

  @Test
  void dr1WithoutTheCardThatNamesItsRowsStillHasNoWavelengthRow() throws FitsRejection {
    ReleaseSpectrum spectrum = read(MadeUpRelease.dr1().without("EXTEN0"));
    assertThat(spectrum.wavelength()[0]).isCloseTo(Math.pow(10, 3.5682), within(1e-9));
  }

  @Test
  void dr2HasDoublesAndAQuotedFibre() throws FitsRejection {
    MadeUpRelease release = MadeUpRelease.dr2();
    ReleaseSpectrum spectrum = read(release);
    assertThat(spectrum.fibreId()).isEqualTo(17);
    assertThat(spectrum.wavelength()).containsExactly(release.rows()[2]);
    assertThat(spectrum.magnitude()).isEqualTo(11.34f);
    assertThat(spectrum.x()).isNaN();
  }

  @Test
  void dr7HasQuotedPositions() throws FitsRejection {
    MadeUpRelease release = MadeUpRelease.dr7();
    ReleaseSpectrum spectrum = read(release);
    assertThat(spectrum.x()).isEqualTo(-13.855460331);
    assertThat(spectrum.wavelength()).containsExactly(release.rows()[2]);
    assertThat(spectrum.type()).isEqualTo(FibreType.STANDARD);
    assertThat(spectrum.obsId()).isEqualTo(740103017);
    assertThat(spectrum.magnitude()).isEqualTo(16.5f);
    assertThat(spectrum.signalToNoise()[1]).isEqualTo(33.93f);
    assertThat(spectrum.andMask()).startsWith(0, 1, 2, 0);
    assertThat(spectrum.orMask()).containsOnly(5);
    assertThat(spectrum.heliocentricVelocity()).isEqualTo(18.92188);
    assertThat(spectrum.skyFibres()).isEqualTo(38);
  }

  @Test
  void dr7WithoutTheCardThatNamesItsRowsStillHasAWavelengthRow() throws FitsRejection {
    MadeUpRelease release = MadeUpRelease.dr7().without("EXTEN0");
    assertThat(read(release).wavelength()).containsExactly(release.rows()[2]);
  }

  @Test
  void dr9IsATableBehindStrayAxes() throws FitsRejection {
    MadeUpRelease release = MadeUpRelease.dr9();
    ReleaseSpectrum spectrum = read(release);
    assertThat(spectrum.pixelCount()).isEqualTo(MadeUpRelease.N);
    assertThat(spectrum.wavelength()).containsExactly(release.rows()[2]);
    assertThat(spectrum.ivar()).startsWith(0, 0.25f, 0.5f, 0.75f);
    assertThat(spectrum.type()).isEqualTo(FibreType.OBJECT);
    assertThat(spectrum.magnitude()).isEqualTo(17.04f);
  }

  @Test
  void blankAndMissingCardsAreUnknown() throws FitsRejection {
    ReleaseSpectrum spectrum =
        read(
            MadeUpRelease.dr7()
                .with("MOONPHA", "")
                .with("X_VALUE", "'        '")
                .with("MAG2", "99.0")
                .with("HELIO_RV", "-9999.0")
                .without("FIBERTYP")
                .without("NSKIES")
                .without("SNRG")
                .without("DATE-OBS")
                .without("VERSPIPE"));
    assertThat(spectrum.moonPhase()).isNaN();
    assertThat(spectrum.x()).isNaN();
    assertThat(spectrum.magnitude()).isNaN();
    assertThat(spectrum.heliocentricVelocity()).isZero();
    assertThat(spectrum.type()).isEqualTo(FibreType.OBJECT);
    assertThat(spectrum.skyFibres()).isEqualTo(-1);
    assertThat(spectrum.signalToNoise()[1]).isNaN();
    assertThat(spectrum.dateObs()).isEmpty();
  }

  @Test
  void aMaskThatIsNoNumberMakesItsPixelUnusable() throws FitsRejection {
    MadeUpRelease release = MadeUpRelease.dr7();
    release.rows()[3][7] = Double.NaN;
    assertThat(read(release).ivar()[7]).isZero();
  }

  @Test
  void noUsablePixel() {
    MadeUpRelease release = MadeUpRelease.dr7();
    java.util.Arrays.fill(release.rows()[1], 0);
    assertRejected(release, Reason.NO_USABLE_PIXEL);
  }

  @Test
  void wavelengthsThatStandStill() {
    MadeUpRelease release = MadeUpRelease.dr9();
    release.rows()[2][5] = release.rows()[2][4];
    assertRejected(release, Reason.BAD_WAVELENGTH);
  }

  @Test
  void wavelengthsInAir() {
    assertRejected(MadeUpRelease.dr7().with("VACUUM", "F"), Reason.BAD_WAVELENGTH);
  }

  @Test
  void noSpectrograph() {
    assertRejected(MadeUpRelease.dr7().without("SPID"), Reason.BAD_HEADER);
  }

  @Test
  void anUnknownFibreType() {
    assertRejected(MadeUpRelease.dr7().with("FIBERTYP", "'Oops'"), Reason.BAD_HEADER);
  }

  @Test
  void noLamostSpectrumAtAll() {
    assertRejected(MadeUpRelease.dr7().without("PLANID"), Reason.UNKNOWN_KIND);
  }

  private static ReleaseSpectrum read(MadeUpRelease release) throws FitsRejection {
    return ReleaseSpectrumReader.read(release.name(), release.bytes());
  }

  private static void assertRejected(MadeUpRelease release, Reason reason) {
    assertThatThrownBy(() -> read(release))
        .isInstanceOfSatisfying(FitsRejection.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(release.name());
  }
}
