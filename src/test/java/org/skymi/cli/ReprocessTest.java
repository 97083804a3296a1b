package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.TinyArchive.FIBRES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skymi.SharedData;
import org.skymi.campaign.Manifest;
import org.skymi.query.CampaignTables;
import org.skymi.spark.SparkSessions;

/** From an archive to tables, by the command line. */
class ReprocessTest {
  private static final int PLATES = 3;

  @TempDir static Path archives;
  private static Path good;
  @TempDir Path folder;

  @BeforeAll
  static void simulate() throws IOException {
    good = archives.resolve("good");
    TinyArchive.write(good, PLATES);
  }

  @BeforeEach
  void twoSlots() {
    System.setProperty("spark.master", "local[2]");
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("spark.master");
  }

  @Test
  void fillsAllTablesAndDoesNothingTheSecondTime() throws IOException {
    assertThat(reprocess(good, "--spectra", "all")).isEqualTo(Main.DONE);
    Map<String, List<String>> rows = CampaignRows.of(out());
    assertThat(rows.get("fibre_sky")).hasSize(PLATES * 2 * FIBRES);
    assertThat(rows.get("fibre_spectrum")).hasSize(PLATES * 2 * FIBRES);
    assertThat(rows.get("frame_summary")).hasSize(PLATES * 2);
    assertThat(rows.get("training")).as("there is no model to adapt").isEmpty();
    assertThat(rows.get("fibre_sky"))
        .as("without networks, of the memory or of Super Sky")
        .anyMatch(row -> row.contains("\"smi_source\":\"memory\""))
        .noneMatch(row -> row.contains("\"smi_source\":\"smi\""));
    assertThat(rows.get("quarantine")).isEmpty();
    assertThat(rows.get("runs")).hasSize(1);
    assertThat(rows.get("fibre_sky").get(0)).contains("smi_truth_rms_");

    Manifest before = CampaignRows.manifest(out());
    List<String> files = files();
    assertThat(reprocess(good, "--spectra", "all")).isEqualTo(Main.DONE);
    assertThat(CampaignRows.manifest(out())).isEqualTo(before);
    assertThat(files()).isEqualTo(files);
    assertThat(Main.run("summary", out().toString())).isEqualTo(Main.DONE);
  }

  @Test
  void oneSlotAndTwoGiveTheSameNumbers() throws IOException {
    reprocess(good);
    Map<String, List<String>> two = CampaignRows.of(out());
    System.setProperty("spark.master", "local[1]");
    Path other = folder.resolve("one");
    assertThat(Main.run("reprocess", good.toString(), "--out", other.toString())).isZero();
    assertThat(CampaignRows.of(other)).isEqualTo(two);
  }

  @Test
  void aNightIsAddedAndAChangedFileSupersedesItsPlateAlone() throws IOException {
    Path archive = folder.resolve("archive");
    List<Path> files = TinyArchive.write(archive, 2);
    String night = files.get(0).getParent().getParent().getFileName().toString();
    assertThat(reprocess(archive, "--night", night)).isZero();
    assertThat(CampaignRows.manifest(out()).units())
        .extracting(Manifest.Unit::key)
        .containsExactly("P1@58001");
    assertThat(reprocess(archive)).isZero();
    Manifest both = CampaignRows.manifest(out());
    assertThat(both.number()).isEqualTo(2);
    assertThat(both.units()).hasSize(2);

    Files.write(files.get(0), new byte[0]);
    assertThat(reprocess(archive)).isZero();
    Manifest changed = CampaignRows.manifest(out());
    assertThat(changed.unit("P2@58002")).isEqualTo(both.unit("P2@58002"));
    assertThat(changed.unit("P1@58001").orElseThrow().reasons()).containsEntry("EMPTY", 1);
    assertThat(CampaignRows.of(out()).get("fibre_sky")).hasSize(3 * FIBRES);
  }

