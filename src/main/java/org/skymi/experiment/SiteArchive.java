package org.skymi.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skymi.plate.TrainingPlates;
import org.skymi.simulate.Hidden;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.CorrectionColumns;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.sky.memory.Patterns;
import org.skymi.sky.memory.SkyFeatures;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.smi.CrossFit;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.Layout;
import org.skymi.smi.Masters;
import org.skymi.smi.NetworkSettings;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/** What plates leave for learning: equations of their fibres' coefficients, and their skies. */
final class SiteArchive {
  private final int fibres;
  private final List<MemoryShape> shapes = new ArrayList<>();
  private final Map<Arm, List<Learning>> frames = new TreeMap<>();
  private final Map<Arm, Patterns> patterns = new TreeMap<>();

  /** A frame of the archive, its plate, and its sky. */
  private record Learning(
      int plate,
      FrameEquations equations,
      SkyGrid grid,
      double[] sky,
      double[] variance,
      Hidden hidden) {}

  /**
   * What was learnt of the first plates.
   *
   * @param patterns of lines, which are learnt from plates of their own number
   * @param seconds that learning the memory took, a frame
   * @param timesSky how often each fibre taught, by spectrograph and number, {@code [..][nFibre]}
   */
  record Learnt(
      int plates,
      LinearMemory memory,
      Map<Arm, SkyPrior> priors,
      Map<Arm, Patterns> patterns,
      double seconds,
      Map<Integer, int[]> timesSky) {}

  /**
   * @param fibres of a spectrograph
   */
  SiteArchive(int fibres, MemoryShape.Orders orders) {
    this.fibres = fibres;
    for (Arm arm : Instrument.LAMOST.arms()) {
      shapes.add(CorrectionColumns.shape(Instrument.LAMOST.arm(arm), fibres, orders));
      frames.put(arm, new ArrayList<>());
      patterns.put(arm, Patterns.NONE);
    }
  }

  /** Learns the patterns of lines from exposures, before any is added. */
  void learnPatterns(Stream<SimulatedExposure> exposures) {
    Map<Arm, List<Patterns.Row>> rows = new TreeMap<>();
    exposures.forEach(
        exposure -> {
          for (Arm arm : Instrument.LAMOST.arms()) {
            exposure
                .sky()
                .arm(arm)
                .filter(ArmSky::hasSky)
                .ifPresent(
                    sky ->
                        rows.computeIfAbsent(arm, a -> new ArrayList<>())
                            .addAll(corrections(exposure, sky).left()));
          }
        });
    rows.forEach((arm, own) -> patterns.put(arm, Patterns.learn(own)));
  }

  private ArmCorrections corrections(SimulatedExposure exposure, ArmSky sky) {
    Arm arm = sky.grid().arm();
    return new ArmCorrections(
        exposure.sky(), sky.master(), patterns.get(arm), exposure.clean(arm), i -> true);
  }

  /**
   * Adds a spectrograph's exposure of a plate.
   *
   * @param plate index of the plate, in the order of learning
   */
  void add(int plate, SimulatedExposure exposure) {
    for (Arm arm : Instrument.LAMOST.arms()) {
      ArmSky sky = exposure.sky().arm(arm).filter(ArmSky::hasSky).orElse(null);
      if (sky != null) {
        FrameEquations equations =
            corrections(exposure, sky)
                .equations(FrameEquations.When.of(exposure.id()), exposure.id().spectrograph());
        frames
            .get(arm)
            .add(
                new Learning(
                    plate,
                    equations,
                    sky.grid(),
                    sky.master(),
                    sky.masterVariance(),
                    exposure.frame(arm).hidden()));
      }
    }
  }

  private List<Learning> first(int plates, Arm arm) {
    return frames.get(arm).stream().filter(f -> f.plate < plates).toList();
  }

