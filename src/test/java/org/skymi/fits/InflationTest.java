package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skymi.fits.FitsRejection.Reason;

class InflationTest {
  private static final byte[] CONTENT = content();

  private static byte[] content() {
    byte[] bytes = new byte[5000];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /** A stream as the command gzip writes it, and with all that a header may hold. */
  private static byte[] withHeader(int flags) {
    byte[] plain = MadeUp.gzip(CONTENT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(plain, 0, 3);
    out.write(flags);
    out.write(plain, 4, 6);
    if ((flags & 4) != 0) {
      out.write(300 & 0xff);
      out.write(300 >> 8);
      out.writeBytes(new byte[300]);
    }
    if ((flags & 8) != 0) {
      out.writeBytes("frame.fits\0".getBytes(StandardCharsets.US_ASCII));
    }
    if ((flags & 16) != 0) {
      out.writeBytes("a comment\0".getBytes(StandardCharsets.US_ASCII));
    }
    if ((flags & 2) != 0) {
      out.writeBytes(new byte[] {1, 2});
    }
    out.write(plain, 10, plain.length - 10);
    return out.toByteArray();
  }

  @Test
  void whatTheHeaderHoldsIsSkipped() throws FitsRejection {
    for (int flags : new int[] {0, 2, 4, 8, 16, 2 | 4 | 8 | 16}) {
      byte[] raw = withHeader(flags);
      assertThat(inflate(raw)).as("flags %d", flags).isEqualTo(CONTENT);
      assertThat(Inflation.inflatePrefix(raw, "it", 100)).isEqualTo(Arrays.copyOf(CONTENT, 100));
    }
  }

  @Test
  void aStreamThatEndsInItsHeaderIsCut() {
    byte[] raw = withHeader(2 | 4 | 8 | 16);
    int header = raw.length - (MadeUp.gzip(CONTENT).length - 10);
    for (int length = 2; length <= header; length++) {
      byte[] cut = Arrays.copyOf(raw, length);
      assertThatThrownBy(() -> inflate(cut))
          .isInstanceOfSatisfying(
              FitsRejection.class, e -> assertThat(e.reason()).isEqualTo(Reason.TRUNCATED));
    }
  }

  @Test
  void reservedFlagsAndOtherMethodsAreUnknown() {
    byte[] otherMethod = MadeUp.gzip(CONTENT);
    otherMethod[2] = 7;
    for (byte[] raw : new byte[][] {withHeader(32), withHeader(128), otherMethod}) {
      assertThatThrownBy(() -> inflate(raw))
          .isInstanceOf(FitsRejection.class)
          .hasMessageContaining("unknown compression");
    }
  }

  @Test
  void theLimitIsOfInflatedBytes() throws FitsRejection {
    for (byte[] raw : new byte[][] {CONTENT, MadeUp.gzip(CONTENT)}) {
      assertThat(Inflation.inflate(raw, "it", limit(CONTENT.length))).isEqualTo(CONTENT);
      assertThatThrownBy(() -> Inflation.inflate(raw, "it", limit(CONTENT.length - 1)))
          .isInstanceOfSatisfying(
              FitsRejection.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }
  }

  @Test
  void aPrefixIsAsLongAsAskedFor() throws FitsRejection {
    byte[] two = Arrays.copyOf(withHeader(8), 2 * withHeader(8).length);
    System.arraycopy(withHeader(8), 0, two, two.length / 2, two.length / 2);
    byte[] twice = Arrays.copyOf(CONTENT, 2 * CONTENT.length);
    System.arraycopy(CONTENT, 0, twice, CONTENT.length, CONTENT.length);
    for (int most : new int[] {1, 4999, 5000, 5001, 9999, 10000, 20000}) {
      byte[] wanted = Arrays.copyOf(twice, Math.min(most, twice.length));
      assertThat(Inflation.inflatePrefix(two, "it", most)).as("%d", most).isEqualTo(wanted);
      assertThat(Inflation.inflatePrefix(twice, "it", most)).as("%d", most).isEqualTo(wanted);
    }
    assertThat(inflate(two)).isEqualTo(twice);
  }

  private static byte[] inflate(byte[] raw) throws FitsRejection {
    return Inflation.inflate(raw, "it", FitsLimits.DEFAULT);
  }

  private static FitsLimits limit(int bytes) {
    return new FitsLimits(bytes);
  }
}
