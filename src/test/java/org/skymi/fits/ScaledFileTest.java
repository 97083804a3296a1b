package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skymi.fits.FitsRejection.Reason;
import org.skymi.survey.Arm;
import org.skymi.survey.Frame;
import org.skymi.survey.ReleaseSpectrum;

/** Scaling keywords of images and columns: a scaled copy reads as the original. */
class ScaledFileTest {
  private static final int BLANK = -32768;
  private Frame frame;

  /** Values that integers of a scale of 1/8 hold exactly. */
  @BeforeEach
  void eighths() {
    frame = MadeUp.frame();
    for (int i = 0; i < frame.fibreCount(); i++) {
      frame.fibres().x()[i] = i / 8.0;
      frame.fibres().magnitude()[i] = 14 + i / 8f;
      for (int k = 0; k < frame.pixelCount(); k++) {
        frame.flux()[i][k] = Math.round(8 * frame.flux()[i][k]) / 8f;
        frame.ivar()[i][k] = (1 + Math.round(8 * frame.ivar()[i][k])) / 8f;
        frame.mask()[i][k] &= 0xffff;
        frame.wavelength()[i][k] = 3700 + k + i / 8.0;
      }
    }
  }

  private EditedFile file() throws FitsRejection {
    return EditedFile.of(MadeUp.bytes(frame));
  }

  private static Frame read(EditedFile file) throws FitsRejection {
    return FrameReader.read(MadeUp.NAME, file.bytes());
  }

  @Test
  void imagesAsScaledIntegers() throws FitsRejection {
    EditedFile file = file();
    file.primary().asIntegers(0.125, 500, v -> Math.round(8 * (v - 500)));
    file.hdu("IVAR").asIntegers(0.125, 0, v -> Math.round(8 * v));
    file.hdu("WAVELENGTH").asIntegers(0.125, 3700, v -> Math.round(8 * (v - 3700)));
    MadeUp.assertSame(read(file), frame);
  }

  @Test
  void aMaskOfUnsignedIntegers() throws FitsRejection {
    EditedFile file = file();
    ByteBuffer mask = ByteBuffer.allocate(2 * 7 * 30);
    for (int[] row : frame.mask()) {
      for (int value : row) {
        mask.putShort((short) (value - 32768));
      }
    }
    file.hdu("MASK").data(mask).set("BITPIX", "16").set("BZERO", "32768");
    MadeUp.assertSame(read(file), frame);
  }

  @Test
  void aBlankPixelOfAnyImageIsUnusable() throws FitsRejection {
    for (String name : new String[] {"FLUX", "IVAR", "MASK"}) {
      EditedFile file = file();
      EditedFile.Part image = file.hdu(name);
      if (!name.equals("MASK")) {
        image.asIntegers(0.125, 0, v -> Math.round(8 * v));
      }
      image.data().putInt(4 * 33, BLANK);
      image.set("BLANK", "" + BLANK);
      Frame read = read(file);
      assertThat(read.ivar()[1][3]).as(name).isZero();
      assertThat(read.flux()[1][3]).isZero();
      assertThat(read.ivar()[1][4]).isEqualTo(frame.ivar()[1][4]);
      assertThat(read.flux()[1][4]).isEqualTo(frame.flux()[1][4]);
    }
  }

  @Test
  void aBlankWavelengthOfAUsablePixel() throws FitsRejection {
    EditedFile file = file();
    EditedFile.Part image = file.hdu("WAVELENGTH");
    image.asIntegers(0.125, 0, v -> Math.round(8 * v)).set("BLANK", "" + BLANK);
    image.data().putInt(4 * 33, BLANK);
    assertRejected(file, Reason.BAD_WAVELENGTH, "NaN");
  }

  @Test
  void columnsAsScaledIntegers() throws FitsRejection {
    EditedFile file = file();
    // FIBERID J, FIBERTYPE 8A, OBJTYPE 16A, RA D, DEC D, X_FOCAL D, Y_FOCAL D, MAG E.
    ByteBuffer from = file.hdu("FIBERMAP").data();
    int row = 4 + 8 + 16 + 32 + 4;
    ByteBuffer to = ByteBuffer.allocate(7 * (row - 2 - 4 - 2));
    for (int i = 0; i < 7; i++) {
      byte[] text = new byte[24];
      to.putShort((short) (from.getInt() - 32768));
      from.get(text);
      to.put(text).putDouble(from.getDouble()).putDouble(from.getDouble());
      to.putInt((int) Math.round(8 * from.getDouble()) + 7).putDouble(from.getDouble());
      float magnitude = from.getFloat();
      to.putShort((short) (i == 3 ? BLANK : Math.round(8 * magnitude)));
    }
    file.hdu("FIBERMAP").data(to).set("NAXIS1", "" + (row - 8));
    file.hdu("FIBERMAP").set("TFORM1", "'I'").set("TZERO1", "32768");
    file.hdu("FIBERMAP").set("TFORM6", "'J'").set("TSCAL6", 0.125).set("TZERO6", -7 * 0.125);
    file.hdu("FIBERMAP").set("TFORM8", "'I'").set("TSCAL8", 0.125).set("TNULL8", "" + BLANK);
    Frame read = read(file);
    frame.fibres().magnitude()[3] = Float.NaN;
    MadeUp.assertSame(read, frame);
  }

