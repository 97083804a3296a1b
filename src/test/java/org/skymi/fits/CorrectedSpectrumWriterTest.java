package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skymi.fits.CorrectedSpectrumWriter.Left;
import org.skymi.fits.SubtractedFrameWriter.Provenance;
import org.skymi.survey.InputException;
import org.skymi.survey.MediumSpectrum;
import org.skymi.survey.ReleaseSpectrum;

class CorrectedSpectrumWriterTest {
  private static final Provenance FROM =
      new Provenance("main", 3, "0123456789abcdef", "none", "skymi 1", "smi");
  private static final int N = MadeUpRelease.N;

  private static final String MEDIUM = "med-58646-TD10N42K01_sp12-076.fits";
  private static final double[] BLUE = {5100, 5100.2, 5100.4};
  private static final double[] RED = {6500, 6500.2, 6500.4};
  private static final double[] FROM_RED_END = {6500.4, 6500.2, 6500};
  private static final float[] FLUX = {1, 2, 3};
  private static final float[] IVAR = {4, 5, 0};

  static Stream<MadeUpRelease> layouts() {
    return Stream.of(
        MadeUpRelease.dr1(), MadeUpRelease.dr2(), MadeUpRelease.dr7(), MadeUpRelease.dr9());
  }

  private static byte[] written(MadeUpRelease release, float[] sky, float[] ivar, String source)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] raw = release.bytes();
    ReleaseSpectrum s = ReleaseSpectrumReader.read(release.name(), raw);
    CorrectedSpectrumWriter.of(release.name(), raw, FitsLimits.DEFAULT)
        .write(List.of(new Left(0, 'c', s.flux(), s.ivar(), sky, ivar, source)), FROM, out);
    assertThat(raw).as("the input in memory").isEqualTo(release.bytes());
    return out.toByteArray();
  }

  private static byte[] data(Hdu hdu) {
    return Arrays.copyOfRange(hdu.bytes(), hdu.dataOffset(), hdu.dataOffset() + hdu.dataLength());
  }

  private static List<Hdu> walk(byte[] bytes) throws FitsRejection {
    return FitsFile.walk("x.fits", bytes, FitsLimits.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void onlyTouchedPixelsOfFluxAndIvarDiffer(MadeUpRelease release) throws Exception {
    float[] sky = new float[N];
    float[] skyIvar = new float[N];
    for (int p = 10; p < 15; p++) {
      sky[p] = p - 12.25f;
      skyIvar[p] = 4;
    }
    byte[] bytes = written(release, sky, skyIvar, "memory");
    ReleaseSpectrum before = ReleaseSpectrumReader.read(release.name(), release.bytes());
    // Without the card that keeps it from being an input.
    EditedFile input = EditedFile.of(bytes);
    input.primary().remove("SKYSUB");
    ReleaseSpectrum after = ReleaseSpectrumReader.read(release.name(), input.bytes());
    int touched = 0;
    for (int p = 0; p < N; p++) {
      boolean taken = skyIvar[p] > 0 && before.ivar()[p] > 0;
      touched += taken ? 1 : 0;
      assertThat(after.flux()[p]).isEqualTo(taken ? before.flux()[p] - sky[p] : before.flux()[p]);
      assertThat(after.ivar()[p])
          .isCloseTo(taken ? 1 / (1 / before.ivar()[p] + 0.25f) : before.ivar()[p], within(1e-6f));
    }
    assertThat(touched).isEqualTo(4); // ivar is 0 at one of the five
    assertThat(after.wavelength()).isEqualTo(before.wavelength());
    assertThat(after.andMask()).isEqualTo(before.andMask());
    List<Hdu> was = walk(release.bytes());
    List<Hdu> is = walk(bytes);
    assertThat(is).hasSize(was.size() + 2);
    int different = 0;
    for (int i = 0; i < was.size(); i++) {
      byte[] a = data(was.get(i));
      byte[] b = data(is.get(i));
      assertThat(b).hasSameSizeAs(a);
      for (int k = 0; k < a.length; k++) {
        different += a[k] == b[k] ? 0 : 1;
      }
    }
    assertThat(different).isBetween(1, 4 * 2 * 8);
    assertThat(is.get(0).cards().text("SKYMETH")).contains("memory");
    assertThat(is.get(0).cards().text("SKYTAKEN")).contains("4");
    assertThat(is.get(0).cards().text("PLANID")).contains("HD10N36B01");
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void whatIsLeftAloneHasItsDataAsTheyWere(MadeUpRelease release) throws Exception {
    byte[] bytes = written(release, new float[N], new float[N], "super");
    List<Hdu> was = walk(release.bytes());
    for (int i = 0; i < was.size(); i++) {
      assertThat(data(walk(bytes).get(i))).isEqualTo(data(was.get(i)));
    }
    assertThat(walk(bytes).get(0).cards().text("SKYMETH")).contains("none");
  }

  static Stream<List<Written.Writer>> mediumLayouts() {
    return Stream.of(
        List.of(
            SpectrumFiles.rows("COADD_B", BLUE, FLUX, IVAR),
            SpectrumFiles.rows("COADD_R", RED, FLUX, IVAR),
            SpectrumFiles.rows("B-84450349", BLUE, FLUX, IVAR),
            SpectrumFiles.rows("R-84450349", FROM_RED_END, FLUX, IVAR)),
        List.of(
            SpectrumFiles.arrays("COADD_B", BLUE, FLUX, IVAR),
            SpectrumFiles.arrays("COADD_R", RED, FLUX, IVAR),
            SpectrumFiles.arrays("B-84450349", BLUE, FLUX, IVAR),
            SpectrumFiles.arrays("R-84450349", FROM_RED_END, FLUX, IVAR)));
  }

  @ParameterizedTest
  @MethodSource("mediumLayouts")
  void ofAMediumFileEveryExposureIsKeptAndOneIsCorrected(List<Written.Writer> parts)
      throws Exception {
    byte[] raw = SpectrumFiles.medium(parts.toArray(Written.Writer[]::new));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // In rising order of wavelength, which the file's pixels are not.
    CorrectedSpectrumWriter.of(MEDIUM, raw, FitsLimits.DEFAULT)
        .write(List.of(left('r', 84450349, new float[] {3, 2, 1})), FROM, out);
    byte[] bytes = out.toByteArray();
    List<Hdu> was = walk(raw);
    List<Hdu> is = walk(bytes);
    assertThat(is)
        .extracting(Hdu::name)
        .startsWith(was.stream().map(Hdu::name).toArray(String[]::new));
    assertThat(is.stream().skip(was.size()).map(Hdu::name))
        .containsExactly("RESIDSKY_R-84450349", "TOUCHED_R-84450349");
    for (int i = 0; i < 4; i++) {
      assertThat(data(is.get(i))).isEqualTo(data(was.get(i)));
    }
    EditedFile input = EditedFile.of(bytes);
    input.primary().remove("SKYSUB");
    List<MediumSpectrum> after =
        MediumSpectrumReader.read(MEDIUM, input.bytes(), FitsLimits.DEFAULT);
    assertThat(after).hasSize(4);
    // Rising: ivar 0, 5 and 4; taken from the second alone.
    assertThat(after.get(3).spectrum().flux()).containsExactly(3, 2 - 0.5f, 1);
    assertThat(after.get(3).spectrum().ivar()).containsExactly(0, 2.5f, 4);
    assertThat(ImageHdu.of(is.get(5)).floats(0)).containsExactly(0, 0.5f, 0);
    assertThat(is.get(4).cards().text("SKYTAKEN")).contains("1");
    assertThat(is.get(3).cards().text("SKYTAKEN")).isEmpty();
    try (Fits fits = new Fits(new ByteArrayInputStream(bytes))) {
      for (BasicHDU<?> hdu : fits.read()) {
        assertThat(hdu.verifyIntegrity()).isTrue();
      }
    }
  }

  @Test
  void aCorrectionIsPutOnTheLightThatItWasFoundInOnly() throws Exception {
    byte[] raw = SpectrumFiles.medium(SpectrumFiles.rows("R-84450349", RED, FLUX, IVAR));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Left wrong :
        List.of(
            left('r', 84450349, new float[] {1, 2, 4}),
            left('r', 84450349, new float[] {1, 2}),
            left('b', 84450349, FLUX),
            left('r', 84450350, FLUX))) {
      assertThatThrownBy(
              () ->
                  CorrectedSpectrumWriter.of(MEDIUM, raw, FitsLimits.DEFAULT)
                      .write(List.of(wrong), FROM, out))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("med-58646-TD10N42K01_sp12-076");
    }
    assertThat(out.size()).isZero();
  }

  /** Half a unit is left in the middle pixel. */
  private static Left left(char arm, int lmjm, float[] flux) {
    float[] ivar = flux[0] == 3 ? new float[] {0, 5, 4} : IVAR;
    return new Left(
        lmjm, arm, flux, ivar, new float[] {1, 0.5f, 1}, new float[] {0, 5, 0}, "memory");
  }

  @Test
  void checksumsAreRightAndNothingIsCorrectedTwice() throws Exception {
    float[] ivar = new float[N];
    Arrays.fill(ivar, 1);
    byte[] bytes = written(MadeUpRelease.dr7(), new float[N], ivar, "memory");
    try (Fits fits = new Fits(new ByteArrayInputStream(bytes))) {
      for (BasicHDU<?> hdu : fits.read()) {
        assertThat(hdu.verifyIntegrity()).isTrue();
      }
    }
    assertThat(written(MadeUpRelease.dr7(), new float[N], ivar, "memory")).isEqualTo(bytes);
    assertThatThrownBy(() -> ReleaseSpectrumReader.read(MadeUpRelease.dr7().name(), bytes))
        .isInstanceOf(FitsRejection.class)
        .hasMessageContaining("SKYSUB");
  }

  @Test
  void cardsThatTheStandardForbidsAreNotCopied() throws Exception {
    MadeUpRelease release = MadeUpRelease.dr9().with("DATE", "'2014-12-23 23:23:20'");
    assertThat(walk(release.bytes()).get(0).cards().text("NAXIS2")).isPresent();
    Hdu primary = walk(written(release, new float[N], new float[N], "super")).get(0);
    assertThat(primary.cards().requiredInteger("NAXIS")).isZero();
    assertThat(primary.cards().text("NAXIS1")).isEmpty();
    assertThat(primary.cards().text("NAXIS2")).isEmpty();
    assertThat(primary.cards().text("DATE")).contains("2014-12-23T23:23:20");
    assertThat(primary.cards().text("DATE-OBS")).contains("2019-04-01T14:03:00");
  }

  @Test
  void scaledFluxIsRefused() {
    MadeUpRelease release = MadeUpRelease.dr7().with("BSCALE", "2.0");
    assertThatThrownBy(
            () -> CorrectedSpectrumWriter.of(release.name(), release.bytes(), FitsLimits.DEFAULT))
        .isInstanceOf(FitsRejection.class)
        .hasMessageContaining("no plain reals");
  }
}
