package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.ImageHDU;
import nom.tam.image.compression.hdu.CompressedImageHDU;
import nom.tam.image.compression.hdu.CompressedTableHDU;
import nom.tam.util.FitsOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skymi.Damage;
import org.skymi.fits.FitsRejection.Reason;
import org.skymi.survey.Arm;
import org.skymi.survey.Frame;
import org.skymi.survey.ReleaseSpectrum;

/** Files compressed by bzip2, and by tiles as fpack does it. */
class CompressedFileTest {
  private static byte[] bzip2(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream to = new BZip2CompressorOutputStream(out, 1)) {
      to.write(bytes);
    }
    return out.toByteArray();
  }

  /** Images, and tables if wanted, compressed without loss behind an empty primary HDU. */
  private static byte[] tiles(byte[] bytes, String algorithm, boolean tables)
      throws FitsException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Fits fits = new Fits(new ByteArrayInputStream(bytes));
        FitsOutputStream to = new FitsOutputStream(out)) {
      to.write(HduWriter.primary().shape(8).header());
      for (BasicHDU<?> hdu : fits.read()) {
        if (hdu instanceof ImageHDU image) {
          CompressedImageHDU tiled = CompressedImageHDU.fromImageHDU(image);
          tiled.setCompressAlgorithm(
              image.getHeader().getIntValue("BITPIX") > 0 ? algorithm : "GZIP_2");
          tiled.compress();
          tiled.write(to);
        } else if (tables) {
          CompressedTableHDU tiled =
              CompressedTableHDU.fromBinaryTableHDU((BinaryTableHDU) hdu, 3, "GZIP_1");
          tiled.compress();
          tiled.write(to);
        } else {
          hdu.write(to);
        }
      }
    }
    return out.toByteArray();
  }

  @Test
  void aFrameAsBzip2() throws FitsRejection, IOException {
    byte[] raw = bzip2(MadeUp.bytes(MadeUp.frame()));
    MadeUp.assertSame(FrameReader.read(MadeUp.NAME + ".bz2", raw), MadeUp.frame());
    assertThat(FitsHeaders.sniff(MadeUp.NAME + ".bz2", raw).frameId()).contains(MadeUp.ID);
  }

  @Test
  void aCutOrDamagedBzip2() throws IOException {
    byte[] raw = bzip2(MadeUp.bytes(MadeUp.frame()));
    assertRejected(Arrays.copyOf(raw, raw.length / 2), Reason.TRUNCATED);
    assertRejected(Arrays.copyOf(raw, 10), Reason.TRUNCATED);
    byte[] flipped = raw.clone();
    flipped[11] ^= 1; // the first block's CRC
    assertRejected(flipped, Reason.BAD_COMPRESSION);
    byte[] bomb = bzip2(new byte[20 << 20]);
    assertThatThrownBy(() -> Inflation.inflate(bomb, "x", new FitsLimits(1 << 20)))
        .hasMessageContaining("TOO_LARGE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RICE_1", "GZIP_1", "GZIP_2"})
  void aFrameInTiles(String algorithm) throws Exception {
    byte[] raw = tiles(MadeUp.bytes(MadeUp.frame()), algorithm, false);
    String name = MadeUp.NAME + ".fz";
    assertThat(FitsHeaders.sniff(name, raw).frameId()).contains(MadeUp.ID);
    MadeUp.assertSame(FrameReader.read(name, raw), MadeUp.frame());
  }

  @Test
  void tablesInTiles() throws Exception {
    byte[] raw = tiles(MadeUp.bytes(MadeUp.frame()), "RICE_1", true);
    MadeUp.assertSame(FrameReader.read(MadeUp.NAME, raw), MadeUp.frame());
  }

  @Test
  void aReleasedSpectrumAndAnSdssFrameInTiles() throws Exception {
    MadeUpRelease release = MadeUpRelease.dr7();
    byte[] raw = tiles(release.bytes(), "RICE_1", false);
    ReleaseSpectrum read = ReleaseSpectrumReader.read(release.name() + ".fz", raw);
    assertThat(read.flux())
        .isEqualTo(ReleaseSpectrumReader.read(release.name(), release.bytes()).flux());
    SdssFile sdss = SdssFrameReaderTest.file(Arm.RED);
    Frame frame = FrameReader.read(sdss.name() + ".fz", tiles(sdss.bytes(), "RICE_1", false));
    MadeUp.assertSame(frame, FrameReader.read(sdss.name(), sdss.bytes()));
  }

  @Test
  void damagedTilesAreReadOrRejected() throws Exception {
    byte[] whole = tiles(MadeUp.bytes(MadeUp.frame()), "RICE_1", true);
    Random random = new Random(21);
    int rejected = 0;
    for (int round = 0; round < Math.min(Damage.rounds(), 1000); round++) {
      byte[] damaged = Damage.of(whole, random);
      long before = Damage.allocated();
      try {
        FrameReader.read("x.fits.fz", damaged);
      } catch (FitsRejection e) {
        rejected++;
      }
      assertThat(Damage.allocated() - before).isLessThan(200L << 20);
    }
    assertThat(rejected).isPositive();
  }

  @Test
  void tilesThatClaimTooMuch() throws Exception {
    byte[] raw = tiles(MadeUp.bytes(MadeUp.frame()), "RICE_1", false);
    EditedFile large = EditedFile.of(raw);
    large.hdu(1).set("ZNAXIS2", "2000000000");
    assertRejected(large.bytes(), Reason.TOO_LARGE);
    EditedFile none = EditedFile.of(raw);
    none.hdu(1).set("ZCMPTYPE", "'MAGIC'");
    assertRejected(none.bytes(), Reason.BAD_COMPRESSION);
  }

  private static void assertRejected(byte[] raw, Reason reason) {
    assertThatThrownBy(() -> FrameReader.read(MadeUp.NAME, raw))
        .isInstanceOfSatisfying(FitsRejection.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
