package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.skymi.cli.Said.said;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.fits.FrameWriter;
import org.skymi.fits.SdssFile;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.PlateId;

/** A plate of SDSS, from its files to tables and back to FITS. */
class SdssArchiveTest {
  private static final int EXPOSURE = 106352;
  private static final int MJD = 55181;

  @TempDir static Path folder;

  @BeforeAll
  static void aPlateOfBothArmsInBothSurveysFormats() throws IOException {
    System.setProperty("spark.master", "local[2]");
    PlateDesign design =
        PlateDesign.ideal("X", MJD, 1).withFibres(24).withExposureTime(900).withPixels(500, 500);
    PlateSimulator simulator = new PlateSimulator(design);
    Path archive = Files.createDirectories(folder.resolve("archive"));
    for (FrameId id : simulator.ids()) {
      SimulatedFrame simulated = simulator.frame(id);
      Frame f = simulated.frame();
      try (OutputStream out = Files.newOutputStream(archive.resolve(id.fileStem() + ".fits"))) {
        FrameWriter.write(f, Optional.empty(), Optional.empty(), out);
      }
      FrameId own = new FrameId(new PlateId("SDSS-3586", MJD), EXPOSURE, 1, id.arm());
      Frame frame =
          new Frame(own, f.pointing(), f.fibres(), f.flux(), f.ivar(), f.mask(), f.wavelength());
      SdssFile file = new SdssFile(frame, half(simulated.truthSky()));
      Files.write(archive.resolve(file.name()), file.bytes());
      // The same exposure with calibrated flux goes behind, though its name is the first.
      file.kind = "spCFrame";
      Files.write(archive.resolve(file.name()), file.bytes());
    }
    QuickSettings.write(folder);
  }

  @AfterAll
  static void asBefore() {
    System.clearProperty("spark.master");
  }

  /** A bad pipeline's sky: that it was subtracted must not matter. */
  private static float[][] half(float[][] sky) {
    float[][] half = new float[sky.length][sky[0].length];
    for (int i = 0; i < sky.length; i++) {
      for (int p = 0; p < sky[i].length; p++) {
        half[i][p] = sky[i][p] / 2;
      }
    }
    return half;
  }

  @Test
  void itsSkiesAreThoseOfTheSamePlateInLamostsFormat() throws IOException {
    String archive = folder.resolve("archive").toString();
    String file = folder.resolve("archive/spFrame-b1-00106352.fits").toString();
    assertThat(said(Main.DONE, "inspect", file))
        .contains(
            "fibre frame, sky not subtracted", "SDSS-3586, night 20091215", "24 fibres x 500");
    String out = folder.resolve("out").toString();
    String conf = folder.resolve("quick.conf").toString();
    said(Main.DONE, "reprocess", archive, "--out", out, "--conf", conf, "--spectra", "all");
    Map<String, Map<String, List<Float>>> skies = CampaignRows.spectra(Path.of(out), "sky_smi");
    Map<String, List<Float>> lamost = skies.get("X");
    Map<String, List<Float>> sdss = skies.get("SDSS-3586");
    assertThat(sdss).hasSize(2 * 24).containsOnlyKeys(lamost.keySet());
    int pixels = 0;
    for (String fibre : sdss.keySet()) {
      for (int p = 0; p < sdss.get(fibre).size(); p++) {
        float expected = lamost.get(fibre).get(p);
        float sky = sdss.get(fibre).get(p);
        if (Float.isFinite(expected)) {
          pixels++;
          assertThat(sky).isCloseTo(expected, within(1e-3f * Math.abs(expected) + 0.01f));
        }
      }
    }
    assertThat(pixels).isGreaterThan(2 * 20 * 400);
    Path to = folder.resolve("subtracted");
    said(Main.DONE, "export", out, "--fits", "--plate", "SDSS-3586", "--to", to.toString());
    assertThat(to.resolve("20091215/SDSS-3586/sframe-00106352-SDSS-3586_sp01b.fits.gz")).exists();
  }
}
