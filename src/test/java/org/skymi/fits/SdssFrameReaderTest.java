package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.MaskBit;
import org.skymi.survey.PlateId;

class SdssFrameReaderTest {
  private static final int N = 7;
  private static final int WIDTH = 60;

  /** Smooth wavelengths, as a polynomial can have them. */
  static SdssFile file(Arm arm) {
    return file(arm, false);
  }

  private static SdssFile file(Arm arm, boolean jump) {
    FrameId id = new FrameId(new PlateId("SDSS-3586", 55181), 106352, 2, arm);
    Frame frame = MadeUp.frame(id, N, WIDTH);
    float[][] sky = new float[N][WIDTH];
    for (int i = 0; i < N; i++) {
      for (int p = 0; p < WIDTH; p++) {
        sky[i][p] = 300 + i + p;
        double natural = p + (jump && p >= WIDTH / 2 ? SdssFile.JUMP : 0);
        frame.wavelength()[i][p] =
            (arm == Arm.BLUE ? 3600 : 5700) * Math.exp(4e-3 * natural) + 0.1 * i;
      }
    }
    SdssFile file = new SdssFile(frame, sky);
    file.jump = jump;
    return file;
  }

  private static Frame read(SdssFile file) throws FitsRejection {
    return FrameReader.read(file.name(), file.bytes());
  }

  @ParameterizedTest
  @CsvSource({
    "b, legendre, true, false",
    "r, legendre, false, false",
    "r, chebyshev, false, false",
    "b, poly, true, false",
    "r, legendre, false, true"
  })
  void theFrameIsAsRecorded(char arm, String function, boolean fromTheRed, boolean jump)
      throws FitsRejection {
    SdssFile file = file(Instrument.BOSS.arm(arm), jump);
    file.function = function;
    file.fromTheRed = fromTheRed;
    Frame read = read(file);
    assertThat(read.id()).isEqualTo(file.frame.id());
    assertThat(read.id().plate().night().label()).isEqualTo("20091215");
    assertThat(read.pointing().airmass()).isEqualTo(1.1);
    assertThat(read.pointing().dateObs()).isEqualTo("2011-06-30T06:11:22");
    for (int i = 0; i < N; i++) {
      for (int p = 0; p < WIDTH; p++) {
        double recorded = file.frame.flux()[i][p];
        assertThat((double) read.flux()[i][p]).isCloseTo(recorded, within(1e-3));
        assertThat(read.ivar()[i][p]).isEqualTo(file.frame.ivar()[i][p]);
        assertThat(read.wavelength()[i][p]).isCloseTo(file.frame.wavelength()[i][p], within(1e-3));
      }
    }
  }

  @Test
  void fibresAreThoseOfThePlugMap() throws FitsRejection {
    SdssFile file = file(Arm.RED);
    Frame read = read(file);
    for (int i = 0; i < N; i++) {
      FibreType type = file.frame.fibres().type()[i];
      boolean plugged = type != FibreType.DEAD && type != FibreType.UNUSED;
      assertThat(read.fibres().fibreId()[i]).isEqualTo(plugged ? 500 + i + 1 : N + i + 1);
      FibreType expected = type == FibreType.POSITION_ERROR || !plugged ? FibreType.UNUSED : type;
      assertThat(read.fibres().type()[i]).isEqualTo(expected);
      assertThat(read.fibres().x()[i]).isCloseTo(file.frame.fibres().x()[i], within(1e-9));
      assertThat(read.fibres().magnitude()[i])
          .isEqualTo(Float.valueOf(file.frame.fibres().magnitude()[i]));
    }
  }

  @Test
  void maskBitsAreTranslated() throws FitsRejection {
    SdssFile file = file(Arm.RED);
    file.sdssMask = new int[] {1, 1 << 1, 1 << 3, 1 << 18, 1 << 25, 1 << 23};
    int[] mask = read(file).mask()[0];
    assertThat(mask[0]).isEqualTo(MaskBit.DEAD_FIBRE.value());
    assertThat(mask[1]).isEqualTo(MaskBit.BAD_TRACE.value());
    assertThat(mask[2]).isEqualTo(MaskBit.BAD_TRACE.value());
    assertThat(mask[3]).isEqualTo(MaskBit.COSMIC_RAY.value() | 1 << 18);
    assertThat(mask[4]).isEqualTo(MaskBit.COSMIC_RAY.value() | 1 << 25);
    assertThat(mask[5]).isEqualTo(1 << 23);
    assertThat(mask[6]).isZero();
  }

