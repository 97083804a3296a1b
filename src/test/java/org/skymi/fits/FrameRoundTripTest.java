package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.Fits;
import org.junit.jupiter.api.Test;
import org.skymi.SharedData;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;

class FrameRoundTripTest {
  @Test
  void aFrameComesBackBitByBit() throws FitsRejection {
    Frame frame = MadeUp.frame();
    MadeUp.assertSame(FrameReader.read(MadeUp.NAME, MadeUp.bytes(frame)), frame);
  }

  @Test
  void aGzippedFrameComesBackBitByBit() throws FitsRejection {
    Frame frame = MadeUp.frame();
    byte[] gzip = MadeUp.gzip(MadeUp.bytes(frame));
    MadeUp.assertSame(FrameReader.read(MadeUp.NAME + ".gz", gzip), frame);
  }

  @Test
  void equalFramesGiveEqualBytes() {
    byte[] bytes = MadeUp.bytes(MadeUp.frame());
    assertThat(MadeUp.bytes(MadeUp.frame())).isEqualTo(bytes);
    assertThat(MadeUp.gzip(bytes)).isEqualTo(MadeUp.gzip(bytes));
  }

  @Test
  void theSkiesAreReadOnlyByTheirOwnMethods() throws Exception {
    Frame frame = MadeUp.frame();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter.write(frame, Optional.of(frame.ivar()), Optional.of(frame.flux()), out);
    byte[] bytes = out.toByteArray();
    MadeUp.assertSame(FrameReader.read(MadeUp.NAME, bytes), frame);
    assertThat(FrameReader.readTruth(MadeUp.NAME, bytes, FitsLimits.DEFAULT).orElseThrow())
        .isDeepEqualTo(frame.ivar());
    assertThat(FrameReader.readPipelineSky(MadeUp.NAME, bytes).orElseThrow())
        .isDeepEqualTo(frame.flux());
    assertThat(FrameReader.readTruth(MadeUp.NAME, MadeUp.bytes(frame), FitsLimits.DEFAULT))
        .isEmpty();
  }

  @Test
  void anotherReaderAgreesWithWhatIsWritten() throws Exception {
    Frame frame = MadeUp.frame();
    try (Fits fits = new Fits(new ByteArrayInputStream(MadeUp.bytes(frame)))) {
      BasicHDU<?>[] hdus = fits.read();
      assertThat(hdus).hasSize(5);
      for (BasicHDU<?> hdu : hdus) {
        assertThat(hdu.verifyIntegrity()).isTrue();
      }
      assertThat((float[][]) hdus[0].getKernel()).isDeepEqualTo(frame.flux());
      assertThat((double[][]) hdus[3].getKernel()).isDeepEqualTo(frame.wavelength());
      BinaryTable map = (BinaryTable) hdus[4].getData();
      assertThat(map.getDouble(3, 5)).isEqualTo(frame.fibres().x()[3]);
      assertThat(map.getString(2, 1)).isEqualTo(frame.fibres().type()[2].label());
    }
  }

  @Test
  void pixelsThatAreNoNumbersBecomeUnusable() throws FitsRejection {
    Frame frame = MadeUp.frame();
    frame.flux()[1][2] = Float.NaN;
    frame.ivar()[1][3] = Float.POSITIVE_INFINITY;
    frame.ivar()[1][4] = -1;
    Frame read = FrameReader.read(MadeUp.NAME, MadeUp.bytes(frame));
    for (int k = 2; k <= 4; k++) {
      assertThat(read.flux()[1][k]).isZero();
      assertThat(read.ivar()[1][k]).isZero();
    }
    assertThat(read.flux()[1][5]).isEqualTo(frame.flux()[1][5]);
  }

  @Test
  void imagesOfAnotherShapeAreNotWritten() {
    Frame frame = MadeUp.frame();
    frame.ivar()[3] = new float[29];
    assertThatThrownBy(() -> MadeUp.bytes(frame)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSampleFramesRead() throws Exception {
    Path folder = SharedData.path("frames/20171018/SAMPLE17G");
    for (String arm : new String[] {"b", "r"}) {
      Path path = folder.resolve("frame-83544500-SAMPLE17G_sp16" + arm + ".fits.gz");
      Frame frame = FrameReader.read(path.toString(), Files.readAllBytes(path));
      assertThat(frame.id().fileStem()).isEqualTo("frame-83544500-SAMPLE17G_sp16" + arm);
      assertThat(frame.fibreCount()).isEqualTo(250);
      assertThat(frame.pixelCount()).isBetween(3000, 4200);
      assertThat(frame.fibres().indicesOf(FibreType.SKY).length).isBetween(10, 60);
      assertThat(frame.pointing().exposureTime()).isEqualTo(1800);
    }
  }
}
