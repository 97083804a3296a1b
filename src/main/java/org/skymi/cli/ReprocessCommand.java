package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.ManifestStore;
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
    Settings settings = options.settings(Optional.empty());
    CampaignFolder folder = options.folder();
    try (Engine engine = Engine.start("skymi reprocess", (int) settings.number("run.attempts"))) {
      Reprocessing run =
          new Reprocessing(engine, archive, folder, settings, part.selection(), false)
              .requireWork();
      if (dryRun) {
        return dryRun(run.plan(), folder, engine.configuration(), run.settings());
      }
      run.run(report.of(spec.commandLine()));
      return Main.DONE;
    }
  }

  private int dryRun(
      Plan plan, CampaignFolder folder, Configuration configuration, Settings settings)
      throws IOException {
    Optional<Manifest> manifest =
        new ManifestStore(folder.fileSystem(configuration), folder).latest();
    List<PlannedUnit> open = plan.open(manifest);
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        Locale.ROOT,
        "run %s would do %d of %d plates:%n",
        plan.runId(),
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
    console.flush();
    return Main.DONE;
  }
}
