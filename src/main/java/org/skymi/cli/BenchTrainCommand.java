package org.skymi.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.skymi.experiment.Benchmark;
import org.skymi.smi.Backend;
import org.skymi.smi.TrainingBenchmark;
import org.skymi.survey.Instrument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skymi bench train}: what a training step of the networks costs, and its parts. */
@Command(
    name = "train",
    description = "Times training steps of the networks on random frames, and their parts alone.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "A step less its losses and matrix products is bookkeeping: DL4J's, and copies.",
      "Losses and products are timed apart, by the same code on the same shapes.",
      "Example: skymi bench train --frames 16"
    })
final class BenchTrainCommand implements Callable<Integer> {
  private static final String UNIT = "example";

  @Option(names = "--frames", description = "Frames of a batch.")
  private int frames = 16;

  @Option(names = "--fibres", description = "Fibres of a frame (default: as many as LAMOST's).")
  private int fibres = Instrument.LAMOST.fibres();

  @Option(names = "--coefficients", description = "Correction coefficients of a fibre.")
  private int coefficients = 27;

  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws IOException {
    String conditions =
        String.format(
            Locale.ROOT,
            "%d frames x %d fibres x %d coefficients a batch, on %s",
            frames,
            fibres,
            coefficients,
            Backend.now().name());
    try (TrainingBenchmark training = new TrainingBenchmark(frames, fibres, coefficients)) {
      return options.run(conditions, benchmark -> pass(benchmark, training));
    }
  }

  private static void pass(Benchmark benchmark, TrainingBenchmark training) {
    int examples = training.examples();
    training.prepare();
    benchmark.done("batch", UNIT, examples);
    training.step();
    benchmark.done("step", UNIT, examples);
    training.forward();
    benchmark.done("forward", UNIT, examples);
    training.losses();
    benchmark.done("losses of a step", UNIT, examples);
    training.products();
    benchmark.done("products of a step", UNIT, examples);
  }
}
