package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.skymi.campaign.CampaignFolder;
import org.skymi.query.Answer;
import org.skymi.query.CampaignSql;
import org.skymi.report.Printable;
import org.skymi.spark.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi sql}: questions about a campaign's tables. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description = "Answers questions about a campaign in Spark SQL, or prompts for them.",
    footer = {
      "",
      "Tables and columns are those of docs/tables.md; docs/cookbook.md has examples.",
      "Without SQL it prompts; from a pipe it answers the questions it is sent.",
      "Examples: skymi sql /data/sky \"SELECT night, count(*) FROM fibre_sky GROUP BY night\"",
      "          skymi sql /data/sky --table lamost=dr7.csv --out joined.parquet \\",
      "            \"SELECT * FROM fibre_sky JOIN lamost USING (obsid)\""
    })
final class SqlCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private StateOption which;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SQL",
      description = "The question; several are separated by semicolons.")
  private String question;

  @Option(
      names = "--format",
      paramLabel = "table|csv|json|parquet",
      description = "Default: what the name of --out says, else table. JSON: one object a line.")
  private AnswerFormat format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the answer goes, a path or URI; replaced if it is there.")
  private String out;

  @Option(
      names = "--table",
      paramLabel = "NAME=FILE",
      description = "One more table: Parquet, or CSV with a heading (also with | ; or tabs).")
  private Map<String, String> tables = new LinkedHashMap<>();

  @Option(
      names = "--rows",
      defaultValue = "1000",
      description = "Most rows of a table (${DEFAULT-VALUE}); other formats have all.")
  private int rows;

  @Override
  public Integer call() throws IOException {
    check();
    CampaignFolder folder = which.folder();
    try (Engine engine = Engine.start("skymi sql", 1)) {
      CampaignSql sql = new CampaignSql(engine, folder, which.manifest(engine.configuration()));
      tables.forEach(sql::add);
      if (question == null && System.console() != null) {
        prompt(sql);
        return Main.DONE;
      }
      for (String asked : asked()) {
        Answer answer = sql.ask(asked);
        if (out == null) {
          print(answer);
        } else {
          new AnswerFile(out, engine.configuration()).write(answer, format, rows);
          spec.commandLine().getOut().println("stored in " + out);
        }
      }
      spec.commandLine().getOut().flush();
      return Main.DONE;
    }
  }

  private void check() {
    format = format != null ? format : out == null ? AnswerFormat.TABLE : AnswerFormat.of(out);
    if (format == AnswerFormat.PARQUET && out == null) {
      throw new ParameterException(spec.commandLine(), "--format parquet needs --out FILE");
    }
    if (rows < 1) {
      throw new ParameterException(spec.commandLine(), "--rows must be 1 or more");
    }
    if (out != null && question == null) {
      throw new ParameterException(spec.commandLine(), "--out needs SQL on the command line");
    }
    if (out != null && questions(question).size() != 1) {
      throw new ParameterException(spec.commandLine(), "--out takes the answer to one question");
    }
  }

  private List<String> asked() throws IOException {
    return questions(
        question == null ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : question);
  }

  private static List<String> questions(String text) {
    return Statements.of(text + "\n;").complete();
  }

  /** To a console, or who knows where: no text of a file may act on it. */
  private void print(Answer answer) {
    PrintWriter console = spec.commandLine().getOut();
    format.write(answer, rows, line -> console.println(Printable.of(line)));
  }

  private void prompt(CampaignSql sql) throws IOException {
    Path history = Path.of(System.getProperty("user.home"), ".skymi_sql_history");
    try (Terminal terminal = TerminalBuilder.builder().name("skymi").build()) {
      new SqlPrompt(sql, terminal, history, rows).run();
    }
  }
}
