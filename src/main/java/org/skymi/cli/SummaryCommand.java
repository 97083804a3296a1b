package org.skymi.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.query.CampaignSummary;
import org.skymi.spark.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code skymi summary}: a campaign at a glance. */
@Command(
    name = "summary",
    mixinStandardHelpOptions = true,
    description = "Shows a campaign at a glance: counts, quarantine, methods side by side.",
    footer = {"", "Example: skymi summary /data/sky"})
final class SummaryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CampaignOption which;

  @Override
  public Integer call() throws IOException {
    CampaignFolder folder = which.folder();
    try (Engine engine = Engine.start("skymi summary", 1)) {
      Manifest manifest = which.manifest(engine.configuration());
      spec.commandLine().getOut().print(new CampaignSummary(engine, folder, manifest).text());
      spec.commandLine().getOut().flush();
      return Main.DONE;
    }
  }
}
