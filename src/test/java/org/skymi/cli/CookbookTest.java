package org.skymi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.fits.MadeUpRelease;
import org.skymi.query.Answer;
import org.skymi.query.CampaignSql;
import org.skymi.spark.Engine;
import org.skymi.spark.SparkSessions;
import org.skymi.survey.InputException;
import org.skymi.table.Table;
import org.skymi.table.Tables;

/** Every query of docs/cookbook.md, in Spark by {@code skymi sql} and in DuckDB by the export. */
class CookbookTest {
  private static final Pattern RECIPE =
      Pattern.compile(
          "## (\\d+)\\. [^\\n]*\\n(.*?)```sql\\n(.*?)```\\n\\nColumns: (.*?)\\.[ \\n]",
          Pattern.DOTALL);

  @TempDir static Path folder;
  private static TinyCampaign tiny;
  private static Path catalogue;

  private record Recipe(String number, String sql, List<String> columns) {}

  @BeforeAll
  static void aCampaignOfFramesReleasedSpectraAndABadFile() throws IOException {
    System.setProperty("spark.master", "local[2]");
    tiny = TinyCampaign.copy(folder);
    Path release = Files.createDirectories(tiny.archive().resolve("20190401/HD10N36B01"));
    Files.write(
        release.resolve("spec-58575-HD10N36B01_sp03-017.fits"), MadeUpRelease.dr7().bytes());
    Files.write(release.resolve("bad.fits"), new byte[3]);
    tiny.trainNetworks();
    catalogue = folder.resolve("dr7.csv");
    Files.writeString(
        catalogue,
        """
        obsid|lmjd|planid|spid|fiberid|class|snrg
        1|58001|P1|1|2|STAR|31.5
        2|58002|P2|1|3|GALAXY|8.25
        OBSID|58575|HD10N36B01|3|17|QSO|4.5
        """
            .replace("OBSID", "740103017"));
  }

  @AfterAll
  static void asBefore() {
    System.clearProperty("spark.master");
  }

  @Test
  void everyQueryIsAnsweredBySparkAndByDuckDbAlike() throws Exception {
    List<Recipe> recipes = recipes();
    assertThat(recipes).hasSizeGreaterThanOrEqualTo(15);
    List<Integer> rows = new ArrayList<>();
    try (Engine engine = Engine.start("test", 1)) {
      CampaignSql sql =
          new CampaignSql(
              engine, CampaignRows.folder(tiny.out()), CampaignRows.manifest(tiny.out()));
      sql.add("lamost", catalogue.toString());
      for (Recipe recipe : recipes) {
        Answer answer = sql.ask(recipe.sql());
        assertThat(answer.columns()).as(recipe.number()).isEqualTo(recipe.columns());
        rows.add(answer.first(1000).size());
        assertThat(rows.get(rows.size() - 1)).as(recipe.number()).isPositive();
      }
      refusesWhatIsNoQuestion(sql);
    }
    tiny.about(Main.DONE, "export", "--to", folder.resolve("views").toString());
    assertThat(askDuckDb(recipes)).isEqualTo(rows);
  }

  private static void refusesWhatIsNoQuestion(CampaignSql sql) {
    for (String statement :
        List.of(
            "DROP VIEW fibre_sky",
            "INSERT INTO runs SELECT * FROM runs",
            "FROM runs INSERT INTO runs SELECT *",
            "INSERT OVERWRITE DIRECTORY '/tmp/x' USING csv SELECT 1",
            "CREATE TABLE x USING parquet AS SELECT 1",
            "SET spark.sql.ansi.enabled = true")) {
      assertThatThrownBy(() -> sql.ask(statement))
          .as(statement)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("only questions");
    }
    assertThat(sql.ask("SHOW TABLES").first(100)).hasSizeGreaterThanOrEqualTo(7);
    assertThat(sql.ask("EXPLAIN SELECT 1;").first(100)).isNotEmpty();
  }

  /** What a dataframe library does with a folder: all files, and what folders' names say. */
  @Test
  void everyTablesFolderOpensWithoutOptions() throws Exception {
    Path data = tiny.file("data");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement();
        SparkSession spark = SparkSessions.open("test", 1)) {
      for (Table<?> table : Tables.ALL) {
        Path folder = data.resolve(table.name());
        List<String> names = table.columns().stream().map(c -> c.name()).toList();
        try (var files = Files.walk(folder)) {
          assertThat(files.skip(1)).as(table.name()).noneMatch(Files::isDirectory).isNotEmpty();
        }
        for (String hive : List.of("", ", hive_partitioning = true")) {
          try (ResultSet r =
              sql.executeQuery("SELECT * FROM read_parquet('" + folder + "/**'" + hive + ")")) {
            assertThat(columns(r)).isEqualTo(names);
            int night = names.indexOf("night");
            assertThat(night < 0 ? "INTEGER" : r.getMetaData().getColumnTypeName(night + 1))
                .isEqualTo("INTEGER");
          }
        }
        assertThat(spark.read().parquet(folder.toString()).columns())
            .containsExactlyElementsOf(names);
      }
    }
  }

  private static List<Integer> askDuckDb(List<Recipe> recipes) throws Exception {
    List<Integer> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement()) {
      sql.execute(Files.readString(folder.resolve("views/views.sql")));
      sql.execute("CREATE VIEW lamost AS SELECT * FROM read_csv('" + catalogue + "')");
      for (Recipe recipe : recipes) {
        try (ResultSet r = sql.executeQuery(recipe.sql())) {
          assertThat(columns(r)).as(recipe.number()).isEqualTo(recipe.columns());
          int n = 0;
          while (r.next()) {
            n++;
          }
          rows.add(n);
        }
      }
    }
    return rows;
  }

  private static List<String> columns(ResultSet r) throws Exception {
    List<String> names = new ArrayList<>();
    for (int c = 1; c <= r.getMetaData().getColumnCount(); c++) {
      names.add(r.getMetaData().getColumnLabel(c));
    }
    return names;
  }

  private static List<Recipe> recipes() throws IOException {
    Matcher found = RECIPE.matcher(Files.readString(Path.of("docs", "cookbook.md")));
    List<Recipe> recipes = new ArrayList<>();
    while (found.find()) {
      List<String> columns =
          Arrays.stream(found.group(4).split(",\\s*")).map(c -> c.replace("`", "")).toList();
      recipes.add(new Recipe(found.group(1), found.group(3), columns));
    }
    return recipes;
  }
}
