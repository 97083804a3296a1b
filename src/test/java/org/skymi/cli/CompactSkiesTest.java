package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.campaign.CampaignFolder;
import org.skymi.table.FibreModelTable;
import org.skymi.table.FibreSkyTable;
import org.skymi.table.FibreSpectrumTable;
import org.skymi.table.FrameModelTable;

/** One plate with all its skies pixel by pixel, and with what they are drawn from. */
class CompactSkiesTest {
  private static final List<String> METHODS = List.of("super", "full", "memory", "smi");

  /** The last digit of a float. */
  private static final double ROUNDING = 3e-7;

  /** Where a sky's coefficients cancel to less. */
  private static final double ELECTRON = 1;

  @TempDir static Path folder;
  private static TinyCampaign tiny;

  /** By exposure, arm and fibre. */
  private static Map<String, Row> pixels;

  private static Map<String, Row> fibres;
  private static final Map<String, String> types = new TreeMap<>();

  /** By exposure, arm and fold. */
  private static Map<String, Row> frames;

  @BeforeAll
  static void reprocess() throws IOException {
    System.setProperty("spark.master", "local[2]");
    tiny = TinyCampaign.copy(folder);
    String model = folder.resolve("base.model").toString();
    said("pretrain", tiny.archive().toString(), "--model-out", model, "--conf", tiny.conf());
    String methods = String.join(",", METHODS);
    String[] run = {"--plate", "P1", "--model", model, "--methods", methods, "--campaign"};
    tiny.reprocess(with(run, "pixels", "--spectra", "all"));
    tiny.reprocess(with(run, "compact"));
    pixels = byFibre(CampaignRows.rows(campaign("pixels"), FibreSpectrumTable.TABLE));
    fibres = byFibre(CampaignRows.rows(campaign("compact"), FibreModelTable.TABLE));
    assertThat(CampaignRows.rows(campaign("compact"), FibreSpectrumTable.TABLE)).isEmpty();
    byFibre(CampaignRows.rows(campaign("compact"), FibreSkyTable.TABLE))
        .forEach((fibre, row) -> types.put(fibre, row.getAs("fibertype")));
    frames = new TreeMap<>();
    CampaignRows.rows(campaign("compact"), FrameModelTable.TABLE)
        .forEach(r -> frames.put(frame(r) + " " + r.getAs("fold"), r));
  }

  @AfterAll
  static void asBefore() {
    System.clearProperty("spark.master");
  }

  private static void said(String... args) {
    Said.said(Main.DONE, args);
  }

  private static String[] with(String[] args, String... more) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static CampaignFolder campaign(String name) {
    return CampaignFolder.of(tiny.out().toUri().toString(), name);
  }

  private static String frame(Row row) {
    return row.getAs("lmjm") + " " + row.getAs("arm");
  }

  private static Map<String, Row> byFibre(List<Row> rows) {
    Map<String, Row> map = new TreeMap<>();
    rows.forEach(r -> map.put(frame(r) + " " + r.getAs("fiberid"), r));
    return map;
  }

  @Test
  void everyFibreIsDrawnAsItsFoldHasIt() {
    assertThat(fibres.keySet()).isEqualTo(pixels.keySet());
    assertThat(frames.values()).extracting(r -> r.<Integer>getAs("fold")).contains(-1, 0, 1);
    fibres.forEach((fibre, row) -> assertThat(frames).as(fibre).containsKey(foldOf(row)));
  }

  private static String foldOf(Row fibre) {
    return frame(fibre) + " " + fibre.getAs("fold");
  }

