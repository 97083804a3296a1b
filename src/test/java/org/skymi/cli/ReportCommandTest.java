package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skymi.cli.Said.said;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.campaign.CampaignFolder;
import org.skymi.query.CampaignFibre;
import org.skymi.spark.Engine;
import org.skymi.survey.InputException;

/** {@code skymi report} and {@code skymi plot --fibre}, from the command line. */
class ReportCommandTest {
  private static final long MOST_BYTES = 5_000_000;
  private static final Pattern FIGURE = Pattern.compile("(?s)<figure>(.*?)</figure>");
  private static final Pattern SOURCE = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

  @TempDir Path folder;
  private TinyCampaign tiny;

  @BeforeEach
  void copy() throws IOException {
    System.setProperty("spark.master", "local[2]");
    tiny = TinyCampaign.copy(folder);
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("spark.master");
  }

  @Test
  void everyNightAndTheCampaignGetAPageThatNeedsNothingElse() throws IOException {
    Path qa = folder.resolve("qa");
    tiny.trainNetworks();
    assertThat(tiny.about(Main.DONE, "report", "--out", qa.toString()))
        .contains("3 nights and the campaign")
        .contains(qa.resolve("index.html").toString());
    check(qa, "focal-plane-1", "residual-spectrum", "residual-zooms", "chi", "fibre-residuals");
    check(qa, "night-residuals", "calibration-maps", "training", "sky-brightness");
    for (int plate = 1; plate <= TinyCampaign.PLATES; plate++) {
      Path night = qa.resolve("nights").resolve(tiny.nightOf(plate));
      check(night, "focal-plane-1", "residual-spectrum", "residual-zooms", "chi");
      check(night, "fibre-residuals", "fibre-calibration", "calibration-maps", "sky-brightness");
      assertThat(night.resolve("index.html")).content().contains("P" + plate, "SYS_FLOOR");
      assertThat(qa.resolve("index.html")).content().contains(tiny.nightOf(plate) + "/index.html");
    }
  }

