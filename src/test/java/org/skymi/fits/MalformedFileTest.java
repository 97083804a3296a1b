package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.skymi.fits.FitsRejection.Reason;
import org.skymi.survey.Arm;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/** One test per kind of malformed input: each is rejected by name, with its reason. */
class MalformedFileTest {
  private static final String NAME = MadeUp.NAME;

  @Test
  void empty() {
    assertFrameRejected(new byte[0], Reason.EMPTY);
  }

  @Test
  void gzipOfNothing() {
    assertFrameRejected(MadeUp.gzip(new byte[0]), Reason.EMPTY);
  }

  @Test
  void textFile() {
    byte[] text = "wget: 404 Not Found\n".getBytes(StandardCharsets.US_ASCII);
    assertFrameRejected(text, Reason.NOT_FITS);
    assertFrameRejected(MadeUp.gzip(text), Reason.NOT_FITS);
  }

  @Test
  void truncatedPlain() {
    byte[] bytes = MadeUp.bytes(MadeUp.frame());
    assertFrameRejected(Arrays.copyOf(bytes, bytes.length / 2), Reason.TRUNCATED);
    assertFrameRejected(Arrays.copyOf(bytes, 1000), Reason.TRUNCATED);
  }

  @Test
  void truncatedAtAnHdu() {
    byte[] bytes = MadeUp.bytes(MadeUp.frame());
    assertFrameRejected(Arrays.copyOf(bytes, 2 * 2880), Reason.MISSING_HDU);
  }

  @Test
  void truncatedGzip() {
    byte[] gzip = MadeUp.gzip(MadeUp.bytes(MadeUp.frame()));
    for (int length : new int[] {2, 9, 10, 100, gzip.length / 2, gzip.length - 1}) {
      assertFrameRejected(Arrays.copyOf(gzip, length), Reason.TRUNCATED);
    }
  }

  @Test
  void lengthNoMultipleOf2880() {
    byte[] bytes = MadeUp.bytes(MadeUp.frame());
    assertFrameRejected(Arrays.copyOf(bytes, bytes.length - 10), Reason.BAD_LENGTH);
    assertFrameRejected(Arrays.copyOf(bytes, bytes.length + 10), Reason.BAD_LENGTH);
  }

  @Test
  void blockAfterTheLastHdu() {
    byte[] bytes = MadeUp.bytes(MadeUp.frame());
    assertFrameRejected(Arrays.copyOf(bytes, bytes.length + 2880), Reason.BAD_HEADER);
  }

  @Test
  void bytesAfterTheGzipStream() {
    byte[] gzip = MadeUp.gzip(MadeUp.bytes(MadeUp.frame()));
    assertFrameRejected(Arrays.copyOf(gzip, gzip.length + 100), Reason.BAD_GZIP);
  }

  @Test
  void flippedByteInGzip() {
    byte[] gzip = MadeUp.gzip(MadeUp.bytes(MadeUp.frame()));
    gzip[gzip.length / 2] ^= 1;
    assertFrameRejected(gzip, Reason.BAD_GZIP);
  }

  @Test
  void wrongCrcOfARightStream() {
    byte[] gzip = MadeUp.gzip(MadeUp.bytes(MadeUp.frame()));
    gzip[gzip.length - 8] ^= 1;
    assertFrameRejected(gzip, Reason.BAD_GZIP);
  }

  @Test
  void flippedByteInPlainData() {
    byte[] bytes = MadeUp.bytes(MadeUp.frame());
    bytes[2880 + 5] ^= 1;
    assertFrameRejected(bytes, Reason.CHECKSUM);
  }

  @Test
  void flippedByteInPlainHeader() {
    byte[] bytes = MadeUp.bytes(MadeUp.frame());
    assertFrameRejected(replaced(bytes, "'electron'", "'elektron'"), Reason.CHECKSUM);
  }

  @Test
  void nameOfAnotherFrame() {
    byte[] bytes = MadeUp.bytes(MadeUp.frame());
    for (String name :
        new String[] {
          "frame-83544501-TEST01_sp16b.fits",
          "frame-83544500-TEST02_sp16b.fits",
          "frame-83544500-TEST01_sp15b.fits",
          "frame-83544500-TEST01_sp16r.fits.gz",
          "spec-58017-TEST01_sp16-001.fits",
          "3703110.fits"
        }) {
      assertRejected(() -> FrameReader.read("a/b/" + name, bytes), Reason.IDENTITY_MISMATCH);
    }
  }

