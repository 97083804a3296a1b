package org.skymi.cli;

import picocli.CommandLine.Command;

/** {@code skymi experiment ...}: how well the methods do; one subcommand for each question. */
@Command(
    name = "experiment",
    description = "Measures how well the methods do, on real data or against simulated truth.",
    mixinStandardHelpOptions = true,
    subcommands = {ExperimentMemoryCommand.class, ExperimentSkyLevelsCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: skymi experiment sky-levels sky-fibres-r.csv.gz"})
final class ExperimentCommand {}