  @Test
  void badFilesAreQuarantinedByNameAndTheRestIsProcessed() throws IOException {
    Path archive = folder.resolve("archive");
    List<Path> files = TinyArchive.write(archive, 4);
    byte[] whole = Files.readAllBytes(files.get(0));
    Files.write(files.get(0), Arrays.copyOf(whole, whole.length / 2));
    byte[] flipped = Files.readAllBytes(files.get(1));
    flipped[flipped.length / 2] ^= 4;
    Files.write(files.get(1), flipped);
    Files.write(files.get(2), new byte[0]);
    Files.writeString(files.get(3), "not FITS at all");
    Path misnamed = files.get(4).resolveSibling("frame-83520000-P9_sp01b.fits.gz");
    Files.move(files.get(4), misnamed);
    Path copy = files.get(6).resolveSibling("zzz.fits.gz");
    Files.copy(files.get(5), copy);
    byte[] last = Files.readAllBytes(files.get(7));
    Path cut = files.get(7).resolveSibling("0-cut.fits.gz");
    Files.write(cut, Arrays.copyOf(last, last.length / 2));
    Path unread = files.get(7).resolveSibling("more.fits.Z");
    Files.write(unread, last);

    assertThat(reprocess(archive)).isEqualTo(Main.DONE);
    assertThat(reasons())
        .containsOnly(
            Map.entry(name(archive, files.get(0)), "TRUNCATED"),
            Map.entry(name(archive, files.get(1)), "BAD_GZIP"),
            Map.entry(name(archive, files.get(2)), "EMPTY"),
            Map.entry(name(archive, files.get(3)), "NOT_FITS"),
            Map.entry(name(archive, misnamed), "IDENTITY_MISMATCH"),
            Map.entry(name(archive, copy), "DUPLICATE"),
            Map.entry(name(archive, cut), "TRUNCATED"),
            Map.entry(name(archive, unread), "NOT_READ"));
    assertThat(processed()).isEqualTo(3);
    assertThat(CampaignRows.of(out()).get("frame_summary")).hasSize(3);
  }

  @Test
  void foldersWhoseNamesArePatterns() throws IOException {
    Path archive = folder.resolve("nights [1]{a}");
    TinyArchive.write(archive, 1);
    Path out = folder.resolve("sky [1]{a}");
    assertThat(Main.run("reprocess", archive.toString(), "--out", out.toString())).isZero();
    assertThat(Said.said(Main.DONE, "sql", out.toString(), "SELECT count(*) FROM fibre_sky"))
        .contains("" + 2 * FIBRES);
  }

  @Test
  void nothingUsableIsAnInputError() throws IOException {
    Path archive = Files.createDirectories(folder.resolve("archive"));
    assertThat(reprocess(archive)).isEqualTo(Main.INPUT);
    Files.writeString(archive.resolve("a.fits"), "text");
    String[] command = {"reprocess", archive.toString(), "--out", out().toString()};
    assertThat(Said.said(Main.INPUT, command))
        .contains("nothing was usable", "{NOT_FITS=1}", "nothing was committed");
    assertThat(out().resolve("main/manifests")).doesNotExist();
    assertThat(reprocess(folder.resolve("absent"))).isEqualTo(Main.INPUT);
    assertThat(Main.run("reprocess", archive.toString())).isEqualTo(Main.USAGE);
    assertThat(reprocess(good, "--night", "yesterday")).isEqualTo(Main.USAGE);
    assertThat(Main.run("summary", folder.resolve("absent").toString())).isEqualTo(Main.INPUT);
  }

  @Test
  void anUnwritableOutputIsAnInputError() throws IOException {
    Files.writeString(out(), "a file where the folder should be");
    assertThat(reprocess(good, "--plate", "P1")).isEqualTo(Main.INPUT);
    Files.delete(out());
    Files.createDirectories(out().resolve("main"));
    Files.writeString(out().resolve("main/data"), "in the way");
    assertThat(reprocess(good, "--plate", "P1")).isEqualTo(Main.INPUT);
    assertThat(out().resolve("main/manifests")).doesNotExist();
  }

  @Test
  void programsAreToldInJson() throws IOException {
    String[] lines =
        Said.said(Main.DONE, "reprocess", "" + good, "--out", "" + out(), "--json-log").split("\n");
    List<JsonNode> events = new ArrayList<>();
    for (String line : lines) {
      events.add(new ObjectMapper().readTree(line));
    }
    assertThat(events)
        .extracting(e -> e.get("event").asText())
        .containsExactly("note", "progress", "progress", "progress", "result");
    assertThat(events.get(0).get("message").asText()).contains("no base model is learnt");
    events.remove(0);
    assertThat(events.get(2).get("fibres").asInt()).isEqualTo(PLATES * 2 * FIBRES);
    assertThat(events.get(2).get("seconds_left").asDouble()).isZero();
    assertThat(events.get(PLATES).get("processed").asInt()).isEqualTo(PLATES * 2);

    assertThat(Said.said(Main.DONE, "reprocess", "" + good, "--out", "" + out(), "--quiet"))
        .startsWith("already complete");
  }

  @Test
  void anotherSeedNeedsAnotherCampaign() throws IOException {
    assertThat(reprocess(good, "--plate", "P1")).isEqualTo(Main.DONE);
    assertThat(reprocess(good, "--plate", "P1", "--seed", "2")).isEqualTo(Main.INPUT);
    assertThat(reprocess(good, "--plate", "P1", "--seed", "2", "--campaign", "second"))
        .isEqualTo(Main.DONE);
    assertThat(Main.run("summary", out().toString(), "--campaign", "second")).isZero();
  }

