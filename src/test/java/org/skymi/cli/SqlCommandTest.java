package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skymi.cli.Said.said;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.query.CampaignSql;
import org.skymi.spark.Engine;
import org.skymi.spark.SparkSessions;

/** {@code skymi sql} and {@code skymi export}, as their users see them. */
class SqlCommandTest {
  /** Clears the screen of a terminal that is shown it. */
  private static final String NASTY = "\u001b[2Jtext\u202e";

  @TempDir static Path folder;
  private static TinyCampaign tiny;

  @BeforeAll
  static void campaign() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.sql.shuffle.partitions", "2");
    tiny = TinyCampaign.copy(folder);
  }

  @AfterAll
  static void asBefore() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.sql.shuffle.partitions");
  }

  @Test
  void whatIsWrongIsSaidInOneHelpfulLine() throws IOException {
    assertThat(ask(Main.INPUT, "SELECT * FROM fiber_sky"))
        .startsWith("skymi: no table 'fiber_sky'; nearest: fibre_sky; there are: fibre_sky, ")
        .hasLineCount(1);
    assertThat(ask(Main.INPUT, "SELECT smi_sysfloor FROM fibre_sky"))
        .startsWith("skymi: no column 'smi_sysfloor' here; nearest: smi_sys_floor (fibre_sky, ")
        .hasLineCount(1);
    assertThat(ask(Main.INPUT, "SELECT nigt FROM fibre_sky"))
        .isEqualTo(
            "skymi: no column 'nigt' here; nearest: night (fibre_sky, frame_summary, training,"
                + " quarantine)\n");
    assertThat(ask(Main.INPUT, "SELEKT 1")).contains("SELEKT").hasLineCount(1);
    assertThat(ask(Main.INPUT, "SELECT 1", "--campaign", "other"))
        .contains("no campaign 'other'", "there are: main")
        .hasLineCount(1);
    assertThat(ask(Main.INPUT, "SELECT 1", "--as-of", "7"))
        .isEqualTo("skymi: no manifest 7: there are 1 to 1\n");
    assertThat(ask(Main.USAGE, "SELECT 1", "--format", "parquet")).contains("needs --out");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(said(Main.INPUT, "sql", empty.toString(), "SELECT 1"))
        .contains("no campaign 'main'", "there is none")
        .hasLineCount(1);
  }

  @Test
  void answersAreTablesCsvJsonAndParquet() throws Exception {
    String sql =
        "SELECT planid, CAST(count(*) AS INT) AS n, CAST(NULL AS FLOAT) AS none,"
            + " '"
            + NASTY
            + ", \"so\"' AS text FROM fibre_sky GROUP BY planid ORDER BY planid;";
    assertThat(ask(Main.DONE, sql))
        .contains("planid   n  none", "P1", "48  null", "\\u001b[2Jtext\\u202e", "(3 rows)")
        .doesNotContain("\u001b");
    assertThat(ask(Main.DONE, sql, "--format", "csv"))
        .startsWith("planid,n,none,text\nP1,48,,\"\\u001b[2Jtext\\u202e, \"\"so\"\"\"\n");
    String json = ask(Main.DONE, sql, "--format", "json");
    assertThat(json).doesNotContain("\u001b", "\u202e");
    JsonNode first = new ObjectMapper().readTree(json.lines().findFirst().orElseThrow());
    assertThat(first.get("n").intValue()).isEqualTo(48);
    assertThat(first.get("none").isNull()).isTrue();
    assertThat(first.get("text").textValue()).isEqualTo(NASTY + ", \"so\"");

    Path csv = folder.resolve("answers/a.csv");
    ask(Main.DONE, sql, "--out", csv.toString());
    assertThat(csv).content().contains(NASTY);
    Path parquet = folder.resolve("answers/a.parquet");
    ask(Main.DONE, sql, "--out", parquet.toString());
    assertThat(ask(Main.DONE, sql, "--out", parquet.toString())).contains("stored in");
    try (var files = Files.list(parquet.getParent())) {
      assertThat(files).containsExactlyInAnyOrder(csv, parquet);
    }
    assertThat(duckDb("", "SELECT sum(n) FROM '" + parquet + "'")).isEqualTo("144");
    assertThat(ask(Main.DONE, "SELECT n FROM a", "--table", "a=" + parquet, "--rows", "2"))
        .contains("(the first 2 rows; there are more)");
  }

  @Test
  void anOlderStateIsAskedAndExported() throws Exception {
    TinyCampaign own = TinyCampaign.copy(folder.resolve("own"));
    Files.write(own.filesOf(1).get(0), new byte[0]);
    own.reprocess();
    String count = "SELECT count(*) FROM fibre_sky";
    assertThat(own.about(Main.DONE, "sql", count, "--as-of", "1")).contains("144");
    assertThat(own.about(Main.DONE, "sql", count)).contains("120");

    Path views = folder.resolve("views");
    own.about(Main.DONE, "export", "--to", views.toString(), "--as-of", "1");
    String sql = Files.readString(views.resolve("views.sql"));
    assertThat(duckDb(sql, count)).isEqualTo("144");
    assertThat(duckDb(sql, "SELECT count(path) FROM quarantine")).isEqualTo("0");
    own.about(Main.DONE, "export", "--to", views.toString());
    assertThat(duckDb(Files.readString(views.resolve("views.sql")), count)).isEqualTo("120");
    JsonNode lists = new ObjectMapper().readTree(views.resolve("files.json").toFile());
    assertThat(lists.at("/manifest").intValue()).isEqualTo(2);
    assertThat(lists.at("/tables/fibre_sky/rows").intValue()).isEqualTo(120);
    for (JsonNode file : lists.at("/tables/fibre_sky/files")) {
      assertThat(Path.of(file.textValue())).isAbsolute().exists();
    }
    assertThat(catalogCount(views.resolve("catalog.sql"))).isEqualTo(120);
  }

  @Test
  void thePromptAnswersCompletesAndGoesOn() throws IOException {
    String typed =
        String.join(
            "\n",
            "SELECT count(*) AS n",
            "FROM fibre_sky WHERE arm = 'b';",
            "\\d frame_summary",
            "\\d",
            "SELECT nigth FROM fibre_sky;",
            "\\x",
            "SEL\tchar(27) AS one, planid FROM frame_s\tLIMIT 1; SELECT 7 AS seven;",
            "\\nonsense",
            "exit",
            "");
    Path history = folder.resolve("history");
    String shown = prompt(typed, history);
    assertThat(shown)
        .contains("72", "crosstalk1", "share of flux", "what one row is", "nearest: night (")
        .contains("one line for each value", "seven", "no command \\nonsense")
        .contains("\\u001b", "FROM frame_summary ");
    assertThat(Files.readAllLines(history)).anyMatch(l -> l.contains("frame_summary"));
  }

  @Test
  void commandsWorkWithinAQuestionThatHasBegun() throws IOException {
    Path history = folder.resolve("history2");
    String shown =
        prompt(
            String.join(
                    "\n", "help", "SELECT 6 * 7 AS answer", "\\d runs", "HELP", ", 8 AS eight;", "")
                + "SELECT 'open\nquit\n",
            history);
    assertThat(shown)
        .contains("a question, over as many lines", "digest of inventory", "answer", "42", "eight");
    assertThat(shown.split("a question, over as many lines", -1)).hasSize(3);
  }

  @Test
  void questionsComeThroughAPipe() {
    InputStream before = System.in;
    System.setIn(
        new ByteArrayInputStream(
            "SELECT 1 AS a; -- ; no\nSELECT ';' AS b".getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(tiny.about(Main.DONE, "sql", "--format", "csv")).isEqualTo("a\n1\nb\n;\n");
    } finally {
      System.setIn(before);
    }
  }

  private static String ask(int code, String sql, String... more) {
    String[] args = new String[more.length + 1];
    args[0] = sql;
    System.arraycopy(more, 0, args, 1, more.length);
    return tiny.about(code, "sql", args);
  }

  private static String prompt(String typed, Path history) throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    // A pipe that stays open: a terminal whose input ends is closed at once.
    PipedOutputStream keys = new PipedOutputStream();
    try (Engine engine = Engine.start("test", 1);
        Terminal terminal =
            new ExternalTerminal(
                "test", "ansi", new PipedInputStream(keys, 8192), shown, StandardCharsets.UTF_8)) {
      CampaignSql sql =
          new CampaignSql(
              engine, CampaignRows.folder(tiny.out()), CampaignRows.manifest(tiny.out()));
      terminal.setSize(new Size(200, 50));
      keys.write(typed.getBytes(StandardCharsets.UTF_8));
      keys.flush();
      new SqlPrompt(sql, terminal, history, 100).run();
    }
    return shown.toString(StandardCharsets.UTF_8);
  }

  private static String duckDb(String script, String question) throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement()) {
      if (!script.isEmpty()) {
        sql.execute(script);
      }
      try (ResultSet r = sql.executeQuery(question)) {
        r.next();
        return r.getString(1);
      }
    }
  }

  /** Rows of fibre_sky after a Spark has been given the views. */
  private static long catalogCount(Path script) throws IOException {
    try (var spark = SparkSessions.open("test", 1)) {
      Statements.of(Files.readString(script)).complete().forEach(spark::sql);
      return spark.sql("SELECT * FROM fibre_sky").count();
    }
  }
}
