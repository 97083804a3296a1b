package org.skymi.plate;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.skymi.sky.memory.LinearMemory;

/**
 * Memories that never learnt some nights, so that each night is foretold by one that does not know
 * it.
 *
 * @param without the nights that each memory has not learnt
 * @param memories as many
 */
record NightFolds(List<Set<Integer>> without, List<LinearMemory> memories) implements Serializable {
  LinearMemory of(int night) {
    for (int fold = 0; fold < memories.size(); fold++) {
      if (without.get(fold).contains(night)) {
        return memories.get(fold);
      }
    }
    throw new IllegalArgumentException("night " + night + " is in no fold");
  }
}
