package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.Fits;
import nom.tam.util.FitsOutputStream;
import org.apache.spark.sql.Row;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.SharedData;
import org.skymi.campaign.CampaignFolder;
import org.skymi.fits.FrameReader;
import org.skymi.fits.MadeUpRelease;
import org.skymi.sky.frame.SubtractedFrame;
import org.skymi.survey.Frame;
import org.skymi.table.FibreSkyTable;
import org.skymi.table.FibreSpectrumTable;

class FitsExportTest {
  @TempDir static Path folder;
  private static TinyCampaign tiny;
  private static List<Row> fibres;
  private static List<Row> spectra;

  @BeforeAll
  static void aPlateWithAllItsSpectra() throws IOException {
    System.setProperty("spark.master", "local[2]");
    tiny = TinyCampaign.copy(folder);
    tiny.reprocess("--campaign", "full", "--spectra", "all", "--plate", "P1");
    CampaignFolder full = CampaignFolder.of(tiny.out().toUri().toString(), "full");
    fibres = CampaignRows.rows(full, FibreSkyTable.TABLE);
    spectra = CampaignRows.rows(full, FibreSpectrumTable.TABLE);
  }

  @AfterAll
  static void asBefore() {
    System.clearProperty("spark.master");
  }

  private static String export(int code, Path to, String... more) {
    List<String> args = new ArrayList<>(List.of("--fits", "--to", to.toString()));
    args.addAll(List.of(more));
    return tiny.about(code, "export", args.toArray(String[]::new));
  }

  @Test
  void theFramesAreTheRecordedOnesLessTheTablesSkies() throws Exception {
    Path to = folder.resolve("subtracted");
    assertThat(export(Main.DONE, to, "--campaign", "full")).contains("manifest 1: 2 frames");
    List<Path> files = files(to);
    assertThat(files).hasSize(2);
    int known = 0;
    for (Path file : files) {
      Path source =
          tiny.filesOf(1).stream()
              .filter(p -> p.getFileName().toString().equals(nameOf(file).substring(1)))
              .findFirst()
              .orElseThrow();
      Frame frame = FrameReader.read(source.toString(), Files.readAllBytes(source));
      try (Fits fits = new Fits(file.toFile())) {
        BasicHDU<?>[] hdus = fits.read();
        assertThat(hdus).hasSize(7);
        for (BasicHDU<?> hdu : hdus) {
          assertThat(hdu.verifyIntegrity()).isTrue();
        }
        assertThat(hdus[0].getHeader().getStringValue("CAMPAIGN")).isEqualTo("full");
        assertThat(hdus[0].getHeader().getIntValue("MANIFEST")).isEqualTo(1);
        assertThat(hdus[0].getHeader().getStringValue("SKYMODEL")).isEqualTo("none");
        assertThat(hdus[0].getHeader().getStringValue("RUNID")).hasSize(16);
        assertThat((double[][]) hdus[3].getKernel()).isDeepEqualTo(frame.wavelength());
        known += assertSubtracted(frame, hdus);
        assertThat(hdus[0].getHeader().getStringValue("SKYMETH")).isEqualTo("smi");
        BinaryTable map = (BinaryTable) hdus[4].getData();
        assertThat(map.getString(0, 8)).isEqualTo(first(frame, "flag"));
        assertThat(map.getString(0, 9)).isEqualTo(first(frame, "smi_source"));
      }
      assertThat(said(Main.INPUT, "inspect", file.toString()))
          .contains("UNKNOWN_KIND", "the sky is subtracted already");
    }
    assertThat(known).isGreaterThan(2 * 20 * 300);
    refusesToOverwrite(to, files);
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString();
  }

