package org.skymi.plate;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.memory.EpochSums;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemorySums;
import org.skymi.sky.memory.Patterns;
import org.skymi.smi.CrossFit;
import org.skymi.smi.FrameNetworks;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;

/**
 * A share of a base model's training plates; see {@link Pretraining}. What it gives depends on its
 * plates and on what it is told, and on nothing of where or when it is.
 */
public final class TrainingShard implements Serializable {
  private static final long serialVersionUID = 1;

  private final TrainingPlates plates;

  /**
   * @param planned number of plates of all shards
   * @param patterns of lines by arm
   */
  public TrainingShard(int planned, Map<Arm, Patterns> patterns) {
    this.plates = new TrainingPlates(planned, patterns);
  }

  /**
   * Takes a plate.
   *
   * @param index of the plate among those of all shards, which decides if it is held out
   * @param name of the plate
   * @param digest of its files, for the training inventory
   * @throws IOException if a frame can't be read for now
   */
  public void add(int index, String name, String digest, PlateFrames frames) throws IOException {
    plates.add(index, name, digest, frames);
  }

  /**
   * What of a shard the others and the prior need to know.
   *
   * @param plates with usable frames
   * @param patterns of lines by arm, the same in all shards
   * @param skies sky fibres that teach, counted once an exposure and arm
   * @param objects fibres of which only line windows tell
   */
  record Summary(
      List<TrainingPlates.Summary> plates,
      Map<Arm, Patterns> patterns,
      Map<Arm, SkyGrid> grids,
      int exposures,
      int skies,
      int objects)
      implements Serializable {}

  /** What the shard has. */
  Summary summary() {
    return new Summary(
        plates.summaries(),
        plates.patterns(),
        plates.gridsFound(),
        plates.exposures(),
        TrainingPlates.fibres(plates.all(), true),
        TrainingPlates.fibres(plates.all(), false));
  }

  /**
   * What the shard's frames say of the next memory of fibres.
   *
   * @param without nights that don't teach it
   */
  MemorySums sums(LinearMemory last, Set<Integer> without) {
    MemorySums sums = new MemorySums();
    equations().stream()
        .filter(frame -> !without.contains(frame.when().night()))
        .forEach(frame -> sums.add(last, frame));
    return sums;
  }

  /** Nights of the shard's frames. */
  TreeSet<Integer> nights() {
    return equations().stream()
        .map(frame -> frame.when().night())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Number of an arm's frames that teach networks. */
  int frames(Arm arm) {
    return frames(arm, false).size();
  }

  /** Visits of an arm's sky fibres in these frames. */
  long visits(Arm arm) {
    return frames(arm, false).stream()
        .flatMap(frame -> Arrays.stream(frame.fibres()))
        .filter(FrameEquations.Fibre::teaches)
        .count();
  }

  private List<FrameEquations> frames(Arm arm, boolean heldOut) {
    return plates.split(heldOut).stream()
        .flatMap(e -> e.equations().stream())
        .filter(f -> f.arm() == arm.ordinal())
        .toList();
  }

  /**
   * Frames of an arm for networks to train on, evenly drawn, each by the memory of other nights.
   *
   * @param share of the frames
   * @param times how often each frame is taken, with other fibres judged
   */
  List<FrameNetworks.Seen> taught(Arm arm, NightFolds memories, double share, int times) {
    return seen(frames(arm, false), memories, share, times);
  }

  /** The same of the plates that are held out. */
  List<FrameNetworks.Seen> heldOut(Arm arm, NightFolds memories, double share, int times) {
    return seen(frames(arm, true), memories, share, times);
  }

  private List<FrameNetworks.Seen> seen(
      List<FrameEquations> frames, NightFolds memories, double share, int times) {
    List<FrameNetworks.Seen> seen = new ArrayList<>();
    double due = 0;
    for (FrameEquations frame : frames) {
      due += share;
      if (due >= 1) {
        due -= 1;
        LinearMemory memory = memories.of(frame.when().night());
        CrossFit.Placed placed = NetworkLearning.placed(plates.instrument(), frame);
        seen.addAll(CrossFit.taught(memory, placed, 0, times));
      }
    }
    return seen;
  }

  /** How far the shard's fibres are off a memory, night by night. */
  EpochSums epochs(LinearMemory memory) {
    EpochSums sums = new EpochSums();
    equations().forEach(frame -> sums.add(memory, frame));
    return sums;
  }

  private List<FrameEquations> equations() {
    return plates.all().stream().flatMap(e -> e.equations().stream()).toList();
  }

  /**
   * The shards of plates: training plates and held-out ones are dealt one after the other.
   *
   * @param plates number of plates
   * @param shards wanted; there are no more than training plates
   * @return the plates of each shard
   * @throws InputException if there are to be none
   */
  public static List<List<Integer>> deal(int plates, int shards) {
    if (shards < 1) {
      throw new InputException("pretrain.shards is " + shards + ", but must be at least 1");
    }
    int training = plates - TrainingPlates.heldOut(plates);
    List<List<Integer>> dealt = new ArrayList<>();
    for (int s = 0; s < Math.min(shards, training); s++) {
      dealt.add(new ArrayList<>());
    }
    int[] next = new int[2];
    for (int p = 0; p < plates; p++) {
      int kind = TrainingPlates.isHeldOut(p, plates) ? 1 : 0;
      dealt.get(next[kind]++ % dealt.size()).add(p);
    }
    return dealt;
  }
}
