package org.skymi.experiment;

import java.util.ArrayList;
import java.util.List;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.smi.NetworkSettings;

/** The predictors of the table, each better than the one before. */
public final class LevelPredictors {
  private static final NetworkSettings.Sizes SIZES =
      new NetworkSettings.Sizes(1, 0, 10 * LevelMemory.FIBRES, 8, 8, 32);

  /** Two epochs: one coefficient of three nights' fibres is soon learnt by heart. */
  private static final NetworkSettings.Training TRAINING =
      new NetworkSettings.Training(2, 40, 1e-3, 1e-3, 6);

  private LevelPredictors() {}

  /** All that need no networks. */
  public static List<LevelPredictor> all() {
    List<LevelPredictor> all = new ArrayList<>(LevelBaselines.all());
    all.add(memory("memory of each fibre", 1, 1, 0, 0));
    all.add(memory("... and offsets along the slit", 6, 3, 0, 0));
    all.add(memory("... and its place", 1, 1, 0, 2));
    for (int terms : new int[] {1, 3, 5}) {
      all.add(memory("memory + " + terms + " bilinear", 1, 1, terms, 0));
    }
    return all;
  }

  /**
   * The networks.
   *
   * @param members networks of different seeds, whose mean counts
   */
  public static LevelPredictor networks(long seed, int members) {
    return new LevelNetworks(
        "SMI: networks from there on, " + members + " of them",
        new MemoryShape.Orders(1, 1, 3, 0),
        NetworkSettings.of(SIZES, seed).with(TRAINING),
        members);
  }

  private static LevelPredictor memory(String name, int slit, int frame, int bilinear, int place) {
    return new LevelMemory(name, new MemoryShape.Orders(slit, frame, bilinear, place));
  }
}
