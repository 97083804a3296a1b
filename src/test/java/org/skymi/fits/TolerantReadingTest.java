package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.skymi.fits.FitsRejection.Reason;
import org.skymi.sky.frame.SubtractedFrame;
import org.skymi.survey.Frame;
import org.skymi.survey.ReleaseSpectrum;

/** Oddities of files that change nothing of what is read. */
class TolerantReadingTest {
  private static Frame read(Consumer<EditedFile> change) throws FitsRejection {
    EditedFile file = EditedFile.of(MadeUp.bytes(MadeUp.frame()));
    change.accept(file);
    return FrameReader.read(MadeUp.NAME, file.bytes());
  }

  private static void assertSame(Consumer<EditedFile> change) throws FitsRejection {
    MadeUp.assertSame(read(change), MadeUp.frame());
  }

  @Test
  void columnsOfFormatsThatNobodyAsksFor() throws FitsRejection {
    String[] formats = {"13X", "1PE(40)", "1QD", "2C", "3M", "2L"};
    int width = 2 + 8 + 16 + 16 + 48 + 2;
    assertSame(
        f -> {
          EditedFile.Part map = f.hdu("FIBERMAP");
          int row = map.data().capacity() / 7;
          ByteBuffer wider = ByteBuffer.allocate(7 * (row + width));
          byte[] cells = new byte[row];
          ByteBuffer from = map.data();
          for (int i = 0; i < 7; i++) {
            from.get(cells);
            wider.put(cells).put(new byte[width]);
          }
          map.data(wider).set("NAXIS1", "" + (row + width)).set("TFIELDS", "14");
          for (int c = 0; c < formats.length; c++) {
            map.set("TTYPE" + (9 + c), "'EXTRA" + c + "'");
            map.set("TFORM" + (9 + c), "'" + formats[c] + "'");
          }
          map.set("TSCAL9", "'odd'").set("TZERO10", "'odd'");
        });
  }

  @Test
  void anImageOfAThirdAxisOfOnePixel() throws FitsRejection {
    assertSame(f -> f.hdu("IVAR").set("NAXIS", "3").set("NAXIS3", "1"));
  }

  @Test
  void aPrimaryNameInAnotherCase() throws FitsRejection {
    assertSame(f -> f.primary().set("EXTNAME", "'Flux    '"));
  }

  @Test
  void aDataSumWithLeadingZeros() throws FitsRejection {
    byte[] bytes = MadeUp.bytes(MadeUp.frame());
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("DATASUM =");
    String card = new String(bytes, at, 80, StandardCharsets.ISO_8859_1);
    String digits = card.replaceAll("[^']*'(\\d+).*", "$1");
    String padded = String.format("%-80s", "DATASUM = '000" + digits + "'");
    System.arraycopy(padded.getBytes(StandardCharsets.US_ASCII), 0, bytes, at, 80);
    // The header has changed, so its own checksum goes.
    byte[] free = unsign(bytes, "CHECKSUM=");
    MadeUp.assertSame(FrameReader.read(MadeUp.NAME, free), MadeUp.frame());
    free[at + 14] = '9';
    assertThatThrownBy(() -> FrameReader.read(MadeUp.NAME, free)).hasMessageContaining("CHECKSUM");
  }

  private static byte[] unsign(byte[] bytes, String key) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .replace(key, "UNSIGNED".substring(0, key.length() - 1) + "=")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void integersWrittenAsReals() throws FitsRejection {
    for (String lmjm : new String[] {"83544500.0", "83544500.", "8.35445E7", "8.35445D+07"}) {
      assertSame(f -> f.primary().set("LMJM", lmjm));
    }
    assertThatThrownBy(() -> read(f -> f.primary().set("LMJM", "83544500.5")))
        .hasMessageContaining("no integer");
  }

  @Test
  void aBlankPosition() throws FitsRejection {
    Frame read = read(f -> f.primary().set("RA", "").set("DEC", "'      '"));
    assertThat(read.pointing().ra()).isNaN();
    assertThat(read.pointing().dec()).isNaN();
    MadeUpRelease release = MadeUpRelease.dr7().with("RA", "").without("DEC");
    ReleaseSpectrum spectrum = ReleaseSpectrumReader.read(release.name(), release.bytes());
    assertThat(spectrum.ra()).isNaN();
    assertThat(spectrum.dec()).isNaN();
    assertThatThrownBy(() -> read(f -> f.primary().set("RA", "'east'"))).hasMessageContaining("RA");
  }

  @Test
  void aFrameOfUnknownPositionIsWrittenAgain() throws FitsRejection {
    Frame read = read(f -> f.primary().set("RA", ""));
    MadeUp.assertSame(FrameReader.read(MadeUp.NAME, MadeUp.bytes(read)), read);
  }

