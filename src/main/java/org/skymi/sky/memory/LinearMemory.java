package org.skymi.sky.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * What an archive remembers of every fibre's coefficients: linear in everything that is learnt, one
 * {@link ArmMemory} for each spectrograph, arm and epoch.
 */
public final class LinearMemory implements Serializable {
  private static final long serialVersionUID = 1;

  /** Passes over the frames after which a memory hardly moves. */
  public static final int PASSES = 8;

  /** By arm. */
  private final List<MemoryShape> shapes;

  private final Epochs epochs;
  private final TreeMap<Key, ArmMemory> memories;

  /** Of what a memory is: spectrograph and arm during an epoch, 0.. */
  record Key(int spectrograph, int arm, int epoch) implements Comparable<Key>, Serializable {
    private static final java.util.Comparator<Key> ORDER =
        Comparator.comparingInt(Key::spectrograph)
            .thenComparingInt(Key::arm)
            .thenComparingInt(Key::epoch);

    /** The same during the epoch before. */
    Key before() {
      return new Key(spectrograph, arm, epoch - 1);
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  LinearMemory(List<MemoryShape> shapes, Epochs epochs, Map<Key, ArmMemory> memories) {
    this.shapes = List.copyOf(shapes);
    this.epochs = epochs;
    this.memories = new TreeMap<>(memories);
  }

  /**
   * A memory that knows nothing.
   *
   * @param shapes by arm
   */
  public static LinearMemory empty(List<MemoryShape> shapes, Epochs epochs) {
    return new LinearMemory(shapes, epochs, Map.of());
  }

  /** Learns from frames that are in memory, in some passes over them. */
  public static LinearMemory learn(
      Collection<FrameEquations> frames, List<MemoryShape> shapes, Epochs epochs, int passes) {
    LinearMemory memory = empty(shapes, epochs);
    for (int pass = 0; pass < passes; pass++) {
      MemorySums sums = new MemorySums();
      for (FrameEquations frame : frames) {
        sums.add(memory, frame);
      }
      memory = sums.learnt(memory);
    }
    return memory;
  }

  /**
   * Learns from frames that are in memory; where a spectrograph turns out to have become another
   * one, once more from there.
   */
  public static LinearMemory learnWithEpochs(
      Collection<FrameEquations> frames, List<MemoryShape> shapes) {
    LinearMemory memory = learn(frames, shapes, Epochs.NONE, PASSES);
    EpochSums sums = new EpochSums();
    frames.forEach(frame -> sums.add(memory, frame));
    List<EpochSums.Step> steps = sums.steps(memory);
    return steps.isEmpty() ? memory : learn(frames, shapes, Epochs.NONE.and(steps), PASSES);
  }

  /** Where spectrographs' epochs begin. */
  public Epochs epochs() {
    return epochs;
  }

  /** By arm. */
  public List<MemoryShape> shapes() {
    return shapes;
  }

  /** Whether it has learnt anything of a frame's spectrograph and arm. */
  public boolean knows(FrameEquations frame) {
    return memories.containsKey(key(frame));
  }

  Key key(FrameEquations frame) {
    int epoch = epochs.of(frame.spectrograph(), frame.when().night());
    return new Key(frame.spectrograph(), frame.arm(), epoch);
  }

  ArmMemory memory(FrameEquations frame) {
    return memory(key(frame));
  }

  private ArmMemory memory(Key key) {
    ArmMemory known = memories.get(key);
    if (known != null) {
      return known;
    }
    ArmMemory before = key.epoch == 0 ? null : memory(key.before());
    long seed = 31L * key.spectrograph + key.arm;
    return ArmMemory.start(shapes.get(key.arm), before, seed);
  }

  Map<Key, ArmMemory> memories() {
    return memories;
  }

  LinearMemory with(Map<Key, ArmSums> sums, Function<ArmLearning, ArmMemory> learnt) {
    TreeMap<Key, ArmMemory> next = new TreeMap<>(memories);
    // In order of epochs: each rests on the one before.
    sums.forEach(
        (key, own) -> {
          ArmMemory last = memory(key);
          ArmMemory before = key.epoch == 0 ? null : next.get(key.before());
          next.put(key, learnt.apply(new ArmLearning(last.after(before), own)));
        });
    return new LinearMemory(shapes, epochs, next);
  }

  /** A frame as the memory sees it, for several questions. */
  public FrameMemory of(FrameEquations frame) {
    return new FrameMemory(memory(frame), frame);
  }

  /**
   * What is expected of fibres before their own pixels are seen.
   *
   * @param frame of which only the fibres' equations that may tell are looked at
   * @param tells which fibres, by index, may tell of the frame's state; what is expected of a fibre
   *     never rests on its own equations
   * @return by fibre
   */
  public Prediction[] predict(FrameEquations frame, IntPredicate tells) {
    return of(frame).predict(tells);
  }

  /**
   * What is known of fibres once the pixels of those that may tell are seen, too.
   *
   * @param tells which fibres, by index, may tell, of themselves and of the frame's state; of the
   *     others this is what is expected of them
   * @return by fibre
   */
  public Prediction[] posterior(FrameEquations frame, IntPredicate tells) {
    FrameMemory seen = of(frame);
    return seen.posterior(new FrameFit(seen, tells), i -> true);
  }

  /** The memory as a file's bytes; {@link #read} takes them back. */
  public byte[] bytes() {
    return MemoryFile.bytes(this);
  }

  /**
   * Reads a memory.
   *
   * @throws IllegalArgumentException if the bytes are no memory, or one of another version
   * @throws IOException if the stream can't be read, or ends too soon
   */
  public static LinearMemory read(InputStream in) throws IOException {
    return MemoryFile.read(in);
  }
}
