package org.skymi.cli;

import picocli.CommandLine.Command;

/** {@code skymi experiment}: what docs/ claims, made anew. */
@Command(
    name = "experiment",
    mixinStandardHelpOptions = true,
    description = "Makes figures of docs/ anew: on public measurements and simulated plates.",
    subcommands = {
      ExperimentSkyLevelsCommand.class,
      ExperimentMemoryCommand.class,
      ExperimentBossCommand.class,
      ExperimentReleasedCommand.class,
      ExperimentSimulatorCommand.class
    },
    footer = {"", "Example: skymi experiment sky-levels sky-fibres-r.csv.gz"})
final class ExperimentCommand {}