  /** That a page has figures, each with the number of its fibres, and loads nothing from afar. */
  private static void check(Path folder, String... figures) throws IOException {
    String html = Files.readString(folder.resolve("index.html"));
    assertThat(html).doesNotContain("http:", "https:", "<script", "{{");
    for (String figure : figures) {
      assertThat(html).contains("src=\"" + figure + ".png\"");
      assertThat(ImageIO.read(folder.resolve(figure + ".png").toFile()).getWidth()).isEqualTo(1920);
    }
    Matcher figure = FIGURE.matcher(html);
    while (figure.find()) {
      assertThat(figure.group(1))
          .containsPattern(
              "<figcaption><b>[^<]*\\d[^<]*(fibre|spectr)[^<]*</b> [^<]+</figcaption>");
    }
    Matcher source = SOURCE.matcher(html);
    while (source.find()) {
      if (!source.group(1).startsWith("#")) {
        assertThat(folder.resolve(source.group(1))).exists();
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      long bytes = files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
      assertThat(bytes).isLessThan(MOST_BYTES);
    }
  }

  @Test
  void oneNightIsReportedAloneAndUnknownOnesAreNamed() throws IOException {
    Path qa = folder.resolve("qa");
    String night = tiny.nightOf(2);
    assertThat(tiny.about(Main.DONE, "report", "--night", night, "--out", qa.toString()))
        .startsWith("1 night in ");
    assertThat(qa.resolve("index.html")).doesNotExist();
    try (Stream<Path> nights = Files.list(qa.resolve("nights"))) {
      assertThat(nights).containsExactly(qa.resolve("nights").resolve(night));
    }
    assertThat(qa.resolve("nights").resolve(night).resolve("index.html"))
        .content()
        .contains("P2")
        .doesNotContain("../../index.html");
    assertThat(tiny.about(Main.INPUT, "report", "--night", "20990101", "--out", qa.toString()))
        .hasLineCount(1)
        .contains("no night 20990101", "there are: " + tiny.nightOf(1));
    assertThat(tiny.about(Main.USAGE, "report", "--night", "May", "--out", qa.toString()))
        .contains("a night is written YYYYMMDD");
  }

  @Test
  void anEmptyCampaignIsAnInputError() throws IOException {
    TinyCampaign empty = TinyCampaign.copy(folder.resolve("empty"));
    empty.loseAllRows();
    String out = empty.out().toString();
    assertThat(said(Main.INPUT, "report", out, "--out", folder.resolve("qa").toString()))
        .hasLineCount(1)
        .contains("nothing to report", "holds no spectrum");
    assertThat(folder.resolve("qa")).doesNotExist();
  }

  @Test
  void aFibreIsDrawnAsPngAndSvgAndWhatIsUnknownIsNamed() throws Exception {
    Map<String, List<String>> rows = CampaignRows.of(tiny.out());
    JsonNode stored = first("Sky", rows.get("fibre_sky"));
    Path png = folder.resolve("made/fibre.png");
    assertThat(plot(Main.DONE, name(stored), png)).contains("stored in " + png);
    assertThat(ImageIO.read(png.toFile()).getHeight()).isGreaterThan(1000);
    Path svg = folder.resolve("fibre.svg");
    plot(Main.DONE, name(stored), svg);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    var document = factory.newDocumentBuilder().parse(svg.toFile());
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(document.getElementsByTagName("polyline").getLength()).isGreaterThan(5);

    assertThat(plot(Main.INPUT, "NONE/1/1/5", png)).hasLineCount(1).startsWith("skymi: no fibre");
    assertThat(plot(Main.USAGE, "P1/1", png)).contains("a fibre is written PLAN/SP/FIBER/LMJM");
    assertThat(plot(Main.USAGE, name(stored), folder.resolve("fibre.pdf")))
        .contains("must end in .png or .svg");
    JsonNode object = first("Obj", rows.get("fibre_sky"));
    String plan = stored.get("planid").asText();
    int exposure = stored.get("lmjm").asInt();
    try (Engine engine = Engine.start("test", 1)) {
      CampaignFibre fibres =
          new CampaignFibre(
              engine, CampaignRows.folder(tiny.out()), CampaignRows.manifest(tiny.out()));
      assertUnknown(fibres, "NONE/1/1/5", "no plan NONE; there are: P1, P2, P3");
      assertUnknown(fibres, plan + "/1/1/7", "exposures (LMJM) of the plan: " + exposure);
      assertUnknown(fibres, plan + "/9/1/" + exposure, "fibres 1 to 24 of spectrographs 1");
    }
    tiny.reprocess("--campaign", "few", "--spectra", "sky", "--plate", "P1");
    CampaignFolder few = CampaignFolder.of(tiny.out().toUri().toString(), "few");
    try (Engine engine = Engine.start("test", 1)) {
      CampaignFibre fibres = new CampaignFibre(engine, few, CampaignRows.manifest(few));
      assertUnknown(fibres, name(object), "no spectrum of fibre " + name(object));
      assertUnknown(fibres, name(object), "its type is Obj: 'skymi reprocess --spectra model");
    }
  }

  private static void assertUnknown(CampaignFibre fibres, String name, String why) {
    assertThatThrownBy(() -> fibres.plot(CampaignFibre.Id.parse(name)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aPlanMayHoldSlashes() {
    assertThat(CampaignFibre.Id.parse("A/B/1/2/3")).isEqualTo(new CampaignFibre.Id("A/B", 1, 2, 3));
  }

  private String plot(int code, String fibre, Path out) {
    return tiny.about(code, "plot", "--fibre", fibre, "--out", out.toString());
  }

  private static JsonNode first(String type, List<String> rows) throws IOException {
    Optional<String> row = rows.stream().filter(r -> r.contains('"' + type + '"')).findFirst();
    return new ObjectMapper().readTree(row.orElseThrow());
  }

  private static String name(JsonNode row) {
    return String.join(
        "/",
        row.get("planid").asText(),
        row.get("spid").asText(),
        row.get("fiberid").asText(),
        row.get("lmjm").asText());
  }
}
