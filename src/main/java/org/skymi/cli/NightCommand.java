package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileSystem;
import org.skymi.campaign.BaseModels;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Selection;
import org.skymi.campaign.Settings;
import org.skymi.plate.ModelUpdate;
import org.skymi.smi.SkyModel;
import org.skymi.spark.Engine;
import org.skymi.spark.PretrainJob;
import org.skymi.spark.TimedLog;
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
      "Without --model, the campaign's own base models are used, or learnt if it is new.",
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
    Settings settings = options.settings();
    int attempts = (int) settings.number("run.attempts");
    try (Engine engine = Engine.start("skymi night", attempts)) {
      Reprocessing run = new Reprocessing(engine, archive, folder, settings, selection, true);
      if (updateModel && run.models().known().isEmpty() && run.models().toLearn().isEmpty()) {
        throw new InputException("--update-model needs a base model: give --model");
      }
      if (run.isEmpty()) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "night %s: nothing in %s%n", night, archive);
        out.flush();
        return Main.DONE;
      }
      RunReport told = report.of(spec.commandLine());
      run.run(told);
      if (updateModel) {
        FileSystem fs = folder.fileSystem(engine.configuration());
        update(run, run.learning(new TimedLog(told)), selection, new BaseModels(fs, folder));
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

  /** Of two models, that learns the night which does not judge it. */
  private void update(Reprocessing run, PretrainJob job, Selection selection, BaseModels own)
      throws IOException {
    List<SkyModel> models = new ArrayList<>(run.models().known());
    if (models.isEmpty()) {
      throw new InputException("--update-model needs a base model, and none could be learnt");
    }
    int learner = run.plan().models().learner(selection.night().orElseThrow().lmjd());
    SkyModel base = models.get(learner);
    ModelUpdate.Result result = job.update(base, selection);
    PrintWriter out = spec.commandLine().getOut();
    result.judgements().forEach(out::println);
    if (result.model().isPresent()) {
      SkyModel next = result.model().get();
      models.set(learner, next);
      if (!own.keep(models, run.settings().digest())) {
        throw new InputException("another run has made a base model of this generation");
      }
      out.printf(
          Locale.ROOT,
          "base model of generation %d: %s%n",
          next.card().generation(),
          own.file(next.digest()));
    } else {
      out.printf(Locale.ROOT, "base model of generation %d is kept%n", base.card().generation());
    }
    out.flush();
  }
}
