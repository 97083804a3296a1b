package org.skymi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.skymi.experiment.Ablation;
import org.skymi.experiment.AblationPage;
import org.skymi.experiment.AblationRun;
import org.skymi.experiment.AblationVariant;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.spark.ReductionSettings;
import org.skymi.survey.Instrument;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skymi ablate}: what each term of both estimates is worth. */
@Command(
    name = "ablate",
    description = "Switches every term of both estimates by itself and judges it against truth.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Plates of dark, grey and bright moon in turn are simulated in memory, and",
      "every variant runs on the same frames. The same seed gives the same table,",
      "but for the seconds. The common stage needs two exposures to tell apart.",
      "Example: skymi ablate --plates 6 --format markdown --model base.model"
    })
final class AblateCommand implements Callable<Integer> {
  private static final int FIRST_NIGHT = 58100;

  @Spec private CommandSpec spec;

  /** How the result is written. */
  enum Format {
    TEXT,
    CSV,
    MARKDOWN;

    String of(Ablation ablation) {
      return switch (this) {
        case TEXT -> AblationPage.text(ablation);
        case CSV -> AblationPage.csv(ablation);
        case MARKDOWN -> AblationPage.markdown(ablation);
      };
    }
  }

  @Option(names = "--plates", description = "Plates, dark, grey and bright in turn.")
  private int plates = 3;

  @Option(names = "--spectrographs", description = "Spectrographs of a plate, numbered from 1.")
  private int spectrographs = 2;

  @Option(names = "--exposures", description = "Exposures of a plate, 1..10.")
  private int exposures = 2;

  @Option(
      names = "--fibres",
      description = "Fibres of a spectrograph, 8 or more (default: as many as LAMOST's).")
  private int fibres = Instrument.LAMOST.fibres();

  @Option(
      names = "--pixels",
      description = "Pixels of a fibre in either arm; fewer are coarser (default: as LAMOST's).")
  private Integer pixels;

  @Option(names = "--seed", description = "Of plates and networks.")
  private long seed = 1;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Base model, path or URI: SMI's variants are measured with it, too.")
  private String modelFile;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "Settings that all variants start from, HOCON; may be repeated.")
  private List<Path> files = List.of();

  @Option(names = "--format", paramLabel = "text|csv|markdown", description = "Of the table.")
  private Format format = Format.TEXT;

  @Override
  public Integer call() throws IOException {
    List<PlateDesign> designs = designs();
    Optional<SkyModel> model = ModelCommand.read(modelFile, new Configuration());
    PrintWriter err = spec.commandLine().getErr();
    AblationRun run =
        new AblationRun(
            AblationVariant.all(model.isPresent()),
            this::options,
            model,
            line -> {
              err.println(line);
              err.flush();
            });
    for (PlateDesign design : designs) {
      run.add(design);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.of(run.result(simulated(designs.get(0)))));
    out.flush();
    return Main.DONE;
  }

  private ReductionOptions options(AblationVariant variant) {
    Map<String, Object> given = new HashMap<>(variant.settings());
    given.put("reduction.seed", seed);
    return ReductionSettings.options(Reprocessing.settings(files, given));
  }

  private List<PlateDesign> designs() {
    try {
      if (plates < 1) {
        throw new IllegalArgumentException("--plates must be at least 1");
      }
      return IntStream.range(0, plates).mapToObj(this::design).toList();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private PlateDesign design(int plate) {
    // A name of its own: no archive of simulated plates that a model learns from has it.
    String plan = String.format(Locale.ROOT, "ABLATE%02d", plate + 1);
    return PlateDesign.of(plan, FIRST_NIGHT + plate, seed)
        .withSpectrographs(spectrographs)
        .withFibres(fibres)
        .withExposures(exposures)
        .withMoon(Moon.values()[plate % Moon.values().length])
        .withPixels(
            pixels == null ? PlateDesign.BLUE_PIXELS : pixels,
            pixels == null ? PlateDesign.RED_PIXELS : pixels);
  }

  private String simulated(PlateDesign design) {
    return String.format(
        Locale.ROOT,
        "%d plates of mixed moon, %d spectrographs, %d exposures, %d fibres, seed %d%s",
        plates,
        spectrographs,
        exposures,
        design.fibres(),
        seed,
        modelFile == null ? "" : ", base model " + Path.of(modelFile).getFileName());
  }
}
