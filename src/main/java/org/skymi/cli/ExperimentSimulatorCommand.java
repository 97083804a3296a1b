package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skymi.experiment.simulator.HabitFigures;
import org.skymi.experiment.simulator.SimulatorExperiment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skymi experiment simulator}: the simulated site beside real instruments. */
@Command(
    name = "simulator",
    description = "Compares the simulated site with published figures and real instruments.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "The page is Markdown; its pictures go to the folder 'figures' beside it.",
      "Example: skymi experiment simulator --desi /data/desi --out docs/simulator.md"
    })
final class ExperimentSimulatorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--plates", description = "Plates for each instrument, of three moons in turn.")
  private int plates = 30;

  @Option(names = "--seed", description = "Of all plates.")
  private long seed = 9000;

  @Option(
      names = "--desi",
      paramLabel = "DIR",
      description = "Tables of DESI: sky-fibres-r.csv.gz, twilight and psf (default: left out).")
  private Path desi;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The page.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (plates < 1) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--plates must be at least 1");
    }
    PrintWriter err = spec.commandLine().getErr();
    SimulatorExperiment experiment =
        new SimulatorExperiment(
            plates,
            seed,
            line -> {
              err.println(line);
              err.flush();
            });
    String page = experiment.page(Optional.ofNullable(desi));
    HabitFigures.write(out.toAbsolutePath().resolveSibling("figures"), seed);
    Files.writeString(out, page, StandardCharsets.UTF_8);
    return Main.DONE;
  }
}
