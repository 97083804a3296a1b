package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.skymi.campaign.BaseModels;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Selection;
import org.skymi.campaign.Settings;
import org.skymi.plate.ModelUpdate;
import org.skymi.smi.SkyModel;
import org.skymi.spark.Engine;
import org.skymi.spark.PretrainJob;
import org.skymi.survey.InputException;
import org.skymi.survey.Night;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi night}: what a new night needs, and what the base model learns from it. */
@Command(
    name = "night",
    mixinStandardHelpOptions = true,
    description = "Processes a night's new or changed plates; nothing else of the campaign moves.",
    footer = {
      "",
      "Without --model, the campaign's youngest own base model is used, if it made one.",
      "Example: skymi night 20171018 /data/archive --out /data/sky --update-model"
    })
final class NightCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "YYYYMMDD", description = "Local date of the evening.")
  private String night;

  @Parameters(
      index = "1",
      paramLabel = "ARCHIVE",
      description = "Folder of frames or released spectra.")
  private String archive;

  @Mixin private RunOptions options;

  @Mixin private ReportOptions report;

  @Option(
      names = "--update-model",
      description = "Learn the next generation of the base model from the night, if it is better.")
  private boolean updateModel;

  @Override
  public Integer call() throws IOException {
    Selection selection = selection();
    CampaignFolder folder = options.folder();
    int attempts = (int) options.settings(Optional.empty()).number("run.attempts");
    try (Engine engine = Engine.start("skymi night", attempts)) {
      BaseModels own = new BaseModels(folder.fileSystem(engine.configuration()), folder);
      Settings settings = options.settings(own.youngest().map(Path::toString));
      Reprocessing run = new Reprocessing(engine, archive, folder, settings, selection, true);
      if (updateModel && run.base().isEmpty()) {
        throw new InputException("--update-model needs a base model: give --model");
      }
      if (run.isEmpty()) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "night %s: nothing in %s%n", night, archive);
        out.flush();
        return Main.DONE;
      }
      run.run(report.of(spec.commandLine()));
      if (updateModel) {
        update(run.base().orElseThrow(), run.learning(), selection, own);
      }
      return Main.DONE;
    }
  }

  private Selection selection() {
    try {
      return new Selection(Optional.of(Night.parse(night)), Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void update(SkyModel base, PretrainJob job, Selection selection, BaseModels own)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ModelUpdate.Result result = job.update(base, selection);
    result.judgements().forEach(out::println);
    if (result.model().isPresent()) {
      SkyModel next = result.model().get();
      Path file = own.keep(next.card().generation(), next.bytes());
      out.printf(Locale.ROOT, "base model of generation %d: %s%n", next.card().generation(), file);
    } else {
      out.printf(Locale.ROOT, "base model of generation %d is kept%n", base.card().generation());
    }
    out.flush();
  }
}
