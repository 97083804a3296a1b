package org.skymi.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Manifest;
import org.skymi.campaign.Rollback;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skymi campaigns rollback}: an older state becomes the campaign's newest. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = "Makes an older state of a campaign its newest; nothing is overwritten.",
    footer = {
      "",
      "What was rolled back is open again: the next reprocess does it anew if the archive",
      "still has it.",
      "Example: skymi campaigns rollback /data/sky --to 3"
    })
final class CampaignsRollbackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CampaignOption which;

  @Option(
      names = "--to",
      paramLabel = "N",
      required = true,
      description = "Number of the state to return to; see skymi campaigns show.")
  private int to;

  @Override
  public Integer call() throws IOException {
    Configuration configuration = new Configuration();
    which.manifest(configuration);
    CampaignFolder folder = which.folder();
    Manifest now = Rollback.publish(folder.fileSystem(configuration), folder, to, Main.version());
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "campaign %s, manifest %d: %s, %d units%n",
            folder.uri(),
            now.number(),
            now.action(),
            now.units().size());
    spec.commandLine().getOut().flush();
    return Main.DONE;
  }
}
