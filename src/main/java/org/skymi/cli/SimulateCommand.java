package org.skymi.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.skymi.fits.DesiFrameWriter;
import org.skymi.fits.FrameWriter;
import org.skymi.simulate.Effect;
import org.skymi.simulate.Epoch;
import org.skymi.simulate.HiddenTable;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.Preset;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.simulate.Site;
import org.skymi.survey.FrameId;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;
import org.skymi.survey.Night;
import org.skymi.survey.PlateId;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skymi simulate OUT}: writes an archive of plates with known truth. */
@Command(
    name = "simulate",
    description = "Write an archive of simulated plates, with their true sky in each frame.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Example: skymi simulate /data/simulated --plates 4 --spectrographs 2 --exposures 2"
    })
final class SimulateCommand implements Callable<Integer> {
  /** The moon of the plates. */
  enum MoonChoice {
    DARK,
    GREY,
    BRIGHT,
    MIXED;

    Moon of(int plate) {
      return this == MIXED ? Moon.values()[plate % Moon.values().length] : Moon.valueOf(name());
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "OUT", description = "Folder of the archive; made if absent.")
  private Path out;

  @Option(names = "--plates", description = "Number of plates.")
  private int plates = 1;

  @Option(names = "--plates-per-night", description = "Plates of a night.")
  private int platesPerNight = 2;

  @Option(names = "--spectrographs", description = "Spectrographs of a plate, numbered from 1.")
  private int spectrographs = 1;

  @Option(names = "--exposures", description = "Exposures of a plate, 1..10.")
  private int exposures = 1;

  @Option(
      names = "--moon",
      description = "dark, grey, bright, or mixed: one plate after the other.")
  private MoonChoice moon = MoonChoice.MIXED;

  @Option(
      names = "--seed",
      description = "Of every random choice; the same seed, the same archive.")
  private long seed = 1;

  @Option(
      names = "--survey",
      paramLabel = "TELESCOPE",
      description =
          "lamost, desi, or the telescope of an own instrument: its arms, spectrographs and files,"
              + " of LAMOST's light and habits.")
  private String survey = "lamost";

  @Option(
      names = "--fibres",
      description = "Fibres of a spectrograph, 8 or more (default: as many as the survey's).")
  private Integer fibres;

  @Option(
      names = "--pixels",
      description = "Pixels of a fibre in any arm; fewer are coarser (default: as the survey's).")
  private Integer pixels;

  @Option(names = "--exposure-time", description = "Seconds.")
  private double exposureTime = 1800;

  @Option(names = "--first-night", paramLabel = "YYYYMMDD", description = "Night of plate 1.")
  private String firstNight = "20171018";

  @Option(
      names = "--instrument",
      description = "lamost; hard: its habits doubled; ideal: new for each plate, no habits.")
  private Preset instrument = Preset.LAMOST;

  @Option(names = "--site", description = "Seed of the instrument's habits and of the nights.")
  private long site = 1;

  @Option(
      names = "--epoch",
      paramLabel = "YYYYMMDD[:SPECTROGRAPH]",
      description =
          "Night of a hardware step, may be repeated: from it on half of the habits' scatter is"
              + " new.")
  private List<String> epochs = List.of();

  @Option(
      names = "--without",
      split = ",",
      paramLabel = "EFFECT",
      description = "Effects to leave out: ${COMPLETION-CANDIDATES}.")
  private Set<Effect> without = EnumSet.noneOf(Effect.class);

  @Option(
      names = "--truth",
      paramLabel = "DIR",
      description = "Write hidden quantities there, a table for each frame; not inside OUT.")
  private Path truth;

  @Option(
      names = "--blind",
      description =
          "Frames without the true sky, as telescopes give them; nothing is judged by it.")
  private boolean blind;

