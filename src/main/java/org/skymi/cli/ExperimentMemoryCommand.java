package org.skymi.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.skymi.experiment.MemoryExperiment;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.survey.Instrument;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
      "Example: skymi experiment memory --learn 6,12,24 --judge 9"
    })
final class ExperimentMemoryCommand implements Callable<Integer> {
  private static final int FIRST_NIGHT = 58200;

  /** Nights from one plate to the next. */
  private static final int NIGHTS = 3;

  @Option(
      names = "--learn",
      split = ",",
      description = "Numbers of plates to learn from, in rising order.")
  private int[] learn = {6, 12, 24};

  @Option(names = "--judge", description = "Plates to judge by.")
  private int judge = 9;

  @Option(names = "--spectrographs", description = "Spectrographs of a plate, 1..16.")
  private int spectrographs = 2;

  @Option(names = "--exposures", description = "Exposures of a plate, 1..10.")
  private int exposures = 1;

  @Option(names = "--fibres", description = "Fibres of a spectrograph, 8..250.")
  private int fibres = Instrument.LAMOST.fibres();

  @Option(
      names = "--pixels",
      description = "Pixels of a fibre in either arm; fewer are coarser (default: as LAMOST's).")
  private Integer pixels;

  @Option(names = "--seed", description = "Of plates and site.")
  private long seed = 1;

  @Option(names = "--bilinear", description = "Terms fibre times exposure state.")
  private int bilinear = 0;

  @Option(names = "--place", description = "Order of the polynomial in the place, 0..3.")
  private int place = 0;

  @Option(names = "--smi", description = "Networks, too, trained on all plates.")
  private boolean smi;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (learn.length == 0 || learn[0] < 2 || judge < 1 || !rises()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--learn must rise from at least 2, --judge be at least 1");
    }
    PrintWriter err = spec.commandLine().getErr();
    MemoryExperiment experiment =
        new MemoryExperiment(
            new MemoryShape.Orders(5, 3, bilinear, place),
            learn,
            line -> {
              err.println(line);
              err.flush();
            });
    if (smi) {
      experiment.withNetworks(seed);
    }
    int most = learn[learn.length - 1];
    experiment.run(designs("LEARN", most, 0), designs("JUDGE", judge, most));
    PrintWriter out = spec.commandLine().getOut();
    out.print(experiment.text());
    out.printf(
        Locale.ROOT,
        "Applying took %.3f s a spectrograph-exposure.%n",
        experiment.appliedSeconds());
    out.flush();
    return Main.DONE;
  }

  private boolean rises() {
    return IntStream.range(1, learn.length).allMatch(k -> learn[k] > learn[k - 1]);
  }

  private List<PlateDesign> designs(String name, int count, int from) {
    try {
      return IntStream.range(0, count).mapToObj(p -> design(name, p, from)).toList();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private PlateDesign design(String name, int plate, int from) {
    String plan = String.format(Locale.ROOT, "%s%02d", name, plate + 1);
    PlateDesign design =
        PlateDesign.of(plan, FIRST_NIGHT + NIGHTS * (from + plate), seed)
            .withSpectrographs(spectrographs)
            .withFibres(fibres)
            .withExposures(exposures)
            .withMoon(Moon.values()[plate % Moon.values().length])
            .withPixels(
                pixels == null ? PlateDesign.BLUE_PIXELS : pixels,
                pixels == null ? PlateDesign.RED_PIXELS : pixels);
    return design.withSite(design.site().withSeed(seed));
  }
}
