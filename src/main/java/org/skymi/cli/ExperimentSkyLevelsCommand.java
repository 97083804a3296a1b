package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.skymi.experiment.LevelPredictor;
import org.skymi.experiment.LevelPredictors;
import org.skymi.experiment.SkyLevelBenchmark;
import org.skymi.experiment.SkyLevels;
import org.skymi.report.Digits;
import org.skymi.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi experiment sky-levels}: how well real sky fibres are foretold. */
@Command(
    name = "sky-levels",
    description = "Foretells levels of held-out sky fibres from the others and from other nights.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footer = {
      "",
      "Every night in turn teaches nothing, and a fifth of each exposure's fibres in",
      "turn is held out. The table is of DESI's flat-fielded sky fibres, one level each.",
      "Example: skymi experiment sky-levels sky-fibres-r.csv.gz --smi"
    })
final class ExperimentSkyLevelsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Table of levels, CSV, gzip.")
  private Path file;

  @Option(names = "--seed", description = "Of which fibres are held out together.")
  private long seed = 1;

  @Option(names = "--smi", description = "Networks, too, trained for every night: minutes.")
  private boolean smi;

  @Option(names = "--members", description = "Networks of different seeds, whose mean counts.")
  private int members = 1;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    SkyLevelBenchmark benchmark = new SkyLevelBenchmark(SkyLevels.read(file), seed);
    TextTable table = new TextTable("scatter, %", "+-", "beyond 5 sigma, %", "what foretells");
    table.endingInProse();
    List<LevelPredictor> predictors = new ArrayList<>(LevelPredictors.all());
    if (smi) {
      predictors.add(LevelPredictors.networks(seed, members));
    }
    for (LevelPredictor predictor : predictors) {
      SkyLevelBenchmark.Score score = benchmark.judge(predictor);
      table.row(
          Digits.three(score.scatter()),
          Digits.three(score.error()),
          Digits.three(score.share()),
          score.name());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(table);
    out.flush();
    return Main.DONE;
  }
}
