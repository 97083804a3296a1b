package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.skymi.cli.Said.said;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.Fits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.fits.SpectrumFiles;
import org.skymi.math.RobustStatistics;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.survey.Arm;
import org.skymi.survey.FrameId;

/** Spectra with their skies become spectra with better ones. */
class SdssSpectraExportTest {
  private static final int FIBRES = 8;

  /** The spectra's grid, 1e-4 in log10 Angstrom: 3802 to 9015 Angstrom. */
  private static final int FIRST = 35800;

  private static final int PIXELS = 3750;

  /** A pixel of an OH line, 7796 Angstrom, to which not all exposures were added. */
  private static final int REJECTED = 3118;

  private static final double HELIOCENTRIC = 17.37 / 299792.458;

  /** How much of the sky the survey has subtracted. */
  private static final float SUBTRACTED = 0.96f;

  private static final float NOISE = 0.05f;

  @TempDir static Path folder;

  /** What was true of each fibre's sky. */
  private static final float[][] TRUTH = new float[FIBRES][PIXELS];

  @BeforeAll
  static void aPlateWhoseSurveyTookTooLittle() throws IOException {
    System.setProperty("spark.master", "local[2]");
    PlateSimulator simulator =
        new PlateSimulator(PlateDesign.ideal("X", 55240, 1).withFibres(FIBRES));
    for (FrameId id : simulator.ids()) {
      resample(simulator.frame(id));
    }
    Path archive = Files.createDirectories(folder.resolve("archive"));
    Random random = new Random(7);
    for (int i = 0; i < FIBRES; i++) {
      float[] flux = new float[PIXELS];
      float[] sky = new float[PIXELS];
      float[] ivar = new float[PIXELS];
      for (int p = 0; p < PIXELS; p++) {
        sky[p] = SUBTRACTED * TRUTH[i][p];
        flux[p] = 2 + TRUTH[i][p] - sky[p] + NOISE * (float) random.nextGaussian();
        ivar[p] = 1 / (NOISE * NOISE);
      }
      // As the survey has it at 5577 Angstrom, and a pixel that nothing is known of.
      sky[1665] = 0;
      ivar[100] = 0;
      int[] rejected = new int[PIXELS];
      rejected[REJECTED] = 1 << 25;
      Files.write(
          archive.resolve(name(i)),
          SpectrumFiles.sdss(2 * i + 1, "QSO", FIRST, flux, sky, ivar, rejected));
    }
    QuickSettings.write(folder);
  }

  @AfterAll
  static void asBefore() {
    System.clearProperty("spark.master");
  }

  private static void resample(SimulatedFrame frame) {
    for (int i = 0; i < FIBRES; i++) {
      double[] wavelength = frame.frame().wavelength()[i];
      for (int p = 0; p < PIXELS; p++) {
        double x = Math.pow(10, (FIRST + p) * 1e-4) * (1 + HELIOCENTRIC);
        if (x < 5800 == (frame.frame().id().arm() == Arm.BLUE)) {
          int at = Arrays.binarySearch(wavelength, x);
          int k = Math.min(Math.max(at < 0 ? -at - 1 : at, 1), wavelength.length - 1);
          double f = (x - wavelength[k - 1]) / (wavelength[k] - wavelength[k - 1]);
          float[] sky = frame.truthSky()[i];
          TRUTH[i][p] = (float) ((1 - f) * sky[k - 1] + f * sky[k]) / 100;
        }
      }
    }
  }

  private static String name(int i) {
    return String.format(Locale.ROOT, "spec-3655-55240-%04d.fits", 2 * i + 1);
  }

