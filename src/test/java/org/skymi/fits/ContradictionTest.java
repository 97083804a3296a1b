package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skymi.fits.FitsRejection.Reason;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;

/** Files that say two things, or what cannot be: converted where the unit tells, else rejected. */
class ContradictionTest {
  private static final FrameId RED =
      new FrameId(MadeUp.ID.plate(), MadeUp.ID.lmjm(), MadeUp.ID.spectrograph(), Arm.RED);

  private static EditedFile file() throws FitsRejection {
    return EditedFile.of(MadeUp.bytes(MadeUp.frame()));
  }

  private static Frame read(Consumer<EditedFile> change) throws FitsRejection {
    EditedFile file = file();
    change.accept(file);
    return FrameReader.read(MadeUp.NAME, file.bytes());
  }

  private static void assertRejected(Consumer<EditedFile> change, Reason reason, String text) {
    assertThatThrownBy(() -> read(change))
        .isInstanceOfSatisfying(FitsRejection.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @CsvSource({"ARM, 'r'", "LMJD, 58018", "SPID, 3", "PLANID, 'OTHER'", "EXPTIME, 900", "VACUUM, F"})
  void twoCardsThatDisagree(String key, String value) {
    String shown =
        value.matches("[A-Za-z]+") && value.length() != 1 || key.equals("ARM")
            ? "'" + value + "'"
            : value;
    assertRejected(
        f -> f.primary().add(String.format("%-8s= %20s", key, shown)),
        Reason.BAD_HEADER,
        "two cards " + key);
  }

  @Test
  void twoCardsOfAReleaseThatDisagree() throws FitsRejection {
    EditedFile file = EditedFile.of(MadeUpRelease.dr7().bytes());
    file.primary().add("FIBERID =                   18");
    assertThatThrownBy(() -> ReleaseSpectrumReader.read("x.fits", file.bytes()))
        .hasMessageContaining("two cards FIBERID: 17 and 18");
  }

  @Test
  void twoCardsThatAgreeOrThatNobodyReads() throws FitsRejection {
    Frame read =
        read(
            f ->
                f.primary()
                    .add("EXPTIME =               1800.0 / again")
                    .add("ARM     = 'b       '")
                    .add("SEEING  =                  2.0")
                    .add("SEEING  =                  3.0"));
    MadeUp.assertSame(read, MadeUp.frame());
  }

  @Test
  void twoColumnsOfOneName() {
    assertRejected(
        f -> f.hdu("FIBERMAP").set("TTYPE5", "'RA'"), Reason.BAD_HEADER, "two columns RA");
  }

  @ParameterizedTest
  @CsvSource({"AIRORVAC, 'air'", "VACUUM, 0", "VACUUM, F", "VACUUM, 'no'", "CTYPE1, 'AWAV'"})
  void wavelengthsInAirByTheirCards(String key, String value) {
    String shown = value.matches("[a-zA-Z]{2,}") ? "'" + value + "'" : value;
    for (String hdu : new String[] {"FLUX", "WAVELENGTH"}) {
      assertRejected(f -> f.hdu(hdu).set(key, shown), Reason.BAD_WAVELENGTH, "in air");
    }
    assertThatThrownBy(
            () ->
                ReleaseSpectrumReader.read("x.fits", MadeUpRelease.dr9().with(key, shown).bytes()))
        .hasMessageContaining("in air");
  }

  @Test
  void aTruthThatIsWrittenOtherwise() throws FitsRejection {
    for (String yes : new String[] {"1", "'T       '", "'TRUE'"}) {
      assertThat(read(f -> f.primary().set("VACUUM", yes)).fibreCount()).isEqualTo(7);
    }
    assertThat(read(f -> f.primary().set("AIRORVAC", "'vac'")).fibreCount()).isEqualTo(7);
  }

  /** Balmer lines and [O III], as line lists have them in vacuum and in air. */
  @ParameterizedTest
  @CsvSource({"4341.69, 4340.47", "4862.69, 4861.33", "5008.24, 5006.84", "6564.61, 6562.80"})
  void placesInAir(double vacuum, double air) {
    assertThat(AirLines.air(vacuum)).isCloseTo(air, within(0.012));
  }

  @Test
  void aReleasedSpectrumThatIsNotOptical() throws FitsRejection {
    assertThatThrownBy(
            () ->
                ReleaseSpectrumReader.read(
                    "x.fits", MadeUpRelease.dr1().with("COEFF0", "4.36820").bytes()))
        .isInstanceOfSatisfying(
            FitsRejection.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_WAVELENGTH))
        .hasMessageContaining("optical");
  }

  @Test
  void aPrimaryImageOfSomethingElse() {
    assertRejected(
        f -> f.primary().set("EXTNAME", "'SKY     '"), Reason.MISSING_HDU, "is not FLUX");
  }

  private static Frame inUnit(String unit, DoubleUnaryOperator of) throws FitsRejection {
    return read(
        f -> {
          EditedFile.Part image = f.hdu("WAVELENGTH");
          for (int k = 0; k < 7 * 30; k++) {
            image.data().putDouble(8 * k, of.applyAsDouble(image.data().getDouble(8 * k)));
          }
          image.set("BUNIT", "'" + unit + "'");
        });
  }

  @Test
  void wavelengthsInOtherUnitsAreConverted() throws FitsRejection {
    double[][] expected = MadeUp.frame().wavelength();
    for (Frame read :
        new Frame[] {
          inUnit("nm", w -> w / 10),
          inUnit("um", w -> w / 1e4),
          inUnit("0.1 nm", w -> w),
          inUnit("m", w -> w / 1e10),
          inUnit("log10(Angstrom)", Math::log10),
          inUnit("Angstroms", w -> w)
        }) {
      for (int k = 0; k < 30; k++) {
        assertThat(read.wavelength()[3][k]).isCloseTo(expected[3][k], within(1e-9));
      }
    }
  }

  @Test
  void aReleaseTableInNanometres() throws FitsRejection {
    MadeUpRelease release = MadeUpRelease.dr9();
    EditedFile file = EditedFile.of(release.bytes());
    EditedFile.Part table = file.hdu("COADD");
    for (int k = 2 * MadeUpRelease.N; k < 3 * MadeUpRelease.N; k++) {
      table.data().putFloat(4 * k, table.data().getFloat(4 * k) / 10);
    }
    table.set("TUNIT3", "'nm'");
    assertThat(ReleaseSpectrumReader.read("x.fits", file.bytes()).wavelength()[0])
        .isCloseTo(3700, within(1e-3));
  }

  @Test
  void wavelengthsInAnUnknownUnit() {
    assertThatThrownBy(() -> inUnit("furlong", w -> w))
        .hasMessageContaining("BAD_WAVELENGTH")
        .hasMessageContaining("'furlong'");
  }

  @Test
  void wavelengthsWhoseUnitIsALie() {
    for (DoubleUnaryOperator of :
        new DoubleUnaryOperator[] {w -> w / 10, Math::log10, w -> 10 * w}) {
      assertThatThrownBy(() -> inUnit("Angstrom", of))
          .hasMessageContaining("BAD_WAVELENGTH")
          .hasMessageContaining("no Angstrom of an optical spectrum");
    }
  }

  @Test
  void armsExchanged() {
    Frame red = MadeUp.frame(RED, 3, 10);
    Frame exchanged =
        new Frame(
            MadeUp.ID,
            red.pointing(),
            red.fibres(),
            red.flux(),
            red.ivar(),
            red.mask(),
            red.wavelength());
    assertThatThrownBy(() -> FrameReader.read("x.fits", MadeUp.bytes(exchanged)))
        .hasMessageContaining("BAD_WAVELENGTH")
        .hasMessageContaining("not the arm that ARM says, b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "'long'"})
  void anExposureTimeThatCannotBe(String value) {
    assertRejected(f -> f.primary().set("EXPTIME", value), Reason.BAD_HEADER, "EXPTIME");
  }

  @Test
  void fluxInOtherUnits() {
    for (String unit : new String[] {"'adu'", "'erg/s/cm2/A'"}) {
      assertRejected(f -> f.primary().set("BUNIT", unit), Reason.BAD_HEADER, "not electrons");
    }
  }

  @Test
  void positionsInMillimetresNeedAScale() throws FitsRejection {
    double x = MadeUp.frame().fibres().x()[4];
    assertRejected(
        f -> f.hdu("FIBERMAP").set("TUNIT6", "'mm'"), Reason.BAD_FIBERMAP, "no card FOCUS");
    Frame read =
        read(
            f -> {
              f.hdu("FIBERMAP").set("TUNIT6", "'mm'");
              f.primary().set("FOCUS", "20000");
            });
    assertThat(read.fibres().x()[4]).isCloseTo(Math.toDegrees(x / 20000), within(1e-12));
    assertRejected(
        f -> f.hdu("FIBERMAP").data().putDouble(4 + 8 + 16 + 16, 412.5),
        Reason.BAD_FIBERMAP,
        "no degrees");
    assertRejected(f -> f.hdu("FIBERMAP").set("TUNIT7", "'pixel'"), Reason.BAD_FIBERMAP, "'pixel'");
  }

  @Test
  void anglesInOtherUnits() throws FitsRejection {
    double y = MadeUp.frame().fibres().y()[4];
    Frame read = read(f -> f.hdu("FIBERMAP").set("TUNIT7", "'arcmin'").set("TUNIT4", "'rad'"));
    assertThat(read.fibres().y()[4]).isCloseTo(y / 60, within(1e-12));
  }

  /** Lines of the night sky in all fibres, on pixels of 1 Angstrom. */
  private static Frame sky(Arm arm, DoubleUnaryOperator stored) {
    FrameId id = arm == Arm.RED ? RED : MadeUp.ID;
    double[] lines = {5578.89, 6302.05, 6365.54, 7342.96, 7796.39, 8346.90, 8829.53};
    Frame frame = MadeUp.frame(id, 12, 3000);
    for (int i = 0; i < 12; i++) {
      frame.fibres().type()[i] = i < 6 ? FibreType.SKY : FibreType.OBJECT;
      for (int k = 0; k < 3000; k++) {
        double vacuum = (arm == Arm.RED ? 6100 : 3600) + k + 0.07 * i;
        double electrons = 300;
        for (double line : lines) {
          electrons += 5000 * Math.exp(-0.5 * Math.pow((vacuum - line) / 1.5, 2));
        }
        frame.flux()[i][k] = (float) electrons;
        frame.ivar()[i][k] = (float) (1 / electrons);
        frame.wavelength()[i][k] = stored.applyAsDouble(vacuum);
      }
    }
    return frame;
  }

  @Test
  void skyLinesWhereAirPutsThem() {
    for (Arm arm : Instrument.LAMOST.arms()) {
      byte[] bytes = MadeUp.bytes(sky(arm, AirLines::air));
      assertThatThrownBy(() -> FrameReader.read("x.fits", bytes))
          .hasMessageContaining("BAD_WAVELENGTH")
          .hasMessageContaining("sky lines lie where air puts them");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, -0.1, 0.6, -0.6, 1.6})
  void skyLinesThatAreMerelyOff(double shift) throws FitsRejection {
    for (Arm arm : Instrument.LAMOST.arms()) {
      Frame frame = sky(arm, w -> w + shift);
      MadeUp.assertSame(FrameReader.read("x.fits", MadeUp.bytes(frame)), frame);
    }
  }
}
