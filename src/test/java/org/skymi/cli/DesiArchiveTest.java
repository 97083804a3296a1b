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
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import org.apache.commons.lang3.ArrayUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.fits.DesiFrameWriter;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.table.FibreSkyTable;

/** A tile of DESI: three arms of two petals, from files to tables and back to FITS. */
class DesiArchiveTest {
  private static final int FIBRES = 24;
  private static final int PETALS = 2;

  @TempDir static Path folder;

  /** The campaign of the tile without flats. */
  private static String evenOut;

  @BeforeAll
  static void aTileWithSkiesAndFlats() throws IOException {
    System.setProperty("spark.master", "local[2]");
    PlateDesign design =
        PlateDesign.ideal("DESI-7", 58100, 1)
            .withSpectrographs(PETALS)
            .withFibres(FIBRES)
            .withPixels(400, 400, 400);
    PlateSimulator simulator = new PlateSimulator(design);
    for (String of : List.of("extracted", "even", "flats")) {
      Files.createDirectories(folder.resolve(of));
    }
    for (FrameId id : simulator.ids()) {
      SimulatedFrame simulated = simulator.frame(id);
      Frame even = simulated.frame();
      float[][] flat = flat(even);
      Optional<float[][]> truth = Optional.of(simulated.truthSky());
      try (OutputStream out = file("even", "frame", id)) {
        DesiFrameWriter.write(even, truth, out);
      }
      try (OutputStream out = file("extracted", "frame", id)) {
        DesiFrameWriter.write(even.flattened(inverse(flat)), Optional.empty(), out);
      }
      try (OutputStream out = file("extracted", "sky", id)) {
        DesiFrameWriter.writeSky(even, half(simulated.truthSky()), even.ivar(), out);
      }
      try (OutputStream out = file("flats", "fiberflat", id)) {
        // A flat has the layout of a sky, and no unit: that of pixels of 1 Angstrom.
        DesiFrameWriter.writeSky(even, perPixel(even, flat), ones(flat), out);
      }
    }
    QuickSettings.write(folder);
    evenOut = reprocess("even", "--methods", "super");
  }

  @AfterAll
  static void asBefore() {
    System.clearProperty("spark.master");
  }

  private static OutputStream file(String of, String kind, FrameId id) throws IOException {
    return Files.newOutputStream(
        folder.resolve(of).resolve(DesiFrameWriter.name(kind, id) + ".fits"));
  }

  private interface Value {
    double of(int fibre, int pixel);
  }

  private static float[][] image(Frame frame, Value value) {
    float[][] image = new float[frame.fibreCount()][frame.pixelCount()];
    for (int i = 0; i < image.length; i++) {
      for (int p = 0; p < image[i].length; p++) {
        image[i][p] = (float) value.of(i, p);
      }
    }
    return image;
  }

  private static float[][] flat(Frame frame) {
    return image(frame, (i, p) -> 0.8 + 0.02 * i * (1 + 0.1 * Math.sin(p)));
  }

  private static float[][] perPixel(Frame frame, float[][] flat) {
    double[] w = frame.wavelength()[0];
    return image(frame, (i, p) -> flat[i][p] * (w[1] - w[0]));
  }

  private static float[][] inverse(float[][] flat) {
    return each(flat, v -> 1 / v);
  }

  private static float[][] ones(float[][] flat) {
    return each(flat, v -> 1f);
  }

  /** A bad pipeline's sky. */
  private static float[][] half(float[][] sky) {
    return each(sky, v -> v / 2);
  }

  private interface Change {
    float of(float value);
  }

  private static float[][] each(float[][] image, Change change) {
    float[][] changed = new float[image.length][image[0].length];
    for (int i = 0; i < image.length; i++) {
      for (int p = 0; p < image[i].length; p++) {
        changed[i][p] = change.of(image[i][p]);
      }
    }
    return changed;
  }

  private static String reprocess(String of, String... more) {
    String out = folder.resolve("out-" + of).toString();
    String[] given = {
      "reprocess",
      folder.resolve(of).toString(),
      "--out",
      out,
      "--conf",
      folder.resolve("quick.conf").toString(),
      "--spectra",
      "all"
    };
    said(Main.DONE, ArrayUtils.addAll(given, more));
    return out;
  }

