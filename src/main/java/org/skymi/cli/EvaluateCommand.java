package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileUtil;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.Selection;
import org.skymi.campaign.Settings;
import org.skymi.query.CampaignEvaluation;
import org.skymi.report.evaluate.Comparison;
import org.skymi.report.evaluate.Evaluation;
import org.skymi.report.evaluate.EvaluationCsv;
import org.skymi.report.evaluate.EvaluationPage;
import org.skymi.sky.judge.Method;
import org.skymi.spark.Engine;
import org.skymi.survey.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skymi evaluate}: methods side by side, and what each adds. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Shows methods side by side, with intervals: what each adds, and its bias.",
    footer = {
      "",
      "DIR may be an archive, too: it is reprocessed first, by all methods,",
      "into --out or a temporary local folder; on a cluster give --out.",
      "Example: skymi evaluate /data/sky --format markdown --store accuracy.md"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** How the result is written. */
  enum Format {
    TEXT,
    CSV,
    MARKDOWN;

    String of(Evaluation evaluation) {
      return switch (this) {
        case TEXT -> EvaluationPage.text(evaluation);
        case CSV -> EvaluationCsv.of(evaluation);
        case MARKDOWN -> EvaluationPage.markdown(evaluation);
      };
    }
  }

  @Mixin private CampaignOption which;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the campaign of an archive goes, to be kept.")
  private String out;

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "text|csv|markdown",
      description = "Default: ${DEFAULT-VALUE}. CSV has every number.")
  private Format format;

  @Option(names = "--store", paramLabel = "FILE", description = "Write to a file.")
  private Path store;

  @Option(
      names = "--resamples",
      defaultValue = "1000",
      description = "Of the bootstrap over plates (${DEFAULT-VALUE}).")
  private int resamples;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the resamples; the same seed, the same intervals (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "Settings to reprocess an archive with, HOCON; may be repeated.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws IOException {
    if (resamples < 100) {
      throw new ParameterException(spec.commandLine(), "--resamples must be 100 or more");
    }
    Map<String, Object> given = new HashMap<>();
    given.put("run.campaign", which.given().orElse(null));
    // The survey's own skies are in few archives.
    EnumSet<Method> all = EnumSet.complementOf(EnumSet.of(Method.SURVEY));
    given.put("reduction.methods", all.stream().map(Method::key).toList());
    Settings settings = Reprocessing.settings(files, given);
    String name = settings.text("run.campaign");
    try (Engine engine = Engine.start("skymi evaluate", (int) settings.number("run.attempts"))) {
      CampaignFolder folder = CampaignFolder.of(which.place(), name);
      Optional<Manifest> manifest =
          which.campaigns(engine.configuration()).manifests(name).latest();
      if (manifest.isPresent()) {
        write(evaluate(engine, folder, manifest.get()));
      } else if (out != null) {
        reprocess(engine, CampaignFolder.of(out, name), settings);
      } else {
        Path temporary = Files.createTempDirectory("skymi-evaluate");
        try {
          reprocess(engine, CampaignFolder.of(temporary.toUri().toString(), name), settings);
        } finally {
          FileUtil.fullyDelete(temporary.toFile());
        }
      }
      return Main.DONE;
    }
  }

  private void reprocess(Engine engine, CampaignFolder folder, Settings settings)
      throws IOException {
    Reprocessing run;
    try {
      run =
          new Reprocessing(engine, which.place(), folder, settings, Selection.ALL, false)
              .requireWork();
    } catch (InputException e) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "neither a campaign '%s' nor an archive: %s (%s)",
              settings.text("run.campaign"),
              which.place(),
              e.getMessage()),
          e);
    }
    // The counts go where warnings go: what is printed otherwise is the evaluation alone.
    PrintWriter err = spec.commandLine().getErr();
    write(evaluate(engine, folder, run.run(new TextReport(err, err, false))));
  }

  private Evaluation evaluate(Engine engine, CampaignFolder folder, Manifest manifest) {
    return new CampaignEvaluation(
            engine, folder, manifest, new Comparison.Resampling(resamples, seed))
        .evaluate();
  }

  private void write(Evaluation evaluation) throws IOException {
    String text = format.of(evaluation);
    PrintWriter console = spec.commandLine().getOut();
    if (store == null) {
      console.print(text);
    } else {
      if (store.toAbsolutePath().getParent() != null) {
        Files.createDirectories(store.toAbsolutePath().getParent());
      }
      Files.writeString(store, text);
      console.println("stored in " + store);
    }
    console.flush();
  }
}
