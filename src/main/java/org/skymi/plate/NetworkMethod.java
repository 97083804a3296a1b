package org.skymi.plate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skymi.math.NormalEquations;
import org.skymi.sky.judge.Method;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.FrameMemory;
import org.skymi.sky.memory.Prediction;
import org.skymi.smi.CrossFit;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Arm;

/**
 * A base model's networks, which go on from its memory, adapted to the plate: for every fold by
 * what the fold may see. Without networks it has no sky of its own.
 */
final class NetworkMethod implements SkyMethod {
  private final PooledPlate pooled;
  private final Optional<SkyModel> base;
  private final List<Map<Arm, FrameNetworks>> folds = new ArrayList<>();
  private final Map<Arm, FrameNetworks> everything = new TreeMap<>();
  private final List<TrainingStep> steps = new ArrayList<>();

  /**
   * Adapts.
   *
   * @param exposures of the plate, analysed for the same base model
   * @param threads that work on the plate
   */
  NetworkMethod(
      PooledPlate pooled,
      Optional<SkyModel> base,
      List<PlateExposure> exposures,
      ReductionOptions options,
      SideBySide threads) {
    this.pooled = pooled;
    this.base = base.filter(b -> !b.networks().isEmpty());
    int count = exposures.stream().mapToInt(e -> e.folds.count()).max().orElse(0);
    for (int fold = 0; fold < count; fold++) {
      folds.add(new TreeMap<>());
    }
    this.base.ifPresent(own -> adapt(own, count, exposures, options, threads));
  }

  private void adapt(
      SkyModel own,
      int count,
      List<PlateExposure> exposures,
      ReductionOptions options,
      SideBySide threads) {
    Map<Arm, FrameNetworks> archive = new TreeMap<>();
    try {
      own.networks().forEach((arm, bytes) -> archive.put(arm, FrameNetworks.read(bytes)));
      List<Place> places = new ArrayList<>();
      for (int fold = 0; fold <= count; fold++) {
        int heldOut = fold < count ? fold : -1;
        archive.keySet().forEach(arm -> places.add(new Place(heldOut, arm)));
      }
      threads
          .map(
              places,
              place -> adapted(own, place, archive.get(place.arm).copy(), exposures, options))
          .forEach(
              adapted -> {
                of(adapted.place.fold).put(adapted.place.arm, adapted.networks);
                steps.addAll(adapted.steps);
              });
    } finally {
      archive.values().forEach(FrameNetworks::close);
    }
  }

  /** Which networks: the fold that is held out, -1 for none, and the arm. */
  private record Place(int fold, Arm arm) {}

  private record Adapted(Place place, FrameNetworks networks, List<TrainingStep> steps) {}

  private static Adapted adapted(
      SkyModel own,
      Place place,
      FrameNetworks networks,
      List<PlateExposure> exposures,
      ReductionOptions options) {
    List<FrameNetworks.Seen> frames = frames(own, place.fold, exposures, place.arm);
    return new Adapted(
        place,
        networks,
        frames.isEmpty()
            ? List.of()
            : networks.adapt(frames, options.adaptation(), place.fold, place.arm.letter()));
  }

  /** The plate's frames, each with some of its fibres judged. */
  private static List<FrameNetworks.Seen> frames(
      SkyModel own, int fold, List<PlateExposure> exposures, Arm arm) {
    return CrossFit.ofPlate(
        own.memory().orElseThrow(),
        exposures.stream()
            .flatMap(e -> e.seen(fold, arm).stream())
            .map(seen -> NetworkLearning.placed(own.instrument(), seen.equations()))
            .toList());
  }

  private Map<Arm, FrameNetworks> of(int fold) {
    return fold < 0 ? everything : folds.get(fold);
  }

  @Override
  public Method name() {
    return Method.SMI;
  }

  @Override
  public Optional<FrameSkies> skies(FramePixels pixels) {
    return everything.containsKey(pixels.arm)
        ? Optional.of(
            new ForeseenSkies(
                pixels, pooled, (frame, fold) -> known(of(fold).get(pixels.arm), frame)))
        : Optional.empty();
  }

  private Prediction[] known(FrameNetworks own, FoldFrame frame) {
    SkyModel model = base.orElseThrow();
    FrameEquations equations = frame.equations.orElseThrow();
    CrossFit.Placed placed = NetworkLearning.placed(model.instrument(), equations);
    FrameMemory seen = frame.of(model.memory().orElseThrow());
    Prediction[] expected = own.expect(List.of(CrossFit.asked(seen, placed))).get(0);
    Prediction[] known = new Prediction[expected.length];
    for (int i = 0; i < known.length; i++) {
      NormalEquations told = equations.fibres()[i].equations();
      if (frame.isWanted.test(i)) {
        known[i] = told == null ? expected[i] : expected[i].posterior(told);
      }
    }
    return known;
  }

  /** What training did, folds one after the other, the one from everything last. */
  List<TrainingStep> steps() {
    return steps;
  }

  /** Steps of the plate's training that the networks behind a fibre's sky kept. */
  int networkSteps(int fold, Arm arm) {
    return (int)
        steps.stream()
            .filter(s -> s.fold() == fold && s.arm().equals(String.valueOf(arm.letter())))
            .filter(TrainingStep::isProgress)
            .count();
  }

  @Override
  public void close() {
    folds.forEach(networks -> networks.values().forEach(FrameNetworks::close));
    everything.values().forEach(FrameNetworks::close);
  }
}
