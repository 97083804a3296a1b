package org.skymi.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.CorrectionColumns;
import org.skymi.sky.memory.Epochs;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.smi.CrossFit;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.Layout;
import org.skymi.smi.NetworkSettings;
import org.skymi.survey.Arm;

/** What plates leave for learning: equations of their fibres' coefficients, and their skies. */
final class MemoryArchive {
  private static final int PASSES = 8;

  private final Map<Arm, List<FrameEquations>> equations = new EnumMap<>(Arm.class);
  private final Map<Arm, List<Master>> skies = new EnumMap<>(Arm.class);

  /** A sky of the archive and its plate. */
  private record Master(int plate, SkyGrid grid, double[] sky, double[] variance) {}

  /**
   * What was learnt of some plates.
   *
   * @param seconds that learning took, a frame
   */
  record Learnt(int plates, LinearMemory memory, Map<Arm, SkyPrior> priors, double seconds) {}

  /** Trains networks on all plates that were added, by arm. */
  Map<Arm, FrameNetworks> networks(int fibres, MemoryShape.Orders orders, long seed) {
    List<MemoryShape> shapes = new ArrayList<>();
    for (Arm arm : Arm.values()) {
      shapes.add(CorrectionColumns.shape(arm, fibres, orders));
    }
    Map<Arm, FrameNetworks> networks = new EnumMap<>(Arm.class);
    for (Arm arm : Arm.values()) {
      List<CrossFit.Placed> frames =
          equations.get(arm).stream().map(f -> CrossFit.Placed.alongSlit(f, fibres)).toList();
      int spectrographs = frames.stream().mapToInt(f -> f.frame().spectrograph()).max().orElse(1);
      NetworkSettings settings =
          NetworkSettings.of(
              NetworkSettings.Sizes.of(CorrectionColumns.count(arm), spectrographs * fibres), seed);
      Layout layout = Layout.alongSlit(fibres);
      networks.put(
          arm,
          FrameNetworks.train(
              settings, layout, CrossFit.taught(frames, shapes, PASSES), List.of()));
    }
    return networks;
  }

  /**
   * Adds a spectrograph's exposure of a plate.
   *
   * @param plate index of the plate, in the order of learning
   */
  void add(int plate, SimulatedExposure exposure) {
    for (Arm arm : Arm.values()) {
      ArmSky sky = exposure.sky().arm(arm).filter(ArmSky::hasSky).orElse(null);
      if (sky != null) {
        CleanFrame clean = exposure.clean(arm);
        equations
            .computeIfAbsent(arm, a -> new ArrayList<>())
            .add(
                new ArmCorrections(exposure.sky(), sky.master(), clean)
                    .equations(
                        FrameEquations.When.of(exposure.id()),
                        exposure.id().spectrograph(),
                        i -> false));
        skies
            .computeIfAbsent(arm, a -> new ArrayList<>())
            .add(new Master(plate, sky.grid(), sky.master(), sky.masterVariance()));
      }
    }
  }

  /**
   * Learns from the first plates.
   *
   * @param fibres of a spectrograph
   */
  Learnt learn(int plates, int fibres, MemoryShape.Orders orders) {
    List<FrameEquations> frames = new ArrayList<>();
    List<MemoryShape> shapes = new ArrayList<>();
    Map<Arm, SkyPrior> priors = new EnumMap<>(Arm.class);
    for (Arm arm : Arm.values()) {
      List<Master> own = skies.get(arm);
      List<Master> used = own.stream().filter(s -> s.plate < plates).toList();
      frames.addAll(equations.get(arm).subList(0, used.size()));
      shapes.add(CorrectionColumns.shape(arm, fibres, orders));
      priors.put(
          arm,
          SkyPrior.learn(
              used.get(0).grid,
              used.stream().map(Master::sky).toList(),
              used.stream().map(Master::variance).toList(),
              used.stream().mapToInt(Master::plate).toArray(),
              SkyPrior.MOST_COMPONENTS));
    }
    long start = System.nanoTime();
    LinearMemory memory = LinearMemory.learn(frames, shapes, Epochs.NONE, PASSES);
    double seconds = (System.nanoTime() - start) / 1e9 / frames.size();
    return new Learnt(plates, memory, priors, seconds);
  }
}
