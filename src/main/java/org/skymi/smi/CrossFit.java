package org.skymi.smi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.skymi.sky.memory.Epochs;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.FrameMemory;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.smi.FrameNetworks.Roles;
import org.skymi.smi.FrameNetworks.Seen;

/**
 * Frames with what a linear memory expects of them, as networks need them: of frames to learn from,
 * by a memory that has learnt from other nights only, or networks trust it too much.
 */
public final class CrossFit {
  /** Parts of an archive's nights; each is foretold from the others. */
  public static final int NIGHT_FOLDS = 3;

  /** Parts of a frame's fibres; each is judged once, while the others tell. */
  public static final int FIBRE_FOLDS = 5;

  /** Those of a plate's frames where these are few: judged fibres are, too. */
  private static final int HALVES = 2;

  /** Frames of a plate that are enough for small parts. */
  private static final int MANY = 8;

  private CrossFit() {}

  /**
   * A frame and where its fibres are.
   *
   * @param place {@code [nFibre][nDimension]}: what is near is alike
   */
  public record Placed(FrameEquations frame, double[][] place) {
    /** With places along the slit, -1..1. */
    public static Placed alongSlit(FrameEquations frame, int fibres) {
      double[][] place = new double[frame.fibres().length][1];
      for (int i = 0; i < place.length; i++) {
        place[i][0] = 2.0 * (frame.fibres()[i].number() - 1) / (fibres - 1) - 1;
      }
      return new Placed(frame, place);
    }
  }

  /**
   * Frames to train on, each several times with other fibres judged.
   *
   * @param frames of two nights or more
   * @param shapes of the memory, by arm
   * @param epochs of the memory
   */
  public static List<Seen> taught(
      Collection<Placed> frames, List<MemoryShape> shapes, Epochs epochs) {
    TreeSet<Integer> nights = new TreeSet<>();
    frames.forEach(f -> nights.add(f.frame().when().night()));
    List<Seen> taught = new ArrayList<>();
    for (int fold = 0; fold < Math.min(NIGHT_FOLDS, nights.size()); fold++) {
      List<FrameEquations> others = new ArrayList<>();
      for (Placed placed : frames) {
        if (fold(placed, nights) != fold) {
          others.add(placed.frame());
        }
      }
      LinearMemory memory = LinearMemory.learn(others, shapes, epochs, LinearMemory.PASSES);
      for (Placed placed : frames) {
        if (fold(placed, nights) == fold) {
          taught.addAll(taught(memory, placed, 0, FIBRE_FOLDS));
        }
      }
    }
    return taught;
  }

  /**
   * A frame to train on, some times with other fibres judged.
   *
   * @param memory learnt from other nights than the frame's
   * @param first part of the fibres that is judged
   * @param parts how many of them are, one after the other
   */
  public static List<Seen> taught(LinearMemory memory, Placed placed, int first, int parts) {
    return taught(memory, placed, first, parts, FIBRE_FOLDS);
  }

  private static List<Seen> taught(
      LinearMemory memory, Placed placed, int first, int parts, int of) {
    FrameMemory known = memory.of(placed.frame());
    List<Seen> taught = new ArrayList<>();
    for (int k = first; k < first + parts; k++) {
      Roles roles = roles(placed.frame(), k % of, of);
      taught.add(
          new Seen(placed.frame(), known.predict(i -> roles.tells()[i]), placed.place(), roles));
    }
    return taught;
  }

  /**
   * The frames of a plate to adapt to, each with a part of its fibres judged: of few frames that is
   * half of them, and of one each half in turn.
   *
   * @param memory learnt from other plates
   */
  public static List<Seen> ofPlate(LinearMemory memory, List<Placed> frames) {
    int parts = frames.size() < MANY ? HALVES : FIBRE_FOLDS;
    int times = frames.size() == 1 ? HALVES : 1;
    List<Seen> seen = new ArrayList<>();
    for (int f = 0; f < frames.size(); f++) {
      seen.addAll(taught(memory, frames.get(f), f, times, parts));
    }
    return seen;
  }

  private static int fold(Placed placed, TreeSet<Integer> nights) {
    return nights.headSet(placed.frame().when().night()).size() % NIGHT_FOLDS;
  }

  private static Roles roles(FrameEquations frame, int part, int parts) {
    boolean[] tells = new boolean[frame.fibres().length];
    boolean[] judged = new boolean[tells.length];
    for (int i = 0; i < tells.length; i++) {
      int own = Math.floorMod(Long.hashCode(frame.when().exposure() * 31 + i), parts);
      judged[i] = own == part;
      tells[i] = !judged[i];
    }
    return new Roles(tells, judged);
  }

  /** A frame of which something is to be expected: all fibres with equations tell. */
  public static Seen asked(LinearMemory memory, Placed placed) {
    return asked(memory.of(placed.frame()), placed);
  }

  /**
   * The same of a frame that is asked more.
   *
   * @param known of the frame
   */
  public static Seen asked(FrameMemory known, Placed placed) {
    Roles roles = Roles.telling(placed.frame().fibres().length);
    return new Seen(placed.frame(), known.predict(), placed.place(), roles);
  }
}
