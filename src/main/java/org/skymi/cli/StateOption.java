package org.skymi.cli;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Campaigns;
import org.skymi.campaign.Manifest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code DIR --campaign NAME --as-of N}: which state of which campaign a command is about. */
final class StateOption {
  @Mixin private CampaignOption which;

  @Option(
      names = "--as-of",
      paramLabel = "MANIFEST",
      description = "An older state, by its number; see skymi campaigns show (default: newest).")
  private Integer asOf;

  String name() {
    return which.name();
  }

  CampaignFolder folder() {
    return which.folder();
  }

  /**
   * The manifest.
   *
   * @throws org.skymi.survey.InputException if there is no such campaign or state, naming those
   *     there are
   */
  Manifest manifest(Configuration configuration) throws IOException {
    Campaigns campaigns = which.campaigns(configuration);
    return asOf == null
        ? campaigns.latest(which.name())
        : campaigns.referred(which.name() + "@" + asOf);
  }
}
