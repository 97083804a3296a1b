package org.skymi.plate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.skymi.sky.memory.CorrectionColumns;
import org.skymi.sky.memory.EpochSums;
import org.skymi.sky.memory.Epochs;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.sky.memory.MemorySums;
import org.skymi.smi.CrossFit;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * Learns the memory of an instrument's fibres from the shards of an archive's plates, in passes:
 * each gathers sums, which are as many whatever the number of plates.
 */
final class MemoryLearning {
  private final Shards shards;
  private final Instrument instrument;
  private final TrainingLog log;

  MemoryLearning(Shards shards, Instrument instrument, TrainingLog log) {
    this.shards = shards;
    this.instrument = instrument;
    this.log = log;
  }

  /** Learns; where a spectrograph turns out to have become another one, once more from there. */
  LinearMemory learn() {
    LinearMemory memory = learn(Epochs.NONE);
    LinearMemory first = memory;
    List<EpochSums.Step> steps =
        shards.map(shard -> shard.epochs(first)).stream()
            .reduce(EpochSums::merge)
            .orElseThrow()
            .steps(first);
    steps.forEach(
        s ->
            log.line(
                "spectrograph " + s.spectrograph() + " is another one from night " + s.night()));
    return steps.isEmpty() ? memory : learn(Epochs.NONE.and(steps));
  }

  /**
   * Memories for networks to train on.
   *
   * @param epochs of the memory that was learnt from all nights
   * @return none if there is but one night
   */
  Optional<NightFolds> crossFitted(Epochs epochs) {
    TreeSet<Integer> nights = new TreeSet<>();
    shards.map(TrainingShard::nights).forEach(nights::addAll);
    int folds = Math.min(CrossFit.NIGHT_FOLDS, nights.size());
    if (folds < 2) {
      return Optional.empty();
    }
    List<Set<Integer>> without = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      int own = fold;
      without.add(
          nights.stream()
              .filter(night -> nights.headSet(night).size() % folds == own)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return Optional.of(
        new NightFolds(without, without.stream().map(w -> learn(epochs, w)).toList()));
  }

  private LinearMemory learn(Epochs epochs) {
    return learn(epochs, Set.of());
  }

  private LinearMemory learn(Epochs epochs, Set<Integer> without) {
    List<MemoryShape> shapes = new ArrayList<>();
    for (Arm arm : instrument.arms()) {
      shapes.add(
          CorrectionColumns.shape(
              instrument.arm(arm), instrument.fibres(), MemoryShape.Orders.DEFAULT));
    }
    LinearMemory memory = LinearMemory.empty(shapes, epochs);
    for (int pass = 0; pass < LinearMemory.PASSES; pass++) {
      LinearMemory last = memory;
      memory =
          shards.map(shard -> shard.sums(last, without)).stream()
              .reduce(MemorySums::merge)
              .orElseThrow()
              .learnt(last);
    }
    return memory;
  }
}
