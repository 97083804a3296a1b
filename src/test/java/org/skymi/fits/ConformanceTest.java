package org.skymi.fits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skymi.fits.CorrectedSpectrumWriter.Left;
import org.skymi.fits.SubtractedFrameWriter.FibreNotes;
import org.skymi.fits.SubtractedFrameWriter.Provenance;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.sky.frame.SubtractedFrame;
import org.skymi.survey.Frame;

/** What the standard asks of every file that is written; fitsverify asks for more, by hand. */
class ConformanceTest {
  private static final Provenance FROM =
      new Provenance("main", 3, "0123456789abcdef", "none", "skymi 1", "smi");
  private static final int CARD = 80;

  static Stream<byte[]> files() {
    PlateSimulator simulator =
        new PlateSimulator(PlateDesign.ideal("X", 58044, 1).withFibres(8).withPixels(120, 120));
    Frame frame = simulator.frame(simulator.ids().get(0)).frame();
    PlateSimulator ofDesi =
        new PlateSimulator(
            PlateDesign.ideal("DESI-1", 58100, 1).withFibres(8).withPixels(120, 120, 120));
    Frame other = ofDesi.frame(ofDesi.ids().get(0)).frame();
    return Stream.of(
        Written.by(out -> FrameWriter.write(frame, Optional.empty(), Optional.empty(), out)),
        Written.by(out -> SubtractedFrameWriter.write(subtracted(frame), notes(frame), FROM, out)),
        Written.by(out -> DesiFrameWriter.write(other, Optional.empty(), out)),
        Written.by(
            out -> DesiFrameWriter.writeSubtracted(subtracted(other), notes(other), FROM, 1, out)),
        Written.by(out -> DesiFrameWriter.writeSky(subtracted(other), FROM, 1, out)),
        corrected(MadeUpRelease.dr7().name(), MadeUpRelease.dr7().bytes(), MadeUpRelease.N),
        corrected(MadeUpRelease.dr9().name(), MadeUpRelease.dr9().bytes(), MadeUpRelease.N),
        corrected("spec-3655-55240-0002.fits", sdss(), 4));
  }

  private static SubtractedFrame subtracted(Frame frame) {
    float[][] sky = new float[frame.fibreCount()][];
    Arrays.setAll(sky, i -> new float[frame.pixelCount()]);
    float[][] ivar = new float[frame.fibreCount()][];
    Arrays.setAll(ivar, i -> new float[frame.pixelCount()]);
    Arrays.fill(sky[0], Float.NaN);
    Arrays.fill(ivar[1], 1);
    return SubtractedFrame.of(frame, sky, ivar);
  }

  private static FibreNotes notes(Frame frame) {
    int n = frame.fibreCount();
    FibreNotes notes = new FibreNotes(new String[n], new String[n], new float[n]);
    Arrays.fill(notes.flag(), "GOOD");
    Arrays.fill(notes.method(), "smi");
    notes.throughput()[0] = Float.NaN;
    return notes;
  }

  private static byte[] sdss() {
    float[] ones = {1, 1, 1, 1};
    return SpectrumFiles.sdss(2, "QSO", 36000, ones, ones, ones);
  }

  private static byte[] corrected(String name, byte[] raw, int pixels) {
    return Written.by(
        out -> {
          CorrectedSpectrumWriter writer;
          float[][] own;
          try {
            writer = CorrectedSpectrumWriter.of(name, raw, FitsLimits.DEFAULT);
            own = light(name, raw);
          } catch (FitsRejection e) {
            throw new AssertionError(e);
          }
          float[] ones = new float[pixels];
          Arrays.fill(ones, 1);
          writer.write(List.of(new Left(0, 'c', own[0], own[1], ones, ones, "memory")), FROM, out);
        });
  }

  private static float[][] light(String name, byte[] raw) throws FitsRejection {
    if (name.startsWith("spec-3655")) {
      var s = SdssSpectrumReader.read(name, raw, FitsLimits.DEFAULT);
      return new float[][] {s.flux(), s.ivar()};
    }
    var s = ReleaseSpectrumReader.read(name, raw);
    return new float[][] {s.flux(), s.ivar()};
  }

  @ParameterizedTest
  @MethodSource("files")
  void headersBeginAsTheStandardHasItAndSumsAreRight(byte[] bytes) throws Exception {
    List<Hdu> hdus = FitsFile.walk("x.fits", bytes, FitsLimits.DEFAULT);
    for (Hdu hdu : hdus) {
      List<String> names = names(hdu);
      List<String> first =
          new ArrayList<>(List.of(hdu.index() == 0 ? "SIMPLE" : "XTENSION", "BITPIX", "NAXIS"));
      long axes = hdu.cards().requiredInteger("NAXIS");
      for (int n = 1; n <= axes; n++) {
        first.add("NAXIS" + n);
      }
      if (hdu.index() > 0) {
        first.addAll(List.of("PCOUNT", "GCOUNT"));
      }
      if (hdu.isTable()) {
        first.add("TFIELDS");
      }
      assertThat(names).startsWith(first.toArray(String[]::new));
      assertThat(names.stream().filter(n -> n.matches("NAXIS\\d+"))).hasSize((int) axes);
      assertThat(names).contains("DATASUM", "CHECKSUM").endsWith("END");
      assertThat(names.stream().filter(n -> !n.isEmpty() && !n.equals("COMMENT")))
          .doesNotHaveDuplicates()
          .allMatch(n -> n.matches("[A-Z0-9_-]+"));
    }
    assertThat(bytes.length % FitsFile.BLOCK).isZero();
    try (Fits fits = new Fits(new ByteArrayInputStream(bytes))) {
      BasicHDU<?>[] read = fits.read();
      assertThat(read).hasSize(hdus.size());
      for (BasicHDU<?> hdu : read) {
        assertThat(hdu.verifyIntegrity()).isTrue();
      }
    }
  }

  private static List<String> names(Hdu hdu) {
    List<String> names = new ArrayList<>();
    for (int at = hdu.headerOffset(); at < hdu.dataOffset(); at += CARD) {
      String card = new String(hdu.bytes(), at, CARD, StandardCharsets.US_ASCII);
      assertThat(card).matches("[ -~]{80}");
      names.add(card.substring(0, 8).strip());
      if (card.startsWith("END ")) {
        break;
      }
    }
    return names;
  }
}
