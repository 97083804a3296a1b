package org.skymi.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.ManifestStore;
import org.skymi.spark.CampaignSummary;
import org.skymi.spark.Engine;
import org.skymi.survey.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi summary}: a campaign at a glance. */
@Command(
    name = "summary",
    mixinStandardHelpOptions = true,
    description = "Shows a campaign at a glance: counts, quarantine, both methods side by side.",
    footer = {"", "Example: skymi summary /data/sky"})
final class SummaryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Where campaigns are.")
  private String out;

  @Option(
      names = "--campaign",
      paramLabel = "NAME",
      defaultValue = "main",
      description = "Campaign (default: ${DEFAULT-VALUE}).")
  private String campaign;

  @Override
  public Integer call() throws IOException {
    CampaignFolder folder = CampaignFolder.of(out, campaign);
    try (Engine engine = Engine.start("skymi summary", 1)) {
      Manifest manifest =
          new ManifestStore(folder.fileSystem(engine.configuration()), folder)
              .latest()
              .orElseThrow(() -> new InputException("no campaign '" + campaign + "' in " + out));
      spec.commandLine().getOut().print(new CampaignSummary(engine, folder, manifest).text());
      spec.commandLine().getOut().flush();
      return Main.DONE;
    }
  }
}
