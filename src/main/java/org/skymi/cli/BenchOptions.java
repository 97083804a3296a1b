package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.skymi.experiment.Benchmark;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How often benchmarks repeat, and how they tell. */
final class BenchOptions {
  @Option(
      names = "--repeat",
      defaultValue = "5",
      description = "Measured passes (${DEFAULT-VALUE}).")
  private int repeat;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * Runs all passes and prints what they took.
   *
   * @param conditions what was measured, for reading
   */
  int run(String conditions, Benchmark.Pass pass) throws IOException {
    Benchmark benchmark = Benchmark.of(repeat, pass);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? benchmark.json(conditions) : benchmark.text(conditions));
    out.flush();
    return Main.DONE;
  }
}
