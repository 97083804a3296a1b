package org.skymi.cli;

import picocli.CommandLine.Command;

/** {@code skymi bench ...}: how fast things are here; one subcommand for each. */
@Command(
    name = "bench",
    description = "Measures how fast things are on this machine.",
    mixinStandardHelpOptions = true,
    subcommands = {
      BenchReadCommand.class,
      BenchWriteCommand.class,
      BenchClassicalCommand.class,
      BenchPlateCommand.class,
      BenchTrainCommand.class,
      BenchScaleCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: skymi bench plate --fibres 250"})
final class BenchCommand {}