  @Test
  void whatSkyFibresRecordedIsKeptToAShareOfItsNoise() {
    int kept = 0;
    for (Map.Entry<String, Row> e : fibres.entrySet()) {
      Row fibre = e.getValue();
      Row expected = pixels.get(e.getKey());
      boolean isSky = types.get(e.getKey()).equals("Sky");
      assertThat(fibre.isNullAt(fibre.fieldIndex("flux"))).isEqualTo(!isSky);
      if (isSky) {
        List<Float> flux = expected.getList(expected.fieldIndex("flux"));
        List<Float> ivar = expected.getList(expected.fieldIndex("flux_ivar"));
        List<Float> sky = expected.getList(expected.fieldIndex("sky_smi"));
        List<Float> own = fibre.getList(fibre.fieldIndex("flux"));
        List<Float> read = fibre.getList(fibre.fieldIndex("read_variance"));
        for (int p = 0; p < flux.size(); p++) {
          if (ivar.get(p) > 0) {
            double noise = Math.sqrt(1 / ivar.get(p));
            assertThat((double) own.get(p)).isCloseTo(flux.get(p), within(noise / 15.9));
            double variance = read.get(p) + Math.max(0, sky.get(p));
            assertThat(variance * ivar.get(p)).isCloseTo(1, within(ROUNDING));
            kept++;
          } else {
            assertThat(own.get(p)).isNaN();
          }
        }
      }
    }
    assertThat(kept).isGreaterThan(1000);
  }

