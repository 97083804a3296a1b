package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Campaigns;
import org.skymi.campaign.ManifestDifference;
import org.skymi.query.CampaignDifference;
import org.skymi.spark.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi campaigns diff}: what is other in one campaign, or state, than in another. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Compares two campaigns, or two states of one: settings, units, metrics.",
    footer = {
      "",
      "A state is written NAME@N; NAME alone is the newest.",
      "Example: skymi campaigns diff /data/sky main@3 main"
    })
final class CampaignsDiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "Where campaigns are.")
  private String place;

  @Parameters(index = "1", paramLabel = "A", description = "Campaign or state before.")
  private String before;

  @Parameters(index = "2", paramLabel = "B", description = "Campaign or state after.")
  private String after;

  @Override
  public Integer call() throws IOException {
    try (Engine engine = Engine.start("skymi campaigns diff", 1)) {
      Campaigns campaigns = new Campaigns(place, engine.configuration());
      CampaignDifference.State a =
          new CampaignDifference.State(folder(before), campaigns.referred(before));
      CampaignDifference.State b =
          new CampaignDifference.State(folder(after), campaigns.referred(after));
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT,
          "%s (manifest %d) and %s (manifest %d)%n%n",
          before,
          a.manifest().number(),
          after,
          b.manifest().number());
      new ManifestDifference(a.manifest(), b.manifest()).lines().forEach(out::println);
      out.println();
      out.print(new CampaignDifference(engine, a, b).text());
      out.flush();
      return Main.DONE;
    }
  }

  private CampaignFolder folder(String reference) {
    return CampaignFolder.of(place, reference.replaceFirst("@.*", ""));
  }
}