  @Test
  void aDeadFibreWithoutWavelengths() throws FitsRejection {
    for (UnaryOperator<double[]> none :
        java.util.List.<UnaryOperator<double[]>>of(
            row -> new double[row.length],
            row -> filled(row.length, Double.NaN),
            row -> filled(row.length, 5000))) {
      Frame frame = MadeUp.frame();
      Arrays.fill(frame.ivar()[5], 0);
      frame.wavelength()[5] = none.apply(frame.wavelength()[5]);
      Frame read = FrameReader.read(MadeUp.NAME, MadeUp.bytes(frame));
      assertThat(read.wavelength()[5]).isEqualTo(frame.wavelength()[4]);
      assertThat(read.wavelength()[6]).isEqualTo(frame.wavelength()[6]);
      assertThat(read.ivar()[5]).containsOnly(0);
    }
  }

  private static double[] filled(int n, double value) {
    double[] row = new double[n];
    Arrays.fill(row, value);
    return row;
  }

  @Test
  void paddingWithoutWavelengths() throws FitsRejection {
    Frame frame = MadeUp.frame();
    double[] whole = new double[30];
    for (int k = 0; k < 30; k++) {
      whole[k] = 3700 + 1.5 * k;
    }
    frame.wavelength()[2] = whole.clone();
    for (int k : new int[] {0, 1, 12, 28, 29}) {
      frame.wavelength()[2][k] = 0;
      frame.ivar()[2][k] = 0;
    }
    Frame read = FrameReader.read(MadeUp.NAME, MadeUp.bytes(frame));
    for (int k = 0; k < 30; k++) {
      assertThat(read.wavelength()[2][k]).isCloseTo(whole[k], within(1e-9));
    }
  }

  @Test
  void paddingOfAReleasedSpectrum() throws FitsRejection {
    for (MadeUpRelease release : new MadeUpRelease[] {MadeUpRelease.dr7(), MadeUpRelease.dr9()}) {
      for (int k : new int[] {0, 38, 39}) {
        release.rows()[1][k] = 0;
        release.rows()[2][k] = 0;
      }
      double[] read = ReleaseSpectrumReader.read(release.name(), release.bytes()).wavelength();
      assertThat(read[1]).isEqualTo(release.rows()[2][1]);
      assertThat(read).isSorted();
      assertThat(read[39]).isBetween(3730.0, 3740.0);
    }
  }

  @Test
  void aHeaderOfMoreThan64KiB() throws FitsRejection {
    Consumer<EditedFile> comments =
        f -> {
          String last = "FRAMEVER=                    1";
          f.primary().remove("FRAMEVER");
          for (int i = 0; i < 1000; i++) {
            f.primary().add("HISTORY step " + i);
          }
          f.primary().add(last);
        };
    assertSame(comments);
    EditedFile file = EditedFile.of(MadeUp.bytes(MadeUp.frame()));
    comments.accept(file);
    // Gzipped, the first bytes hold it all.
    byte[] gzip = MadeUp.gzip(file.bytes());
    assertThat(FitsHeaders.sniff(MadeUp.NAME, gzip).frameId()).contains(MadeUp.ID);
  }

  @Test
  void gzipWhoseFirstMemberEndsInTheHeader() throws FitsRejection {
    byte[] bytes = MadeUp.bytes(MadeUp.frame());
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(MadeUp.gzip(Arrays.copyOf(bytes, 1000)));
    members.writeBytes(MadeUp.gzip(Arrays.copyOfRange(bytes, 1000, 2000)));
    members.writeBytes(MadeUp.gzip(Arrays.copyOfRange(bytes, 2000, bytes.length)));
    byte[] gzip = members.toByteArray();
    assertThat(FitsHeaders.sniff(MadeUp.NAME, gzip).frameId()).contains(MadeUp.ID);
    MadeUp.assertSame(FrameReader.read(MadeUp.NAME, gzip), MadeUp.frame());
  }

  @Test
  void bytesBeyondAsciiInComments() throws FitsRejection {
    assertSame(
        f ->
            f.primary()
                .add("COMMENT Observateur: Andr\u00e9\t\u00b5")
                .add("HISTORY r\u00e9duit")
                .add("SEEING  =                  2.0 / \u00b0 arcsec")
                .set("TELESCOP", "'LAMOST' / \u5174".replace('\u5174', '\u00ff')));
  }