  private static Map<String, List<Float>> skies(String out, String column) throws IOException {
    return CampaignRows.spectra(Path.of(out), column).get("DESI-7");
  }

  @Test
  void flatsAreTakenOutAndTheSurveysSkyIsItsFiles() throws IOException, FitsException {
    String flats = folder.resolve("flats").toString();
    String out = reprocess("extracted", "--methods", "survey,super", "--fiberflat", flats);
    Map<String, List<Float>> expected = skies(evenOut, "sky_super");
    Map<String, List<Float>> found = skies(out, "sky_super");
    assertThat(found).hasSize(3 * PETALS * FIBRES).containsOnlyKeys(expected.keySet());
    assertThat(found).containsKeys("b0", "r23", "z500", "z523");
    int pixels = 0;
    for (String fibre : found.keySet()) {
      for (int p = 0; p < found.get(fibre).size(); p++) {
        Float sky = expected.get(fibre).get(p);
        if (sky != null && Float.isFinite(sky)) {
          pixels++;
          assertThat(found.get(fibre).get(p)).isCloseTo(sky, within(2e-3f * Math.abs(sky) + 0.02f));
        }
      }
    }
    assertThat(pixels).isGreaterThan(3 * PETALS * 20 * 380);
    Map<String, List<Float>> survey = skies(out, "sky_survey");
    assertThat(survey.get("z503").get(200) / found.get("z503").get(200)).isBetween(0.3f, 0.7f);
    exported(out);
  }

  private static void exported(String out) throws IOException, FitsException {
    Path to = folder.resolve("subtracted");
    said(
        Main.DONE,
        "export",
        out,
        "--fits",
        "--archive",
        folder.resolve("extracted").toString(),
        "--to",
        to.toString());
    List<Path> files;
    try (var walk = Files.walk(to)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    assertThat(files).hasSize(2 * 3 * PETALS);
    Path sframe = files.get(0);
    assertThat(sframe.toString()).matches(".*/20171212/\\d{8}/sframe-b0-\\d{8}\\.fits\\.gz");
    try (Fits fits = new Fits(sframe.toFile())) {
      Header header = fits.getHDU(0).getHeader();
      assertThat(header.getStringValue("BUNIT")).isEqualTo("electron/Angstrom");
      assertThat(header.getStringValue("CAMERA")).isEqualTo("b0");
      assertThat(header.getStringValue("SKYMETH")).isEqualTo("super");
      assertThat(fits.getHDU(3).getAxes()).containsExactly(400);
      assertThat(fits.getHDU(4).getHeader().getStringValue("EXTNAME")).isEqualTo("FIBERMAP");
    }
    assertThat(said(Main.INPUT, "inspect", sframe.toString())).contains("sky is subtracted");
  }

  @Test
  void withoutFlatsTheSurveysSkyIsSetAside() throws IOException {
    String out = reprocess("extracted", "--methods", "survey,super", "--campaign", "plain");
    assertThat(said(Main.DONE, "summary", out, "--campaign", "plain"))
        .contains("NOT_READ", "6 processed + 6 quarantined");
  }

  @Test
  void everyArmHasItsFiguresAndPages() throws IOException {
    assertThat(said(Main.DONE, "summary", evenOut))
        .contains("Held-out sky fibres, blue arm", "red arm", "infrared arm", "8200-9000");
    assertThat(said(Main.DONE, "inventory", folder.resolve("even").toString())).contains("DESI-7");
    Path pages = folder.resolve("pages");
    said(Main.DONE, "report", evenOut, "--out", pages.toString());
    String page = Files.readString(pages.resolve("index.html"));
    assertThat(page).contains("infrared arm");
    long judged =
        CampaignRows.rows(CampaignRows.folder(Path.of(evenOut)), FibreSkyTable.TABLE).stream()
            .filter(r -> r.<String>getAs("arm").equals("z") && r.<Boolean>getAs("held_out"))
            .count();
    assertThat(judged).isGreaterThan(PETALS);
  }
}