  @Option(names = "--overwrite", description = "Replace frames that are there already.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    List<PlateDesign> designs = designs();
    if (!overwrite) {
      for (PlateDesign design : designs) {
        new PlateSimulator(design).ids().forEach(this::refuseExisting);
      }
    }
    for (PlateDesign design : designs) {
      long start = System.nanoTime();
      PlateSimulator simulator = new PlateSimulator(design);
      List<FrameId> ids = simulator.ids();
      for (FrameId id : ids) {
        Files.createDirectories(file(id).getParent());
      }
      ids.parallelStream().forEach(id -> write(simulator.frame(id)));
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%s %s %s: %d frames in %.1f s%n",
              design.plate().night(),
              design.planId(),
              design.moon().name().toLowerCase(Locale.ROOT),
              ids.size(),
              (System.nanoTime() - start) / 1e9);
    }
    return Main.DONE;
  }

  private List<PlateDesign> designs() {
    try {
      if (plates < 1) {
        throw new IllegalArgumentException("--plates must be at least 1");
      }
      if (platesPerNight < 1) {
        throw new IllegalArgumentException("--plates-per-night must be at least 1");
      }
      if (truth != null
          && truth.toAbsolutePath().normalize().startsWith(out.toAbsolutePath().normalize())) {
        throw new IllegalArgumentException("--truth must not be inside the archive");
      }
      Site place = new Site(instrument, site, epochs.stream().map(Epoch::parse).toList(), without);
      int lmjd = Night.parse(firstNight).lmjd();
      Instrument of = surveys();
      List<PlateDesign> designs = new ArrayList<>();
      for (int k = 0; k < plates; k++) {
        designs.add(
            new PlateDesign(
                new PlateId(planId(of, k + 1), lmjd + k / platesPerNight),
                seed,
                layout(of),
                new PlateDesign.Visit(exposures, exposureTime, moon.of(k)),
                place));
      }
      return designs;
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Instrument surveys() {
    return Instrument.known().stream()
        .filter(i -> i.telescope().equalsIgnoreCase(survey))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("--survey " + survey + " is not known"));
  }

  private static String planId(Instrument of, int plate) {
    return of.plans().isEmpty() ? String.format(Locale.ROOT, "SIM%04d", plate) : of.plans() + plate;
  }

  private PlateDesign.Layout layout(Instrument of) {
    int[] all = PlateDesign.pixels(of);
    if (pixels != null) {
      Arrays.fill(all, pixels);
    }
    return new PlateDesign.Layout(
        IntStream.rangeClosed(1, spectrographs).toArray(),
        fibres == null ? of.fibres() : fibres,
        all);
  }

  private void writeHidden(SimulatedFrame simulated) {
    FrameId id = simulated.frame().id();
    Path file = truth.resolve(id.plate().night().label()).resolve(id.fileStem() + ".csv");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, HiddenTable.csv(simulated));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(FrameId id) {
    if (DesiFrameWriter.isFor(id)) {
      return out.resolve(id.plate().night().label())
          .resolve(String.format(Locale.ROOT, "%08d", id.lmjm()))
          .resolve(DesiFrameWriter.name("frame", id) + ".fits.gz");
    }
    return out.resolve(id.plate().night().label())
        .resolve(id.plate().planId())
        .resolve(id.fileStem() + ".fits.gz");
  }

  private void refuseExisting(FrameId id) {
    Path file = file(id);
    try {
      if (Files.exists(file) && Files.size(file) > 0) {
        throw new InputException(file + " is there already; --overwrite replaces it");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Under another name first, so that a reader never meets half a frame. */
  private void write(SimulatedFrame simulated) {
    if (truth != null) {
      writeHidden(simulated);
    }
    Path file = file(simulated.frame().id());
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      try (OutputStream stream =
          FrameWriter.gzip(new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16))) {
        Optional<float[][]> sky = blind ? Optional.empty() : Optional.of(simulated.truthSky());
        if (DesiFrameWriter.isFor(simulated.frame().id())) {
          DesiFrameWriter.write(simulated.frame(), sky, stream);
        } else {
          FrameWriter.write(simulated.frame(), sky, Optional.empty(), stream);
        }
      }
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
