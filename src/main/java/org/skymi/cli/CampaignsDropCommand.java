package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ContentSummary;
import org.apache.hadoop.fs.FileSystem;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Campaigns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skymi campaigns drop}: removes a campaign. */
@Command(
    name = "drop",
    mixinStandardHelpOptions = true,
    description = "Removes a campaign with all its states; tells what it would do without --yes.",
    footer = {"", "Example: skymi campaigns drop /data/sky --campaign trial --yes"})
final class CampaignsDropCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CampaignOption which;

  @Option(names = "--yes", description = "Remove it.")
  private boolean yes;

  @Override
  public Integer call() throws IOException {
    Campaigns campaigns = which.campaigns(new Configuration());
    if (!campaigns.names().contains(which.name())) {
      campaigns.latest(which.name()); // which says what there is
    }
    CampaignFolder folder = which.folder();
    FileSystem fs = folder.fileSystem(new Configuration());
    ContentSummary size = fs.getContentSummary(folder.path());
    PrintWriter out = spec.commandLine().getOut();
    if (yes) {
      folder.drop(fs);
    }
    out.printf(
        Locale.ROOT,
        "%s: %d files, %.1f MB%s%n",
        folder.uri(),
        size.getFileCount(),
        size.getLength() / 1e6,
        yes ? " removed" : " would be removed; --yes removes them");
    out.flush();
    return Main.DONE;
  }
}
