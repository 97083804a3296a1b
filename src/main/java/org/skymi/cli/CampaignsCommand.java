package org.skymi.cli;

import picocli.CommandLine.Command;

/**
 * {@code skymi campaigns ...}: the states that campaigns are and were in; one subcommand for each
 * verb.
 */
@Command(
    name = "campaigns",
    description = "Lists, shows, compares, rolls back and drops campaigns.",
    mixinStandardHelpOptions = true,
    subcommands = {
      CampaignsListCommand.class,
      CampaignsShowCommand.class,
      CampaignsDiffCommand.class,
      CampaignsRollbackCommand.class,
      CampaignsDropCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: skymi campaigns list /data/sky"})
final class CampaignsCommand {}
