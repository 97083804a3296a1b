package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.skymi.survey.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code skymi COMMAND ...}. Maps exceptions to exit codes. */
@Command(
    name = "skymi",
    description = "Individual sky spectra for multi-object fibre surveys.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      SimulateCommand.class,
      InspectCommand.class,
      InventoryCommand.class,
      ReprocessCommand.class,
      NightCommand.class,
      SummaryCommand.class,
      SqlCommand.class,
      ExportCommand.class,
      EvaluateCommand.class,
      AblateCommand.class,
      ExperimentCommand.class,
      PretrainCommand.class,
      ModelCommand.class,
      ReportCommand.class,
      PlotCommand.class,
      ResidualsCommand.class,
      CampaignsCommand.class,
      VerifyCommand.class,
      CompactCommand.class,
      CleanCommand.class,
      BenchCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "Examples: skymi reprocess /data/archive --out /data/sky",
      "          skymi summary /data/sky",
      "          skymi sql /data/sky \"SELECT night, count(*) FROM fibre_sky GROUP BY night\"",
      "skymi COMMAND --help tells more of each."
    })
public final class Main {
  /** All was done. */
  static final int DONE = 0;

  /** The command line was wrong. */
  static final int USAGE = 1;

  /** The input or the environment was wrong. */
  static final int INPUT = 2;

  /** The program was wrong. */
  static final int INTERNAL = 3;

  private Main() {}

  public static void main(String[] args) {
    Surroundings.complete();
    System.exit(run(args));
  }

  /** Runs a command line and returns its exit code. */
  static int run(String... args) {
    CommandLine commandLine = commandLine();
    commandLine.setExitCodeExceptionMapper(Main::exitCode);
    commandLine.setExecutionExceptionHandler(
        (exception, command, parse) -> {
          int code = exitCode(exception);
          if (code == INTERNAL) {
            exception.printStackTrace(command.getErr());
          }
          command.getErr().println("skymi: " + message(exception));
          return code;
        });
    commandLine.setParameterExceptionHandler(Main::misused);
    setUsageCode(commandLine);
    try {
      return args.length == 0 ? usage(commandLine) : commandLine.execute(args);
    } catch (OutOfMemoryError e) {
      long mib = Runtime.getRuntime().maxMemory() >> 20;
      commandLine.getErr().println("skymi: out of memory, heap " + mib + " MiB: see SKYMI_HEAP");
      return INPUT;
    }
  }

  /** What is wrong with the command line: a line or two, and where to read more. */
  private static int misused(CommandLine.ParameterException exception, String[] args) {
    CommandLine command = exception.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
    err.println("skymi: " + exception.getMessage());
    if (exception instanceof CommandLine.UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        err.println("skymi: did you mean " + String.join(" or ", near) + "?");
      }
    }
    err.flush();
    return USAGE;
  }

  /** All commands, to be parsed by. */
  static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static void setUsageCode(CommandLine commandLine) {
    commandLine.getCommandSpec().exitCodeOnInvalidInput(USAGE);
    commandLine.getSubcommands().values().forEach(Main::setUsageCode);
  }

  private static int usage(CommandLine commandLine) {
    commandLine.usage(commandLine.getErr());
    return USAGE;
  }

  private static int exitCode(Throwable exception) {
    if (exception instanceof CommandLine.ParameterException) {
      return USAGE;
    }
    boolean ofInput =
        exception instanceof InputException
            || exception instanceof IOException
            || exception instanceof UncheckedIOException;
    return ofInput ? INPUT : INTERNAL;
  }

  private static String message(Throwable exception) {
    return exception.getMessage() == null ? exception.toString() : exception.getMessage();
  }

  /** The program's version, from the jar's manifest. */
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The version for picocli. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"skymi " + version()};
    }
  }
}
