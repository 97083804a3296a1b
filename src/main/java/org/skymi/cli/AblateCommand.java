package org.skymi.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.skymi.experiment.SiteExperiment;
import org.skymi.experiment.SmiVariant;
import org.skymi.sky.memory.MemoryShape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skymi ablate}: what each part of the networks is worth. */
@Command(
    name = "ablate",
    description = "Leaves out every part of the networks by itself and judges by the truth.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Networks are trained on some simulated plates of a site for each variant and",
      "judged on others, of other nights, beside the memory of as many plates. The",
      "same seed gives the same tables.",
      "Example: skymi ablate --learn 12,24 --judge 9 --markdown"
    })
final class AblateCommand implements Callable<Integer> {
  @Mixin private SitePlates plates;

  @Option(
      names = "--variants",
      split = ",",
      description = "Of ${COMPLETION-CANDIDATES} (default: all).")
  private List<SmiVariant> variants = List.of(SmiVariant.values());

  @Option(names = "--markdown", description = "Write tables in Markdown.")
  private boolean markdown;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    SiteExperiment experiment =
        new SiteExperiment(
            new SiteExperiment.Plan(
                plates.curve(),
                MemoryShape.Orders.DEFAULT,
                variants,
                plates.epochs(),
                plates.seed()),
            plates.progress());
    experiment.run(plates.learnt(), plates.judged());
    PrintWriter out = spec.commandLine().getOut();
    out.print(experiment.text("memory", false, markdown));
    out.flush();
    return Main.DONE;
  }
}