  @Test
  void aDryRunTellsThePlanThenTheSettingsAndWritesNothing() {
    String[] command = {"reprocess", "" + good, "--out", "" + out(), "--dry-run", "--seed", "7"};
    String[] lines = Said.said(Main.DONE, command).split("\\R");
    assertThat(lines[0]).matches("run \\w+ would do 3 of 3 plates:");
    assertThat(lines[1]).matches(" {2}P(\\d)@5800\\1: 2 files, [0-9.]+ MB");
    assertThat(lines[PLATES + 1]).isEqualTo("with the settings");
    assertThat(lines).contains("  reduction.seed = 7 (command line)");
    assertThat(out()).doesNotExist();
  }

  @Test
  void theUsersQuestionsAreAnsweredInSparkAndDuckDb() throws Exception {
    TinyCampaign.copy(folder);
    List<String> questions =
        List.of(
            "SELECT night, count(*), median(smi_sys_floor) FROM fibre_sky GROUP BY night",
            "SELECT spid, count(*), median(smi_sys_floor) FROM fibre_sky GROUP BY spid",
            "SELECT planid, lmjm, spid, arm, fiberid FROM fibre_sky"
                + " ORDER BY smi_truth_rms_r7000_8000 DESC NULLS LAST, planid, fiberid LIMIT 10");
    List<Integer> inSpark = new ArrayList<>();
    try (SparkSession spark = SparkSessions.open("test", 1)) {
      CampaignTables.register(spark, CampaignRows.folder(out()), CampaignRows.manifest(out()));
      questions.forEach(q -> inSpark.add(spark.sql(q).collectAsList().size()));
    }
    assertThat(inSpark).containsExactly(PLATES, 1, 10);
    assertThat(askDuckDb(questions)).isEqualTo(inSpark);
  }

  @ParameterizedTest
  @CsvSource({
    "lamost/dr1, 176",
    "lamost/dr2, 4",
    "lamost/dr5, 7",
    "lamost/dr7, 100",
    "lamost/coadd-bintable, 8",
    "frames, 2"
  })
  void realDataIsProcessedOrQuarantined(String set, int files) throws IOException {
    Path archive = SharedData.path(set);
    assertThat(reprocess(archive)).isEqualTo(Main.DONE);
    int quarantined = reasons().size();
    assertThat(processed() + quarantined).isEqualTo(files);
    assertThat(processed()).isPositive();
  }

  @Test
  void theSummaryOfReleasedSpectraHasADashForWhatTheyLack() throws IOException {
    assertThat(reprocess(SharedData.path("lamost/dr5"))).isEqualTo(Main.DONE);
    assertThat(Said.said(Main.DONE, "summary", out().toString())).doesNotContain("NaN");
  }

  private List<Integer> askDuckDb(List<String> questions) throws Exception {
    String files =
        CampaignRows.manifest(out()).filesOf("fibre_sky").stream()
            .map(f -> "'" + out().resolve("main").resolve(f.path()) + "'")
            .collect(Collectors.joining(", ", "[", "]"));
    List<Integer> sizes = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement()) {
      sql.execute("CREATE VIEW fibre_sky AS SELECT * FROM read_parquet(" + files + ")");
      for (String question : questions) {
        try (ResultSet r = sql.executeQuery(question)) {
          int n = 0;
          while (r.next()) {
            n++;
          }
          sizes.add(n);
        }
      }
    }
    return sizes;
  }

  private int reprocess(Path archive, String... more) {
    List<String> args =
        new ArrayList<>(List.of("reprocess", archive.toString(), "--out", out().toString()));
    args.addAll(List.of(more));
    return Main.run(args.toArray(String[]::new));
  }

  private Path out() {
    return folder.resolve("out");
  }

  private int processed() throws IOException {
    return CampaignRows.manifest(out()).units().stream().mapToInt(Manifest.Unit::processed).sum();
  }

  private List<String> files() throws IOException {
    try (var all = Files.walk(out())) {
      return all.map(Path::toString).sorted().toList();
    }
  }

  /** Reasons of the quarantined files, by path. */
  private Map<String, String> reasons() throws IOException {
    try (SparkSession spark = SparkSessions.open("test", 1)) {
      CampaignTables.register(spark, CampaignRows.folder(out()), CampaignRows.manifest(out()));
      return spark.sql("SELECT path, reason FROM quarantine").collectAsList().stream()
          .collect(Collectors.toMap(r -> r.getString(0), r -> r.getString(1)));
    }
  }

  private static String name(Path archive, Path file) {
    return archive.relativize(file).toString();
  }
}