  @Test
  void whatIsNoSpFrameIsRejectedWithTheReason() {
    SdssFile cut = file(Arm.RED);
    cut.hdus = 6;
    assertRejected(cut, cut.name(), FitsRejection.Reason.MISSING_HDU, "no HDU 6");
    SdssFile other = file(Arm.RED);
    assertRejected(
        other, "spFrame-r1-00106352.fits", FitsRejection.Reason.IDENTITY_MISMATCH, "sp02r");
    SdssFile strange = file(Arm.RED);
    strange.function = "spline";
    assertRejected(strange, strange.name(), FitsRejection.Reason.BAD_HEADER, "spline");
    SdssFile camera = file(Arm.RED);
    camera.camera = "z9";
    assertRejected(camera, "x.fits", FitsRejection.Reason.BAD_HEADER, "CAMERAS = 'z9'");
  }

  /** Fibres of many levels with the photon noise of electrons; their mean sky subtracted. */
  private static SdssFile calibrated() {
    SdssFile file = file(Arm.RED);
    file.kind = "spCFrame";
    for (int i = 0; i < N; i++) {
      for (int p = 0; p < WIDTH; p++) {
        file.frame.flux()[i][p] = 400 + 300 * i + p;
        file.frame.ivar()[i][p] = 1 / (file.frame.flux()[i][p] + 25);
      }
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"spCFrame", "renamed"})
  void calibratedFluxIsElectronsByItsNoise(String name) throws FitsRejection {
    SdssFile file = calibrated();
    Frame read = FrameReader.read(file.name().replace("spCFrame", name), file.bytes());
    assertThat(read.id()).isEqualTo(file.frame.id());
    assertThat(read.unit()).isEqualTo("electron");
    for (int i = 0; i < N; i++) {
      for (int p = 0; p < WIDTH; p++) {
        // One unit for all pixels of a block.
        double ratio = read.flux()[i][p] / file.frame.flux()[i][p];
        assertThat(ratio).isBetween(0.85, 1.15);
        double variance = (1 / read.ivar()[i][p]) / (1 / file.frame.ivar()[i][p]);
        assertThat(variance).isCloseTo(ratio * ratio, within(1e-3));
        assertThat(read.wavelength()[i][p]).isCloseTo(file.frame.wavelength()[i][p], within(1e-6));
      }
    }
  }

  @Test
  void calibratedFluxIsRefusedWhereItTellsNothingOfElectrons() {
    SdssFile file = calibrated();
    for (float[] row : file.sky) {
      Arrays.fill(row, 0);
    }
    assertRejected(file, file.name(), FitsRejection.Reason.UNKNOWN_KIND, "without the sky");
    SdssFile even = calibrated();
    for (int i = 0; i < N; i++) {
      for (int p = 0; p < WIDTH; p++) {
        // Brighter fibres have less noise.
        even.frame.ivar()[i][p] = even.frame.flux()[i][p];
      }
    }
    assertRejected(even, even.name(), FitsRejection.Reason.UNKNOWN_KIND, "no photon noise");
    SdssFile strange = calibrated();
    strange.unit = "furlong";
    assertRejected(strange, strange.name(), FitsRejection.Reason.UNKNOWN_KIND, "BUNIT");
  }

  @Test
  void aFieldOfSdss5IsAPlate() throws FitsRejection {
    SdssFile file = file(Arm.RED);
    file.isField = true;
    FrameId id = read(file).id();
    assertThat(id.plate().planId()).isEqualTo("SDSS-102345");
    assertThat(id.plate().lmjd()).isEqualTo(file.frame.id().plate().lmjd());
    assertThat(id.lmjm()).isEqualTo(file.frame.id().lmjm());
  }

  private static void assertRejected(
      SdssFile file, String name, FitsRejection.Reason reason, String text) {
    assertThatThrownBy(() -> FrameReader.read(name, file.bytes()))
        .isInstanceOfSatisfying(FitsRejection.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(text);
  }
}