  @Test
  void theyComeBackLessAnotherSky() throws Exception {
    Path drawn = exported("model");
    Path stored = exported("all");
    double[] before = new double[FIBRES];
    double[] after = new double[FIBRES];
    for (int i = 0; i < FIBRES; i++) {
      Path file = drawn.resolve("20100212/SDSS-3655/" + name(i) + ".gz");
      byte[] raw = Files.readAllBytes(folder.resolve("archive").resolve(name(i)));
      try (Fits was = new Fits(new ByteArrayInputStream(raw));
          Fits is = new Fits(file.toFile());
          Fits other = new Fits(stored.resolve("20100212/SDSS-3655/" + name(i) + ".gz").toFile())) {
        BasicHDU<?>[] old = was.read();
        BasicHDU<?>[] hdus = is.read();
        assertThat(hdus).hasSize(old.length + 2);
        for (BasicHDU<?> hdu : hdus) {
          assertThat(hdu.verifyIntegrity()).isTrue();
        }
        float[][] changed = columns(hdus[1]);
        float[][] released = columns(old[1]);
        assertSubtracted(hdus, changed, released);
        float[][] again = columns(other.read()[1]);
        assertThat(again[0]).containsExactly(changed[0], within(2e-3f));
        before[i] = off(released[1], i);
        after[i] = off(changed[1], i);
        assertThat(hdus[0].getHeader().getStringValue("SKYMETH")).contains("memory");
        assertThat(hdus[2].getHeader().getStringValue("EXTNAME")).isEqualTo("SPALL");
      }
    }
    String one = drawn.resolve("20100212/SDSS-3655/" + name(0) + ".gz").toString();
    assertThat(said(Main.INPUT, "inspect", one))
        .contains("UNKNOWN_KIND", "the sky is subtracted already");
    assertThat(RobustStatistics.median(after)).isLessThan(RobustStatistics.median(before) / 2);
  }

  private static Path exported(String spectra) throws IOException {
    Path out = folder.resolve("out-" + spectra);
    Path to = folder.resolve("to-" + spectra);
    String conf = folder.resolve("quick.conf").toString();
    String archive = folder.resolve("archive").toString();
    said(
        Main.DONE,
        "reprocess",
        archive,
        "--out",
        out.toString(),
        "--conf",
        conf,
        "--methods",
        "super,memory",
        "--spectra",
        spectra);
    assertThat(said(Main.DONE, "export", out.toString(), "--fits", "--to", to.toString()))
        .contains("manifest 1: " + FIBRES + " spectra");
    return to;
  }

  /** Flux, sky, ivar. */
  private static float[][] columns(BasicHDU<?> hdu) throws Exception {
    BinaryTable table = (BinaryTable) hdu.getData();
    return new float[][] {
      (float[]) table.getColumn(0), (float[]) table.getColumn(4), (float[]) table.getColumn(2)
    };
  }

  private static void assertSubtracted(BasicHDU<?>[] hdus, float[][] is, float[][] was)
      throws Exception {
    float[][] taken = (float[][]) hdus[3].getKernel();
    int[] touched = ((int[][]) hdus[4].getKernel())[0];
    int count = 0;
    for (int p = 0; p < PIXELS; p++) {
      count += touched[p];
      if (touched[p] == 0) {
        assertThat(new float[] {is[0][p], is[1][p], is[2][p]})
            .containsExactly(was[0][p], was[1][p], was[2][p]);
      } else {
        float recorded = was[0][p] + was[1][p];
        assertThat(is[0][p] + is[1][p]).isCloseTo(recorded, within(1e-5f * recorded));
        assertThat(is[0][p]).isEqualTo(was[0][p] - taken[0][p]);
        float variance = 1 / was[2][p] + 1 / taken[1][p];
        assertThat(is[2][p]).isCloseTo(1 / variance, within(1e-5f / variance));
      }
    }
    assertThat(touched[1665] + touched[100] + touched[REJECTED]).isZero();
    assertThat(touched[REJECTED - 1] + touched[REJECTED + 1]).isEqualTo(2);
    assertThat(count).isBetween(400, PIXELS / 2);
    assertThat(hdus[1].getHeader().getIntValue("SKYTAKEN")).isEqualTo(count);
  }

  /** How far a sky is from the true one in bright pixels, relative, median. */
  private static double off(float[] sky, int fibre) {
    double[] off = new double[PIXELS];
    double bright = 3 * RobustStatistics.median(doubles(TRUTH[fibre]));
    for (int p = 0; p < PIXELS; p++) {
      float truth = TRUTH[fibre][p];
      off[p] = truth > bright && sky[p] > 0 ? Math.abs(sky[p] / truth - 1) : Double.NaN;
    }
    return RobustStatistics.median(off);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, p -> values[p]);
    return doubles;
  }
}
