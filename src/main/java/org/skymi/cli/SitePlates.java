package org.skymi.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.skymi.simulate.Epoch;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.Site;
import org.skymi.smi.NetworkSettings;
import org.skymi.survey.Instrument;
import org.skymi.survey.Night;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Simulated plates of one site: some to learn from, others to judge by. */
final class SitePlates {
  private static final int FIRST_NIGHT = 58200;

  /** Nights from one plate to the next. */
  private static final int NIGHTS = 3;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--learn",
      split = ",",
      description = "Numbers of plates to learn from, in rising order.")
  private int[] learn = {6, 24};

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

  @Option(names = "--seed", description = "Of plates, site and networks.")
  private long seed = 1;

  @Option(
      names = "--epochs",
      description =
          "That networks train over the frames at the most; held-out plates tell the best.")
  private int epochs = NetworkSettings.Training.DEFAULT.epochs();

  @Option(
      names = "--epoch-at",
      paramLabel = "PLATE",
      description =
          "Spectrograph 1 becomes another one at this plate to learn from; beyond the last, at the"
              + " first to judge by.")
  private Integer epochAt;

  /** Numbers of plates to learn from. */
  int[] curve() {
    boolean rises = IntStream.range(1, learn.length).allMatch(k -> learn[k] > learn[k - 1]);
    if (learn.length == 0 || learn[0] < 2 || judge < 1 || !rises) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--learn must rise from at least 2, --judge be at least 1");
    }
    return learn;
  }

  /** Takes lines about how far it is. */
  Consumer<String> progress() {
    PrintWriter err = spec.commandLine().getErr();
    return line -> {
      err.println(line);
      err.flush();
    };
  }

  int epochs() {
    return epochs;
  }

  long seed() {
    return seed;
  }

  /** Plates to learn from. */
  List<PlateDesign> learnt() {
    return designs("LEARN", learn[learn.length - 1], 0);
  }

  /** Plates of later nights. */
  List<PlateDesign> judged() {
    return designs("JUDGE", judge, learn[learn.length - 1]);
  }

  private List<PlateDesign> designs(String name, int count, int from) {
    try {
      return IntStream.range(0, count).mapToObj(p -> design(name, p, from)).toList();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static int night(int plate) {
    return FIRST_NIGHT + NIGHTS * plate;
  }

  private PlateDesign design(String name, int plate, int from) {
    String plan = String.format(Locale.ROOT, "%s%02d", name, plate + 1);
    PlateDesign design =
        PlateDesign.of(plan, night(from + plate), seed)
            .withSpectrographs(spectrographs)
            .withFibres(fibres)
            .withExposures(exposures)
            .withMoon(Moon.values()[plate % Moon.values().length])
            .withPixels(
                pixels == null ? PlateDesign.BLUE_PIXELS : pixels,
                pixels == null ? PlateDesign.RED_PIXELS : pixels);
    Site site = design.site().withSeed(seed);
    if (epochAt != null) {
      site =
          site.withEpochs(List.of(new Epoch(Night.ofLmjd(night(epochAt - 1)), OptionalInt.of(1))));
    }
    return design.withSite(site);
  }
}
