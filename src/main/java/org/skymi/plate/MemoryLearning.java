package org.skymi.plate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.skymi.sky.memory.CorrectionColumns;
import org.skymi.sky.memory.EpochSums;
import org.skymi.sky.memory.Epochs;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.sky.memory.MemorySums;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * Learns the memory of an instrument's fibres from the shards of an archive's plates, in passes:
 * each gathers sums, which are as many whatever the number of plates.
 */
final class MemoryLearning {
  private final Shards shards;
  private final Instrument instrument;
  private final Consumer<String> console;

  MemoryLearning(Shards shards, Instrument instrument, Consumer<String> console) {
    this.shards = shards;
    this.instrument = instrument;
    this.console = console;
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
            console.accept(
                "spectrograph " + s.spectrograph() + " is another one from night " + s.night()));
    return steps.isEmpty() ? memory : learn(Epochs.NONE.and(steps));
  }

  private LinearMemory learn(Epochs epochs) {
    List<MemoryShape> shapes = new ArrayList<>();
    for (Arm arm : Arm.values()) {
      shapes.add(CorrectionColumns.shape(arm, instrument.fibres(), MemoryShape.Orders.DEFAULT));
    }
    LinearMemory memory = LinearMemory.empty(shapes, epochs);
    for (int pass = 0; pass < LinearMemory.PASSES; pass++) {
      LinearMemory last = memory;
      memory =
          shards.map(shard -> shard.sums(last)).stream()
              .reduce(MemorySums::merge)
              .orElseThrow()
              .learnt(last);
    }
    return memory;
  }
}