  private static List<Path> files(Path to) throws IOException {
    try (var all = Files.walk(to)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** What the table says of the first fibre. */
  private static String first(Frame frame, String column) {
    Row row =
        fibres.stream()
            .filter(r -> r.<Integer>getAs("fiberid") == frame.fibres().fibreId()[0])
            .filter(r -> r.<String>getAs("arm").charAt(0) == frame.id().arm().letter())
            .findFirst()
            .orElseThrow();
    return row.getAs(column);
  }

  private static int assertSubtracted(Frame frame, BasicHDU<?>[] hdus) throws Exception {
    float[][] flux = (float[][]) hdus[0].getKernel();
    float[][] ivar = (float[][]) hdus[1].getKernel();
    int[][] mask = (int[][]) hdus[2].getKernel();
    float[][] sky = (float[][]) hdus[5].getKernel();
    float[][] skyIvar = (float[][]) hdus[6].getKernel();
    int known = 0;
    for (int i = 0; i < frame.fibreCount(); i++) {
      int fibre = frame.fibres().fibreId()[i];
      List<Float> estimate =
          spectra.stream()
              .filter(r -> r.<Integer>getAs("fiberid") == fibre)
              .filter(r -> r.<String>getAs("arm").charAt(0) == frame.id().arm().letter())
              .findFirst()
              .orElseThrow()
              .getList(spectra.get(0).fieldIndex("sky_smi"));
      for (int p = 0; p < frame.pixelCount(); p++) {
        if ((mask[i][p] & SubtractedFrame.NO_SKY) != 0) {
          assertThat(ivar[i][p]).isZero();
          assertThat(flux[i][p]).isZero();
        } else {
          known++;
          assertThat(sky[i][p]).isEqualTo(estimate.get(p));
          assertThat(flux[i][p]).isEqualTo(frame.flux()[i][p] - sky[i][p]);
          assertThat(mask[i][p]).isEqualTo(frame.mask()[i][p]);
          double variance = 1.0 / frame.ivar()[i][p] + 1.0 / skyIvar[i][p];
          assertThat((double) ivar[i][p]).isCloseTo(1 / variance, within(1e-6 / variance));
        }
      }
    }
    return known;
  }

  private static Offset<Double> within(double tolerance) {
    return Offset.offset(tolerance);
  }

  private static void refusesToOverwrite(Path to, List<Path> files) throws IOException {
    byte[] before = Files.readAllBytes(files.get(0));
    assertThat(export(Main.INPUT, to, "--campaign", "full")).contains("--replace replaces it");
    Files.write(files.get(0), new byte[1]);
    export(Main.DONE, to, "--campaign", "full", "--replace");
    assertThat(Files.readAllBytes(files.get(0))).isEqualTo(before);
    assertThat(files(to)).isEqualTo(files);
  }

  @Test
  void whatItNeedsIsToldInOneLine() throws IOException {
    Path to = folder.resolve("none");
    tiny.reprocess("--campaign", "few", "--spectra", "sky", "--plate", "P1");
    assertThat(export(Main.INPUT, to, "--campaign", "few"))
        .contains("reprocess with --spectra model")
        .hasLineCount(1);
    assertThat(export(Main.INPUT, to, "--campaign", "full", "--plate", "P9"))
        .contains("no such frames")
        .hasLineCount(1);
    assertThat(
            tiny.about(Main.USAGE, "export", "--to", to.toString(), "--plate", "P1")
                .lines()
                .toList())
        .anyMatch(l -> l.contains("are for --fits"));
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    assertThat(export(Main.INPUT, to, "--campaign", "full", "--archive", elsewhere.toString()))
        .contains("is not in", "--archive")
        .hasLineCount(1);
    assertThat(to).doesNotExist();
  }

  @Test
  void aReleasedSpectrumComesBackInItsLayout() throws Exception {
    Path archive = Files.createDirectories(folder.resolve("releases"));
    byte[] raw = MadeUpRelease.dr7().bytes();
    Files.write(archive.resolve("spec-58575-HD10N36B01_sp03-017.fits"), raw);
    Path out = folder.resolve("of-releases");
    said(Main.DONE, "reprocess", archive.toString(), "--out", out.toString());
    Path to = folder.resolve("corrected");
    assertThat(said(Main.DONE, "export", out.toString(), "--fits", "--to", to.toString()))
        .contains("manifest 1: 1 spectra");
    List<Path> files = files(to);
    assertThat(files)
        .containsExactly(to.resolve("20190401/HD10N36B01/spec-58575-HD10N36B01_sp03-017.fits.gz"));
    try (Fits was = new Fits(new ByteArrayInputStream(raw));
        Fits is = new Fits(files.get(0).toFile())) {
      assertThat((float[][]) is.read()[0].getKernel())
          .isDeepEqualTo((float[][]) was.read()[0].getKernel());
    }
  }

  @Test
  void aFileOfOtherLightIsRefusedEvenIfItLooksUnchanged() throws Exception {
    Path archive = Files.createDirectories(folder.resolve("swapped"));
    Path file = archive.resolve("spec-58575-HD10N36B01_sp03-017.fits");
    byte[] raw = MadeUpRelease.dr7().bytes();
    Files.write(file, raw);
    FileTime time = Files.getLastModifiedTime(file);
    Path out = folder.resolve("of-swapped");
    said(Main.DONE, "reprocess", archive.toString(), "--out", out.toString());
    int inFlux = 2880 + 2;
    raw[inFlux]++;
    Files.write(file, raw);
    Files.setLastModifiedTime(file, time);
    Path to = folder.resolve("never");
    assertThat(said(Main.INPUT, "export", out.toString(), "--fits", "--to", to.toString()))
        .contains("spec-58575-HD10N36B01_sp03-017 has another flux or ivar");
  }

  private static byte[] bytes(BasicHDU<?> hdu) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (FitsOutputStream out = new FitsOutputStream(bytes)) {
      hdu.getData().write(out);
    }
    return bytes.toByteArray();
  }

  @Test
  void aMediumFileComesBackWithAllItsExposures() throws Exception {
    String name = "med-58646-TD192102N424113K01_sp12-076.fits.gz";
    Path archive = Files.createDirectories(folder.resolve("medium"));
    Path source = SharedData.path("lamost-mrs").resolve(name);
    Files.copy(source, archive.resolve(name));
    Path out = folder.resolve("of-medium");
    said(Main.DONE, "reprocess", archive.toString(), "--out", out.toString());
    Path to = folder.resolve("corrected-medium");
    said(Main.DONE, "export", out.toString(), "--fits", "--to", to.toString());
    List<Path> files = files(to);
    assertThat(files).containsExactly(to.resolve("20190611/TD192102N424113K01/" + name));
    try (Fits was = new Fits(source.toFile());
        Fits is = new Fits(files.get(0).toFile())) {
      BasicHDU<?>[] before = was.read();
      BasicHDU<?>[] after = is.read();
      int corrected = after.length - before.length;
      assertThat(corrected).isPositive();
      int touched = 0;
      for (int h = 1; h < before.length; h++) {
        String hdu = before[h].getHeader().getStringValue("EXTNAME");
        assertThat(after[h].getHeader().getStringValue("EXTNAME")).isEqualTo(hdu);
        boolean same = Arrays.equals(bytes(after[h]), bytes(before[h]));
        int taken = after[h].getHeader().getIntValue("SKYTAKEN", 0);
        assertThat(taken == 0).as(hdu).isEqualTo(same);
        corrected -= taken > 0 ? 2 : 0;
        touched += taken;
      }
      assertThat(corrected).isZero();
      assertThat(after[0].getHeader().getIntValue("SKYTAKEN")).isEqualTo(touched);
    }
  }
}