  @Test
  void aReleaseImageOfScaledIntegers() throws FitsRejection {
    MadeUpRelease release = MadeUpRelease.dr7();
    for (int k = 0; k < MadeUpRelease.N; k++) {
      release.rows()[2][k] = 3700 + k;
    }
    EditedFile file = EditedFile.of(release.bytes());
    file.primary().asIntegers(0.25, 1000, v -> Math.round(4 * (v - 1000))).set("BLANK", "77777");
    file.primary().data().putInt(4 * 7, 77777);
    ReleaseSpectrum read = ReleaseSpectrumReader.read(release.name(), file.bytes());
    ReleaseSpectrum whole = ReleaseSpectrumReader.read(release.name(), release.bytes());
    assertThat(read.ivar()[7]).isZero();
    assertThat(read.flux()[7]).isZero();
    whole.ivar()[7] = 0;
    whole.flux()[7] = 0;
    assertThat(read.flux()).isEqualTo(whole.flux());
    assertThat(read.ivar()).isEqualTo(whole.ivar());
    assertThat(read.wavelength()).isEqualTo(whole.wavelength());
    assertThat(read.andMask()).isEqualTo(whole.andMask());
  }

  @Test
  void aReleaseTableOfScaledColumns() throws FitsRejection {
    MadeUpRelease release = MadeUpRelease.dr9();
    EditedFile file = EditedFile.of(release.bytes());
    EditedFile.Part table = file.hdu("COADD");
    ByteBuffer from = table.data();
    int n = MadeUpRelease.N;
    ByteBuffer to = ByteBuffer.allocate(22 * n);
    for (int k = 0; k < 6 * n; k++) {
      float value = from.getFloat();
      if (k < n) {
        to.putFloat(k == 7 ? Float.NaN : value / 1000);
      } else if (k < 2 * n) {
        to.putShort((short) (k == n + 9 ? -1 : Math.round(4 * value)));
      } else {
        to.putFloat(value);
      }
    }
    table.data(to).set("NAXIS1", "" + 22 * n).set("TSCAL1", 1000);
    table.set("TFORM2", "'" + n + "I'").set("TSCAL2", 0.25).set("TNULL2", "-1");
    ReleaseSpectrum read = ReleaseSpectrumReader.read(release.name(), file.bytes());
    ReleaseSpectrum whole = ReleaseSpectrumReader.read(release.name(), release.bytes());
    for (int k : new int[] {7, 9}) {
      whole.ivar()[k] = 0;
      whole.flux()[k] = 0;
    }
    assertThat(read.ivar()).isEqualTo(whole.ivar());
    for (int k = 0; k < n; k++) {
      assertThat(read.flux()[k])
          .isEqualTo(whole.flux()[k], org.assertj.core.data.Offset.offset(1e-4f));
    }
  }

  @Test
  void anSdssImageOfScaledIntegersWithBlanks() throws FitsRejection {
    SdssFile sdss = SdssFrameReaderTest.file(Arm.RED);
    EditedFile file = EditedFile.of(sdss.bytes());
    Frame whole = FrameReader.read(sdss.name(), file.bytes());
    file.hdu(1).asIntegers(1e-6, 0, v -> Math.round(1e6 * v)).set("BLANK", "" + BLANK);
    file.hdu(1).data().putInt(4 * 3, BLANK);
    Frame read = FrameReader.read(sdss.name(), file.bytes());
    assertThat(read.ivar()[0][3]).isZero();
    assertThat(read.flux()[0][3]).isZero();
    assertThat((double) read.ivar()[2][5])
        .isCloseTo(whole.ivar()[2][5], org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void aScaleOfZeroOrNoNumber() throws FitsRejection {
    EditedFile zero = file();
    zero.hdu("IVAR").set("BSCALE", "0");
    assertRejected(zero, Reason.BAD_HEADER, "BSCALE = 0");
    EditedFile text = file();
    text.hdu("FIBERMAP").set("TSCAL8", "'much'");
    assertRejected(text, Reason.BAD_HEADER, "TSCAL8");
  }

  private static void assertRejected(EditedFile file, Reason reason, String text) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(FitsRejection.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(text);
  }
}
