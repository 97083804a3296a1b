package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.LearningPlan;
import org.skymi.campaign.Plan;
import org.skymi.campaign.PlannedUnit;
import org.skymi.campaign.Settings;
import org.skymi.spark.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi reprocess}: from an archive to committed tables. */
@Command(
    name = "reprocess",
    mixinStandardHelpOptions = true,
    description = "Estimates the sky of every fibre of an archive's plates and commits tables.",
    footer = {
      "",
      "A new campaign learns base models from the archive first, unless it is too small.",
      "What is in the campaign already is not done again; a run that was stopped is resumed.",
      "Example: skymi reprocess /data/archive --out /data/sky --night 20171018"
    })
final class ReprocessCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ARCHIVE", description = "Folder of frames or released spectra.")
  private String archive;

  @Mixin private RunOptions options;

  @Mixin private ReportOptions report;

  @Mixin private SelectionOption part;

  @Option(names = "--dry-run", description = "Tell what would be done, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    CampaignFolder folder = options.folder();
    try (Engine engine = Engine.start("skymi reprocess", (int) settings.number("run.attempts"))) {
      Reprocessing run =
          new Reprocessing(engine, archive, folder, settings, part.selection(), false)
              .requireWork();
      if (dryRun) {
        return dryRun(run.plan(), run.models(), run.settings());
      }
      run.run(report.of(spec.commandLine()));
      return Main.DONE;
    }
  }

  private int dryRun(Plan plan, RunModels models, Settings settings) {
    List<PlannedUnit> open = plan.open(models.manifest());
    PrintWriter console = spec.commandLine().getOut();
    models.toLearn().ifPresent(learning -> print(learning, console));
    console.printf(
        Locale.ROOT,
        "run %swould do %d of %d plates:%n",
        models.toLearn().isPresent() ? "" : plan.runId() + " ",
        open.size(),
        plan.units().size());
    for (PlannedUnit unit : open) {
      long rejected = unit.inputs().stream().filter(i -> !i.isUsable()).count();
      console.printf(
          Locale.ROOT,
          "  %s: %d files, %.1f MB%s%n",
          unit.key(),
          unit.inputs().size(),
          unit.bytes() / 1e6,
          rejected == 0 ? "" : ", " + rejected + " to quarantine");
    }
    console.println("with the settings");
    settings
        .all()
        .forEach(
            s ->
                console.printf(
                    Locale.ROOT,
                    "  %s = %s (%s)%n",
                    s.name(),
                    s.value(),
                    s.origin().replaceFirst(": \\d+$", "")));
    if (!models.note().isEmpty()) {
      console.println(models.note());
    }
    console.flush();
    return Main.DONE;
  }

  private static void print(LearningPlan learning, PrintWriter console) {
    console.println("first two base models would be learnt, of which each plate gets the one that");
    console.println("has not seen its night, from the plates");
    for (List<PlannedUnit> half : learning.halves()) {
      console.println(
          half.stream().map(PlannedUnit::key).collect(Collectors.joining(" ", "  ", "")));
    }
  }
}
