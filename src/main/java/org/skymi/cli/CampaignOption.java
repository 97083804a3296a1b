package org.skymi.cli;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.skymi.campaign.CampaignFolder;
import org.skymi.campaign.Campaigns;
import org.skymi.campaign.Manifest;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code DIR --campaign NAME}: which campaign a command is about. */
final class CampaignOption {
  /** The campaign that is meant when none is named. */
  static final String MAIN = "main";

  @Parameters(index = "0", paramLabel = "DIR", description = "Where campaigns are.")
  private String place;

  @Option(names = "--campaign", paramLabel = "NAME", description = "Campaign (default: main).")
  private String campaign;

  /** Where campaigns are. */
  String place() {
    return place;
  }

  /** The name, if one was given. */
  Optional<String> given() {
    return Optional.ofNullable(campaign);
  }

  String name() {
    return given().orElse(MAIN);
  }

  /**
   * The folder.
   *
   * @throws org.skymi.survey.InputException if the name is not fit for one
   */
  CampaignFolder folder() {
    return CampaignFolder.of(place, name());
  }

  Campaigns campaigns(Configuration configuration) {
    return new Campaigns(place, configuration);
  }

  /**
   * The newest manifest.
   *
   * @throws org.skymi.survey.InputException if there is no such campaign, naming those there are
   */
  Manifest manifest(Configuration configuration) throws IOException {
    return campaigns(configuration).latest(name());
  }
}
