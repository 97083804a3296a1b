package org.skymi.release;

import java.util.ArrayList;
import java.util.List;
import org.skymi.sky.memory.Epochs;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.sky.memory.MemorySums;
import org.skymi.sky.memory.Prediction;
import org.skymi.smi.CrossFit;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.FrameNetworks.Roles;
import org.skymi.smi.FrameNetworks.Seen;
import org.skymi.smi.Layout;
import org.skymi.smi.NetworkSettings;
import org.skymi.smi.ReleasedModel;
import org.skymi.survey.Instrument;

/**
 * What an archive of released spectra teaches of the sky that is left in them: the linear memory
 * and, on top of it, the same networks as of frames. What a plate and spectrograph have in common
 * is told from others of the archive; what is a fibre's own lies along the slit. Holds memory of
 * ND4J until closed.
 */
final class ResidualNetworks implements AutoCloseable {
  /** Parts of the fibres, each judged once; the last only tells when to stop. */
  private static final int PARTS = 5;

  private static final int FIBRES = Instrument.LAMOST.fibres();
  private static final int SPECTROGRAPHS = Instrument.LAMOST.spectrographs();

  private final LinearMemory memory;
  private final FrameNetworks networks;

  private ResidualNetworks(LinearMemory memory, FrameNetworks networks) {
    this.memory = memory;
    this.networks = networks;
  }

  /**
   * Learns.
   *
   * @param frames of the archive, of two spectrographs or plates at least, or nothing is told apart
   * @param epochs of training at the most
   */
  static ResidualNetworks learn(List<CrossFit.Placed> frames, int epochs, long seed) {
    List<Seen> taught = new ArrayList<>();
    List<Seen> last = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      int judged = part;
      List<FrameEquations> known = new ArrayList<>();
      frames.forEach(f -> known.add(telling(f.frame(), judged)));
      LinearMemory others = memory(known);
      for (CrossFit.Placed placed : frames) {
        (part == PARTS - 1 ? last : taught).add(seen(others, placed, judged));
      }
    }
    NetworkSettings settings =
        NetworkSettings.of(
                NetworkSettings.Sizes.of(ResidualColumns.COUNT, 0, SPECTROGRAPHS * FIBRES), seed)
            .with(NetworkSettings.Training.DEFAULT.of(epochs));
    FrameNetworks networks = FrameNetworks.train(settings, Layout.alongSlit(FIBRES), taught, last);
    return new ResidualNetworks(
        memory(frames.stream().map(CrossFit.Placed::frame).toList()), networks);
  }

  private static LinearMemory memory(List<FrameEquations> frames) {
    double[] scale = ResidualColumns.scale();
    double[] none = new double[scale.length];
    MemoryShape shape =
        new MemoryShape(FIBRES, none, scale, none.clone(), MemoryShape.Orders.DEFAULT);
    return LinearMemory.learn(frames, List.of(shape), Epochs.NONE, LinearMemory.PASSES);
  }

  private static boolean isOf(int fibre, int part) {
    return fibre % PARTS == part;
  }

  /** A frame of which the judged fibres say nothing. */
  private static FrameEquations telling(FrameEquations frame, int judged) {
    FrameEquations.Fibre[] fibres = frame.fibres().clone();
    for (int i = 0; i < fibres.length; i++) {
      if (isOf(i, judged)) {
        FrameEquations.Fibre f = fibres[i];
        fibres[i] = new FrameEquations.Fibre(f.number(), false, f.dx(), f.dy(), null);
      }
    }
    return new FrameEquations(frame.when(), frame.spectrograph(), frame.arm(), fibres);
  }

  private static Seen seen(LinearMemory memory, CrossFit.Placed placed, int part) {
    int n = placed.frame().fibres().length;
    boolean[] tells = new boolean[n];
    boolean[] judged = new boolean[n];
    for (int i = 0; i < n; i++) {
      judged[i] = isOf(i, part);
      tells[i] = !judged[i];
    }
    Prediction[] expected = memory.predict(placed.frame(), i -> tells[i]);
    return new Seen(placed.frame(), expected, placed.place(), new Roles(tells, judged));
  }

  /** As a base model has them. */
  static ResidualNetworks read(ReleasedModel learnt) {
    return new ResidualNetworks(learnt.memory(), FrameNetworks.read(learnt.networks()));
  }

  /** What the linear memory learnt. */
  LinearMemory memory() {
    return memory;
  }

  /** The networks, for {@link #read}. */
  byte[] bytes() {
    return networks.bytes();
  }

  /**
   * What memory and networks expect of a set that they have not learnt, once the set's own spectra
   * are taken in; those that are held out have no equations and say nothing.
   *
   * @param withNetworks whether to ask the networks, too
   */
  Expected expected(CrossFit.Placed placed, boolean withNetworks) {
    LinearMemory next = memory;
    // Of a spectrograph never seen variances have to be found, too.
    boolean isKnown = memory.knows(placed.frame());
    for (int pass = 0; pass < (isKnown ? 1 : LinearMemory.PASSES); pass++) {
      MemorySums sums = new MemorySums().add(next, placed.frame());
      next = isKnown ? sums.addedTo(next) : sums.learnt(next);
    }
    Seen asked = CrossFit.asked(next, placed);
    return new Expected(
        asked.memory(), withNetworks ? networks.expect(List.of(asked)).get(0) : null);
  }

  /**
   * What is expected of a set's spectra, before their own light.
   *
   * @param memory by the memory
   * @param networks by the networks, null if not asked for
   */
  record Expected(Prediction[] memory, Prediction[] networks) {}

  /** What the linear memory expects of a frame's spectra, before their own light. */
  Prediction[] remembered(CrossFit.Placed placed) {
    return CrossFit.asked(memory, placed).memory();
  }

  /** What the networks expect. */
  Prediction[] expected(CrossFit.Placed placed) {
    return networks.expect(List.of(CrossFit.asked(memory, placed))).get(0);
  }

  @Override
  public void close() {
    networks.close();
  }
}