  @Test
  void theDocumentedFormulaGivesTheSkiesOfBothArms() {
    int compared = 0;
    for (Map.Entry<String, Row> e : fibres.entrySet()) {
      Row fibre = e.getValue();
      Row expected = pixels.get(e.getKey());
      SkyFormula formula = new SkyFormula(frames.get(foldOf(fibre)), fibre);
      List<Double> wave = expected.getList(expected.fieldIndex("wave"));
      for (String method : METHODS) {
        String source = method.equals("smi") ? fibre.getAs("smi_source") : method;
        List<Float> sky = expected.getList(expected.fieldIndex("sky_" + method));
        List<Float> ivar = expected.getList(expected.fieldIndex("sky_" + method + "_ivar"));
        for (int p = 5; p < wave.size(); p += 97) {
          assertThat(formula.wavelength(p)).isCloseTo(wave.get(p), within(1e-7));
          if (ivar.get(p) > 0) {
            double[] drawn = formula.sky(source, p);
            assertThat(drawn[0]).isCloseTo(sky.get(p), within(ROUNDING * Math.abs(sky.get(p))));
            assertThat(drawn[1] * ivar.get(p)).as(method).isCloseTo(1, within(ROUNDING));
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  @Test
  void sqlDrawsThem() throws IOException {
    String columns =
        "lmjm, arm, fiberid, flux, flux_ivar, wave, sky_super, sky_full, sky_memory, sky_smi,"
            + " sky_survey, sky_super_ivar, sky_full_ivar, sky_memory_ivar, sky_smi_ivar";
    Path out = folder.resolve("skies.json");
    tiny.about(
        Main.DONE,
        "sql",
        "SELECT " + columns + " FROM skies",
        "--campaign",
        "compact",
        "--out",
        out.toString(),
        "--format",
        "json");
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSameSizeAs(pixels.keySet());
    for (String line : lines) {
      JsonNode row = new ObjectMapper().readTree(line);
      String key = row.get("lmjm") + " " + row.get("arm").asText() + " " + row.get("fiberid");
      Row expected = pixels.get(key);
      assertThat(row.get("sky_survey").isNull()).isTrue();
      boolean isSky = types.get(key).equals("Sky");
      assertThat(row.get("flux").isNull()).isEqualTo(!isSky);
      if (isSky) {
        assertSame(row, expected, "flux_ivar");
      }
      for (String method : METHODS) {
        assertSame(row, expected, "sky_" + method);
        assertSame(row, expected, "sky_" + method + "_ivar");
      }
    }
    String one =
        "SELECT sky(struct(m.*), struct(f.*), 'smi')[100] AS s FROM fibre_model f JOIN frame_model"
            + " m USING (planid, lmjd, lmjm, spid, arm, fold) WHERE f.arm = 'r' ORDER BY fiberid";
    Row first =
        fibres.values().stream()
            .filter(r -> r.getAs("arm").equals("r"))
            .min((a, b) -> Integer.compare(a.getAs("fiberid"), b.getAs("fiberid")))
            .orElseThrow();
    Row expected = pixels.get(frame(first) + " " + first.getAs("fiberid"));
    String told = tiny.about(Main.DONE, "sql", one, "--campaign", "compact", "--format", "csv");
    assertThat(Double.parseDouble(told.lines().skip(1).findFirst().orElseThrow()))
        .isCloseTo(
            expected.<Float>getList(expected.fieldIndex("sky_smi")).get(100).doubleValue(),
            within(1e-3));
    assertThat(tiny.about(Main.INPUT, "sql", one.replace("'smi'", "'no'"), "--campaign", "compact"))
        .contains("there is no method 'no'")
        .hasLineCount(1);
  }

  private static void assertSame(JsonNode row, Row expected, String column) {
    List<Float> values = expected.getList(expected.fieldIndex(column));
    JsonNode drawn = row.get(column);
    assertThat(drawn).as(column).hasSameSizeAs(values);
    double least = column.endsWith("ivar") ? 0 : ELECTRON;
    for (int p = 0; p < values.size(); p++) {
      double value = values.get(p);
      if (Double.isFinite(value)) {
        assertThat(drawn.get(p).asDouble())
            .as("%s %d", column, p)
            .isCloseTo(value, within(ROUNDING * Math.max(least, Math.abs(value))));
      }
    }
  }

  @Test
  void exportedFramesAreTheSame() throws Exception {
    for (String name : List.of("pixels", "compact")) {
      Path to = folder.resolve("fits-" + name);
      tiny.about(Main.DONE, "export", "--fits", "--to", to.toString(), "--campaign", name);
    }
    List<Path> files;
    try (var all = Files.walk(folder.resolve("fits-pixels"))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSize(2);
    for (Path file : files) {
      Path other =
          folder.resolve("fits-compact").resolve(folder.resolve("fits-pixels").relativize(file));
      try (Fits a = new Fits(file.toFile());
          Fits b = new Fits(other.toFile())) {
        BasicHDU<?>[] expected = a.read();
        BasicHDU<?>[] drawn = b.read();
        assertThat((int[][]) drawn[2].getKernel()).isDeepEqualTo((int[][]) expected[2].getKernel());
        for (int hdu : new int[] {1, 5, 6}) {
          assertSame((float[][]) drawn[hdu].getKernel(), (float[][]) expected[hdu].getKernel());
        }
      }
    }
  }

  private static void assertSame(float[][] drawn, float[][] expected) {
    for (int i = 0; i < expected.length; i++) {
      for (int p = 0; p < expected[i].length; p++) {
        double value = expected[i][p];
        assertThat((double) drawn[i][p]).isCloseTo(value, within(ROUNDING * Math.abs(value)));
      }
    }
  }

  @Test
  void fibresAreDrawnAsPictures() throws IOException {
    // What a sky fibre recorded is shown, and what its skies leave.
    assertThat(heightOf("Obj")).isBetween(500, 1200);
    assertThat(heightOf("Sky")).isGreaterThan(1200);
  }

  private static int heightOf(String type) throws IOException {
    Row fibre =
        pixels.get(
            types.entrySet().stream()
                .filter(e -> e.getValue().equals(type))
                .findFirst()
                .orElseThrow()
                .getKey());
    Path png = folder.resolve(type + ".png");
    String name =
        fibre.getAs("planid")
            + "/"
            + fibre.getAs("spid")
            + "/"
            + fibre.getAs("fiberid")
            + "/"
            + fibre.getAs("lmjm");
    tiny.about(
        Main.DONE, "plot", "--fibre", name, "--out", png.toString(), "--campaign", "compact");
    return ImageIO.read(png.toFile()).getHeight();
  }

  @Test
  void aReportHasResidualsOfAsManySkyFibres() throws IOException {
    List<List<String>> captions = new ArrayList<>();
    for (String name : List.of("pixels", "compact")) {
      Path to = folder.resolve("report-" + name);
      tiny.about(Main.DONE, "report", "--out", to.toString(), "--campaign", name);
      Path page = to.resolve("nights").resolve(tiny.nightOf(1)).resolve("index.html");
      captions.add(
          Pattern.compile("[^.>]*sky fibres[^.<]*")
              .matcher(Files.readString(page))
              .results()
              .map(MatchResult::group)
              .toList());
    }
    assertThat(captions.get(1)).isNotEmpty().isEqualTo(captions.get(0));
    assertThat(captions.get(1)).noneMatch(c -> c.contains("No spectrum"));
  }
}