  @Test
  void nameOfAnotherSpectrum() {
    byte[] bytes = MadeUpRelease.dr7().bytes();
    for (String name : new String[] {"spec-58575-HD10N36B01_sp03-018.fits.gz", "740103018.fits"}) {
      assertRejected(
          () -> ReleaseSpectrumReader.read("a/b/" + name, bytes), Reason.IDENTITY_MISMATCH);
    }
    byte[] noObsId = MadeUpRelease.dr1().bytes();
    assertRejected(
        () -> ReleaseSpectrumReader.read("740103018.fits", noObsId), Reason.IDENTITY_MISMATCH);
  }

  @Test
  void nameThatAgreesOrSaysNothing() throws FitsRejection {
    byte[] bytes = MadeUpRelease.dr7().bytes();
    for (String name : new String[] {"740103017.fits.gz", "anything.fits", "740103017.FITS"}) {
      assertThat(ReleaseSpectrumReader.read("a/" + name, bytes).fibreId()).isEqualTo(17);
    }
  }

  @Test
  void plainContentUnderAGzipNameAndTheReverse() throws FitsRejection {
    Frame frame = MadeUp.frame();
    byte[] bytes = MadeUp.bytes(frame);
    MadeUp.assertSame(FrameReader.read(NAME + ".gz", bytes), frame);
    MadeUp.assertSame(FrameReader.read(NAME, MadeUp.gzip(bytes)), frame);
  }

  @Test
  void gzipOfTwoMembers() throws FitsRejection {
    byte[] bytes = MadeUp.bytes(MadeUp.frame());
    byte[] first = MadeUp.gzip(Arrays.copyOf(bytes, 5000));
    byte[] second = MadeUp.gzip(Arrays.copyOfRange(bytes, 5000, bytes.length));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    MadeUp.assertSame(FrameReader.read(NAME, both), MadeUp.frame());
  }

  @Test
  void missingHdu() {
    byte[] bytes = unsigned("'IVAR    '", "'IVAX    '");
    assertFrameRejected(bytes, Reason.MISSING_HDU);
  }

  @Test
  void shapesThatDisagree() {
    Frame wide = MadeUp.frame(MadeUp.ID, 7, 30);
    Frame narrow = MadeUp.frame(MadeUp.ID, 7, 29);
    byte[] mixed = MadeUp.bytes(wide);
    byte[] other = MadeUp.bytes(narrow);
    // Both have HDUs of a header block and a data block: take IVAR of the other.
    System.arraycopy(other, 2 * 2880, mixed, 2 * 2880, 2 * 2880);
    assertFrameRejected(mixed, Reason.BAD_SHAPE);
  }

  @Test
  void fibreMapOfAnotherNumberOfFibres() {
    byte[] mixed = MadeUp.bytes(MadeUp.frame(MadeUp.ID, 7, 30));
    byte[] other = MadeUp.bytes(MadeUp.frame(MadeUp.ID, 6, 30));
    int map = mixed.length - other.length;
    assertThat(map).isZero();
    int from = indexOf(mixed, "XTENSION= 'BINTABLE'");
    System.arraycopy(other, from, mixed, from, mixed.length - from);
    assertFrameRejected(mixed, Reason.BAD_SHAPE);
  }

  @Test
  void wavelengthsThatDecrease() {
    Frame frame = MadeUp.frame();
    frame.wavelength()[5][20] = frame.wavelength()[5][18];
    assertFrameRejected(MadeUp.bytes(frame), Reason.BAD_WAVELENGTH);
  }

