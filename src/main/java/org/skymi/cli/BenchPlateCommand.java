package org.skymi.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.skymi.experiment.SimulatedPlate;
import org.skymi.plate.AnalysedPlate;
import org.skymi.plate.PlateReduction;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skymi bench plate}: seconds of a plate's reduction, stage by stage. */
@Command(
    name = "plate",
    description = "Times the reduction of a simulated plate in memory, in one thread.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Stages: the classical analysis, once for every fold and once from everything;",
      "the training of all folds' networks; the estimate of every fibre's skies and",
      "the statistics of their residuals. Figures are for one spectrograph-exposure,",
      "two frames. A whole plate (16 spectrographs, 3 exposures) takes 12 GB of heap.",
      "Example:",
      "  skymi bench plate --spectrographs 4 --model base.model --repeat 3"
    })
final class BenchPlateCommand implements Callable<Integer> {
  private static final String UNIT = "sp-exposure";

  @Option(names = "--spectrographs", description = "Spectrographs of the plate, numbered from 1.")
  private int spectrographs = 2;

  @Option(names = "--exposures", description = "Exposures of the plate, 1..10.")
  private int exposures = 1;

  @Option(
      names = "--fibres",
      description = "Fibres of a spectrograph, 8 or more (default: as many as LAMOST's).")
  private int fibres = Instrument.LAMOST.fibres();

  @Option(names = "--moon", description = "${COMPLETION-CANDIDATES}.")
  private Moon moon = Moon.GREY;

  @Option(names = "--seed", description = "Of the plate.")
  private long seed = 1;

  @Option(names = "--model", paramLabel = "FILE", description = "Base model, path or URI.")
  private String modelFile;

  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws IOException {
    SimulatedPlate plate = new SimulatedPlate(design());
    Optional<SkyModel> model = ModelCommand.read(modelFile, new Configuration());
    ReductionOptions defaults = ReductionOptions.defaults();
    PlateReduction reduction = new PlateReduction(defaults, model);
    int pairs = spectrographs * exposures;
    String conditions =
        String.format(
            Locale.ROOT,
            "%d spectrographs x %d exposures x %d fibres, %s base model",
            spectrographs,
            exposures,
            fibres,
            model.isPresent() ? "with a" : "without a");
    return options.run(
        conditions,
        benchmark -> {
          AnalysedPlate analysed = AnalysedPlate.of(plate.frames(), defaults, model);
          benchmark.done("classical", UNIT, pairs);
          try (PlateReduction.Trained trained = reduction.train(analysed)) {
            benchmark.done("train", UNIT, pairs);
            reduction.estimate(analysed, trained, result -> {});
            benchmark.done("estimate", UNIT, pairs);
          }
        });
  }

  private PlateDesign design() {
    try {
      return PlateDesign.of("BENCH", 58000, seed)
          .withSpectrographs(spectrographs)
          .withExposures(exposures)
          .withFibres(fibres)
          .withMoon(moon);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }
}
