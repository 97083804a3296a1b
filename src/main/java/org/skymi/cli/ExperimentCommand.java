package org.skymi.cli;

import picocli.CommandLine.Command;

/** {@code skymi experiment ...}: makes pages of docs anew; one subcommand for each. */
@Command(
    name = "experiment",
    description = "Makes a page of measurements anew, from nothing but seeds.",
    mixinStandardHelpOptions = true,
    subcommands = {ExperimentSimulatorCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: skymi experiment simulator --plates 3 --out /tmp/simulator.md"})
final class ExperimentCommand {}
