package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skymi.Damage;
import org.skymi.fits.FitsRejection.Reason;
import org.skymi.survey.Arm;
import org.skymi.survey.Frame;
import org.skymi.survey.ReleaseSpectrum;

/**
 * Seeded damage: a damaged file reads as the original or is rejected; it never reads as something
 * else, and nothing but a rejection is thrown. Only what has neither CRC nor checksum may read as
 * something else.
 */
@Timeout(600)
class MutationTest {
  private static final int ROUNDS = Damage.rounds();

  /** What reading the small files here may allocate: far above their size, far below any lie. */
  private static final long MOST_ALLOCATED = 80L << 20;

  @Test
  void plainFrameWithChecksums() {
    Frame frame = MadeUp.frame(MadeUp.ID, 3, 10);
    damage(1, MadeUp.bytes(frame), raw -> same(raw, frame));
  }

  @Test
  void gzippedFrame() {
    Frame frame = MadeUp.frame(MadeUp.ID, 3, 10);
    damage(2, MadeUp.gzip(MadeUp.bytes(frame)), raw -> same(raw, frame));
  }

  @Test
  void gzippedReleaseSpectra() throws FitsRejection {
    int seed = 3;
    for (MadeUpRelease release :
        new MadeUpRelease[] {MadeUpRelease.dr1(), MadeUpRelease.dr7(), MadeUpRelease.dr9()}) {
      ReleaseSpectrum whole = ReleaseSpectrumReader.read(release.name(), release.bytes());
      damage(
          seed++,
          MadeUp.gzip(release.bytes()),
          raw ->
              assertThat(ReleaseSpectrumReader.read(release.name(), raw))
                  .usingRecursiveComparison()
                  .withEqualsForType(Float::equals, Float.class)
                  .isEqualTo(whole));
    }
  }

  @Test
  void plainReleaseSpectraAreReadOrRejected() {
    int seed = 6;
    for (MadeUpRelease release :
        new MadeUpRelease[] {
          MadeUpRelease.dr1(), MadeUpRelease.dr2(), MadeUpRelease.dr7(), MadeUpRelease.dr9()
        }) {
      damage(
          seed++, release.bytes(), raw -> ReleaseSpectrumReader.read(release.name(), raw).flux());
    }
  }

  @Test
  void plainSdssFramesAreReadOrRejected() {
    SdssFile file = SdssFrameReaderTest.file(Arm.BLUE);
    // SDSS's have no checksums, which would tell of all damage at once.
    String text = new String(file.bytes(), StandardCharsets.ISO_8859_1);
    byte[] whole =
        text.replace("CHECKSUM=", "CHECKNOT=")
            .replace("DATASUM =", "DATANOT =")
            .getBytes(StandardCharsets.ISO_8859_1);
    damage(12, whole, raw -> FrameReader.read(file.name(), raw).flux());
  }

  @Test
  void sniffingReadsOrRejects() {
    damage(10, MadeUp.bytes(MadeUp.frame()), raw -> FitsHeaders.sniff("x.fits", raw));
    byte[] gzip = MadeUp.gzip(MadeUpRelease.dr7().bytes());
    damage(11, gzip, raw -> FitsHeaders.sniff("x.fits", raw));
  }

  private interface Reading {
    void read(byte[] raw) throws FitsRejection;
  }

  private static void same(byte[] raw, Frame frame) throws FitsRejection {
    MadeUp.assertSame(FrameReader.read(MadeUp.NAME, raw), frame);
  }

  private static void damage(int seed, byte[] whole, Reading reading) {
    Random random = new Random(seed);
    Map<Reason, Integer> rejected = new EnumMap<>(Reason.class);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = Damage.of(whole, random);
      long before = Damage.allocated();
      try {
        reading.read(damaged);
      } catch (FitsRejection e) {
        rejected.merge(e.reason(), 1, Integer::sum);
      } catch (RuntimeException e) {
        fail("seed " + seed + " round " + round, e);
      }
      assertThat(Damage.allocated() - before).as("bytes").isLessThan(MOST_ALLOCATED);
    }
    assertThat(rejected).isNotEmpty();
  }
}