  @Test
  void wavelengthsThatAreNoNumbers() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
      Frame frame = MadeUp.frame();
      frame.wavelength()[5][29] = bad;
      assertFrameRejected(MadeUp.bytes(frame), Reason.BAD_WAVELENGTH);
    }
  }

  @Test
  void noUsablePixel() {
    Frame frame = MadeUp.frame();
    for (float[] row : frame.ivar()) {
      Arrays.fill(row, 0);
    }
    assertFrameRejected(MadeUp.bytes(frame), Reason.NO_USABLE_PIXEL);
  }

  @Test
  void unknownFibreType() {
    assertFrameRejected(unsigned("PosErr  ", "PosErx  "), Reason.BAD_FIBERMAP);
  }

  @Test
  void fibreTwice() {
    Frame frame = MadeUp.frame();
    frame.fibres().fibreId()[3] = 1;
    assertFrameRejected(MadeUp.bytes(frame), Reason.BAD_FIBERMAP);
  }

  @Test
  void fibreBeyondTheSpectrograph() {
    Frame frame = MadeUp.frame();
    frame.fibres().fibreId()[3] = 251;
    assertFrameRejected(MadeUp.bytes(frame), Reason.BAD_FIBERMAP);
  }

  @Test
  void headerThatClaimsTooMuch() {
    String axis = "NAXIS1  =                   30";
    assertFrameRejected(unsigned(axis, "NAXIS1  =        1000000000000"), Reason.TOO_LARGE);
    assertFrameRejected(unsigned(axis, "NAXIS1  =  9223372036854775807"), Reason.TOO_LARGE);
    assertFrameRejected(unsigned(axis, "NAXIS1  =              1000000"), Reason.TRUNCATED);
    assertFrameRejected(unsigned(axis, "NAXIS1  =                   -1"), Reason.BAD_HEADER);
  }

  @Test
  void noPixelsButManyRows() {
    byte[] bytes = unsigned("NAXIS1  =                   30", "NAXIS1  =                    0");
    byte[] claims =
        replaced(bytes, "NAXIS2  =                    7", "NAXIS2  =           2000000000");
    // The data of the first HDU are none now, so that they look like another HDU.
    assertRejected(() -> FrameReader.read(NAME, claims), Reason.BAD_HEADER);
    byte[] headerOnly = Arrays.copyOf(claims, 2880);
    assertRejected(() -> FrameReader.read(NAME, headerOnly), Reason.BAD_SHAPE);
  }

  @Test
  void gzipBomb() {
    byte[] bomb = MadeUp.gzip(new byte[20 << 20]);
    FitsLimits limits = new FitsLimits(1 << 20);
    assertRejected(() -> Inflation.inflate(bomb, NAME, limits), Reason.TOO_LARGE);
  }

  @Test
  void gzipOfExactlyTheLimit() throws FitsRejection {
    byte[] gzip = MadeUp.gzip(new byte[1 << 20]);
    assertThat(Inflation.inflate(gzip, NAME, new FitsLimits(1 << 20))).hasSize(1 << 20);
    assertRejected(
        () -> Inflation.inflate(gzip, NAME, new FitsLimits((1 << 20) - 1)), Reason.TOO_LARGE);
  }

  @Test
  void planThatEscapesItsFolder() {
    for (String plan : new String[] {"'../..'", "'..'", "'a/b'", "'a\\b'", "'a b'", "''"}) {
      byte[] bytes = MadeUpRelease.dr7().with("PLANID", plan).bytes();
      assertThatThrownBy(() -> ReleaseSpectrumReader.read("x.fits", bytes))
          .as(plan)
          .isInstanceOf(FitsRejection.class);
    }
  }

  @Test
  void identityOutOfRange() {
    assertRejected("SPID", "17");
    assertRejected("SPID", "0");
    assertRejected("FIBERID", "251");
    assertRejected("FIBERID", "'abc'");
    assertRejected("LMJD", "99999999999999999999");
    assertRejected("LMJD", "-1");
  }

  @Test
  void identityThatContradictsTheFrameOfAnotherArm() {
    FrameId red = new FrameId(MadeUp.ID.plate(), MadeUp.ID.lmjm(), 16, Arm.RED);
    byte[] bytes = MadeUp.bytes(MadeUp.frame(red, 3, 10));
    assertFrameRejected(bytes, Reason.IDENTITY_MISMATCH);
  }

  @Test
  void everyRejectionNamesFileAndReason() {
    assertThatThrownBy(() -> FrameReader.read("some/where.fits", new byte[0]))
        .hasMessage("some/where.fits: EMPTY: no bytes");
  }

  private static void assertRejected(String card, String value) {
    byte[] bytes = MadeUpRelease.dr7().with(card, value).bytes();
    assertRejected(() -> ReleaseSpectrumReader.read("x.fits", bytes), Reason.BAD_HEADER);
  }

  private static void assertFrameRejected(byte[] raw, Reason reason) {
    assertRejected(() -> FrameReader.read(NAME, raw), reason);
  }

  private static void assertRejected(ThrowingCallable call, Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(FitsRejection.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  /** A frame's file without checksums, one text in it replaced. */
  private static byte[] unsigned(String text, String by) {
    byte[] bytes = MadeUp.bytes(MadeUp.frame());
    while (indexOf(bytes, "CHECKSUM=") >= 0) {
      bytes = replaced(replaced(bytes, "CHECKSUM=", "CHECKSUX="), "DATASUM =", "DATASUX =");
    }
    return replaced(bytes, text, by);
  }

  private static byte[] replaced(byte[] bytes, String text, String by) {
    assertThat(by).hasSameSizeAs(text);
    byte[] copy = bytes.clone();
    int at = indexOf(bytes, text);
    assertThat(at).isNotNegative();
    System.arraycopy(by.getBytes(StandardCharsets.US_ASCII), 0, copy, at, by.length());
    return copy;
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
