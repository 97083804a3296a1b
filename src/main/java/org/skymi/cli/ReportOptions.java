package org.skymi.cli;

import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How the commands that reprocess tell of it. */
final class ReportOptions {
  @Option(names = "--quiet", description = "No progress, only what was done.")
  private boolean quiet;

  @Option(
      names = "--json-log",
      description = "Progress and result on standard output, one JSON object a line.")
  private boolean json;

  /** The report for a command's streams. */
  RunReport of(CommandLine commandLine) {
    return json
        ? new JsonReport(commandLine.getOut(), quiet)
        : new TextReport(commandLine.getOut(), commandLine.getErr(), quiet);
  }
}