  @Test
  void bytesBeyondAsciiInValues() {
    assertThatThrownBy(() -> read(f -> f.primary().set("TELESCOP", "'LAM\u00d6ST'")))
        .isInstanceOfSatisfying(
            FitsRejection.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_HEADER))
        .hasMessageContaining("0xD6");
    assertThatThrownBy(() -> read(f -> f.primary().add("SEEING  = 'a/\u001b[2J'")))
        .hasMessageContaining("0x1B");
  }

  @Test
  void anObjectTypeOfAnyLengthAndLettersIsReadAndWritten() throws FitsRejection, IOException {
    Frame frame = MadeUp.frame();
    frame.fibres().objectType()[1] = "a galaxy of the extended survey!";
    Frame read = FrameReader.read(MadeUp.NAME, MadeUp.bytes(frame));
    MadeUp.assertSame(read, frame);
    Frame latin =
        read(
            f ->
                f.hdu("FIBERMAP")
                    .data()
                    .put(12, "S\u00e9rsic\u0007   ".getBytes(StandardCharsets.ISO_8859_1)));
    assertThat(latin.fibres().objectType()[0]).startsWith("S?rsic?");
    for (Frame f : new Frame[] {read, latin}) {
      int n = f.fibreCount();
      float[][] zero = new float[n][f.pixelCount()];
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      String[] flags = new String[n];
      Arrays.fill(flags, "GOOD");
      String[] methods = new String[n];
      Arrays.fill(methods, "memory");
      SubtractedFrameWriter.write(
          SubtractedFrame.of(f, zero, zero),
          new SubtractedFrameWriter.FibreNotes(flags, methods, new float[n]),
          new SubtractedFrameWriter.Provenance("main", 1, "run", "none", "skymi", "smi"),
          out);
      FitsFile written = FitsFile.open("out.fits", out.toByteArray(), FitsLimits.DEFAULT);
      TableHdu map = new TableHdu(written.require("FIBERMAP"));
      assertThat(map.text("OBJTYPE", 1)).isEqualTo(f.fibres().objectType()[1]);
    }
  }

  @Test
  void aSideImageOfAnotherShapeLeavesTheFrameAlone() throws FitsRejection, IOException {
    Frame frame = MadeUp.frame();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter.write(frame, Optional.of(frame.ivar()), Optional.of(frame.flux()), out);
    EditedFile file = EditedFile.of(out.toByteArray());
    file.hdu("TRUTH_SKY").set("NAXIS1", "15").set("NAXIS2", "14");
    byte[] bytes = file.bytes();
    MadeUp.assertSame(FrameReader.read(MadeUp.NAME, bytes), frame);
    assertThat(FrameReader.sideProblems(MadeUp.NAME, bytes))
        .containsExactly("HDU 6 TRUTH_SKY set aside: 15 x 14 pixels, not 30 x 7");
    assertThat(FrameReader.readPipelineSky(MadeUp.NAME, bytes)).isPresent();
    assertThatThrownBy(() -> FrameReader.readTruth(MadeUp.NAME, bytes, FitsLimits.DEFAULT))
        .hasMessageContaining("BAD_SHAPE at HDU 6 TRUTH_SKY: 15 x 14 pixels, not 30 x 7");
  }

  @Test
  void magnitudesByWholeFilterNames() throws FitsRejection {
    assertMagnitude("'ugriz'", 2f);
    assertMagnitude("'gri     '", 1f);
    assertMagnitude("'MODugriz'", 2f);
    assertMagnitude("'V'", 1f);
    assertMagnitude("'r g'", 2f);
    assertMagnitude("'BV'", 2f);
    for (String other : new String[] {"'imag'", "'fibermagr'", "'Kp'", "'G'", "'magg'", "''"}) {
      assertMagnitude(other, Float.NaN);
    }
  }

  /** MAGn is n + 10. */
  private static void assertMagnitude(String type, float band) throws FitsRejection {
    MadeUpRelease release = MadeUpRelease.dr7().with("MAGTYPE", type);
    for (int n = 1; n <= 7; n++) {
      release.with("MAG" + n, "" + (10.0 + n));
    }
    float read = ReleaseSpectrumReader.read(release.name(), release.bytes()).magnitude();
    assertThat(read).as(type).isEqualTo(Float.valueOf(10 + band));
  }

  @Test
  void magnitudesThatStandForNone() throws FitsRejection {
    for (float none : new float[] {-32768, 99, -9999, 0}) {
      Frame frame = MadeUp.frame();
      frame.fibres().magnitude()[2] = none;
      assertThat(FrameReader.read(MadeUp.NAME, MadeUp.bytes(frame)).fibres().magnitude()[2])
          .isNaN();
    }
  }

  @Test
  void mediumResolutionByItsOwnNameIsNoLowResolutionSpectrum() throws FitsRejection {
    MadeUpRelease release =
        MadeUpRelease.dr9().with("EXTNAME", "'Information'").with("FILENAME", "'med-58268-X'");
    assertThat(FitsHeaders.sniff("740103017.fits", release.bytes()).kind())
        .isEqualTo(FitsKind.MEDIUM_SPECTRUM);
    assertThatThrownBy(() -> ReleaseSpectrumReader.read("740103017.fits", release.bytes()))
        .hasMessageContaining("UNKNOWN_KIND");
  }
}
