package org.skymi.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.skymi.experiment.SiteExperiment;
import org.skymi.experiment.SmiVariant;
import org.skymi.sky.memory.MemoryShape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skymi experiment memory}: what a memory of the instrument is worth. */
@Command(
    name = "memory",
    description = "Learns a memory from simulated plates and judges it by the truth of others.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Plates of dark, grey and bright moon in turn, of the default site, are simulated",
      "in memory; those that judge are of other nights. Only object fibres are judged.",
      "Example: skymi experiment memory --learn 6,12,24 --judge 9 --smi"
    })
final class ExperimentMemoryCommand implements Callable<Integer> {
  @Mixin private SitePlates plates;

  @Option(names = "--bilinear", description = "Terms fibre times exposure state.")
  private int bilinear = 0;

  @Option(names = "--place", description = "Order of the polynomial in the place, 0..3.")
  private int place = 0;

  @Option(names = "--smi", description = "Networks, too.")
  private boolean smi;

  @Option(names = "--by-moon", description = "Apart by the moon of the plates that are judged.")
  private boolean byMoon;

  @Option(names = "--markdown", description = "Write tables in Markdown.")
  private boolean markdown;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    SiteExperiment experiment =
        new SiteExperiment(
            new SiteExperiment.Plan(
                plates.curve(),
                new MemoryShape.Orders(5, 3, bilinear, place),
                smi ? List.of(SmiVariant.DEFAULT) : List.of(),
                plates.epochs(),
                plates.seed()),
            plates.progress());
    experiment.run(plates.learnt(), plates.judged());
    PrintWriter out = spec.commandLine().getOut();
    out.print(experiment.text("full", byMoon, markdown));
    out.printf(
        Locale.ROOT,
        "%nDrawing skies took %.3f s a spectrograph-exposure, applying the memory %.3f s beyond.%n",
        experiment.drawnSeconds(),
        experiment.appliedSeconds());
    out.flush();
    return Main.DONE;
  }
}