  /** Learns the memory and the prior of skies from the first plates. */
  Learnt learn(int plates) {
    List<FrameEquations> equations = new ArrayList<>();
    Map<Arm, SkyPrior> priors = new TreeMap<>();
    for (Arm arm : Instrument.LAMOST.arms()) {
      List<Learning> own = first(plates, arm);
      own.forEach(f -> equations.add(f.equations));
      priors.put(arm, prior(own));
    }
    long start = System.nanoTime();
    LinearMemory memory = LinearMemory.learnWithEpochs(equations, shapes);
    double seconds = (System.nanoTime() - start) / 1e9 / equations.size();
    return new Learnt(plates, memory, priors, patterns, seconds, timesSky(plates));
  }

  private static SkyPrior prior(List<Learning> frames) {
    Masters masters =
        new Masters(
            frames.stream()
                .map(
                    f ->
                        Masters.Master.of(
                            f.grid.arm(),
                            f.plate,
                            Math.toIntExact(f.equations.when().exposure()),
                            f.sky,
                            f.variance))
                .toList());
    return masters.prior(frames.get(0).grid);
  }

  private Map<Integer, int[]> timesSky(int plates) {
    Map<Integer, int[]> times = new HashMap<>();
    for (Learning frame : first(plates, Arm.RED)) {
      int[] own = times.computeIfAbsent(frame.equations.spectrograph(), s -> new int[fibres]);
      Arrays.stream(frame.equations.fibres())
          .filter(FrameEquations.Fibre::teaches)
          .forEach(f -> own[f.number() - 1]++);
    }
    return times;
  }

  /** Frames for networks: to train on, and of nights that tell which epoch was the best. */
  record Taught(List<FrameNetworks.Seen> frames, List<FrameNetworks.Seen> heldOut) {}

  /** Frames for networks, each with the memory of other nights; as base models are trained. */
  Map<Arm, Taught> taught(Learnt learnt) {
    Map<Arm, Taught> taught = new TreeMap<>();
    for (Arm arm : Instrument.LAMOST.arms()) {
      List<Learning> own = first(learnt.plates(), arm);
      Set<Integer> nights =
          own.stream()
              .filter(f -> TrainingPlates.isHeldOut(f.plate, learnt.plates()))
              .map(f -> f.equations.when().night())
              .collect(Collectors.toSet());
      List<CrossFit.Placed> placed =
          own.stream().map(f -> CrossFit.Placed.alongSlit(f.equations, fibres)).toList();
      Map<Boolean, List<FrameNetworks.Seen>> byUse =
          CrossFit.taught(placed, shapes, learnt.memory().epochs()).stream()
              .collect(Collectors.partitioningBy(s -> nights.contains(s.frame().when().night())));
      taught.put(arm, new Taught(byUse.get(false), byUse.get(true)));
    }
    return taught;
  }

  /** What networks hold of the frames that they were learnt from. */
  void fill(NetworkContents contents, FrameNetworks networks, Learnt learnt, Arm arm) {
    for (Learning frame : first(learnt.plates(), arm)) {
      CrossFit.Placed placed = CrossFit.Placed.alongSlit(frame.equations, fibres);
      contents.learn(networks, CrossFit.asked(learnt.memory(), placed), frame.hidden);
    }
  }

  /** Trains a variant's networks, by arm, as they are stored. */
  Map<Arm, byte[]> networks(Map<Arm, Taught> taught, SmiVariant variant, int epochs, long seed) {
    Map<Arm, byte[]> networks = new TreeMap<>();
    taught.forEach(
        (arm, seen) -> {
          int spectrographs =
              seen.frames.stream().mapToInt(f -> f.frame().spectrograph()).max().orElse(1);
          NetworkSettings.Sizes sizes =
              NetworkSettings.Sizes.of(
                  CorrectionColumns.count(Instrument.LAMOST.arm(arm)),
                  SkyFeatures.count(Instrument.LAMOST.arm(arm)),
                  spectrographs * fibres);
          NetworkSettings all = NetworkSettings.of(sizes, seed);
          NetworkSettings settings = variant.settings(all.with(all.training().of(epochs)));
          try (FrameNetworks trained =
              FrameNetworks.train(settings, Layout.alongSlit(fibres), seen.frames, seen.heldOut)) {
            networks.put(arm, trained.bytes());
          }
        });
    return networks;
  }
}
