package org.skymi.sky.memory;

import java.io.Serializable;
import java.util.TreeMap;

/**
 * What frames say of the next memory, in the light of the last one: sums that can be made in any
 * order, on any number of machines.
 */
public final class MemorySums implements Serializable {
  private static final long serialVersionUID = 1;

  private final TreeMap<LinearMemory.Key, ArmSums> arms = new TreeMap<>();

  /**
   * Adds a frame.
   *
   * @param last the memory that this pass over the frames starts from, the same for all
   */
  public MemorySums add(LinearMemory last, FrameEquations frame) {
    ArmMemory memory = last.memory(frame);
    arms.computeIfAbsent(last.key(frame), k -> new ArmSums(memory.shape)).add(memory, frame);
    return this;
  }

  /** Adds what other frames say; the other sums may be used up. */
  public MemorySums merge(MemorySums other) {
    other.arms.forEach(
        (key, sums) ->
            arms.merge(
                key,
                sums,
                (own, more) -> {
                  own.merge(more);
                  return own;
                }));
    return this;
  }

  /**
   * The next memory, from all frames there are.
   *
   * @param last as in {@link #add}
   */
  public LinearMemory learnt(LinearMemory last) {
    return last.with(arms, ArmLearning::next);
  }

  /**
   * The last memory with these frames, which it has not learnt: as if it had learnt them, but that
   * variances stay as they were and the sums are not made anew.
   *
   * @param last as in {@link #add}
   */
  public LinearMemory addedTo(LinearMemory last) {
    return last.with(arms, ArmLearning::updated);
  }
}
