package org.skymi.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skymi.experiment.LevelExposure.LevelFrame;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.sky.memory.Prediction;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.Layout;
import org.skymi.smi.NetworkSettings;

/**
 * The project's networks on fibres with one coefficient each: what the linear memory expects is
 * where they start.
 *
 * @param name in the table
 * @param orders of the memory's terms
 * @param settings of the networks
 * @param members networks of different seeds, whose mean counts
 */
record LevelNetworks(String name, MemoryShape.Orders orders, NetworkSettings settings, int members)
    implements LevelPredictor {
  private static final int FOLDS = 5;

  private static final Layout LAYOUT =
      new Layout(LevelMemory.FIBRES, 0.025, new double[] {0.05, 0.16, 0.32});

  @Override
  public Fitted learn(List<LevelExposure> exposures) {
    List<FrameNetworks.Seen> seen = new ArrayList<>();
    int[] nights = exposures.stream().mapToInt(LevelExposure::night).distinct().toArray();
    for (int night : nights) {
      // A memory expects too well of what it has learnt from.
      LinearMemory others =
          LevelMemory.learn(exposures.stream().filter(e -> e.night() != night).toList(), orders);
      for (LevelExposure exposure : exposures) {
        for (int fold = 0; fold < FOLDS && exposure.night() == night; fold++) {
          seen.addAll(taught(others, exposure, fold));
        }
      }
    }
    List<FrameNetworks> networks = new ArrayList<>();
    for (int m = 0; m < members; m++) {
      NetworkSettings own = settings.with(settings.seed() + m);
      networks.add(FrameNetworks.train(own, LAYOUT, seen, List.of()));
    }
    LinearMemory memory = LevelMemory.learn(exposures, orders);
    return exposure -> predict(networks, asked(memory, exposure));
  }

  /** Every fifth fibre is judged, the others tell. */
  static List<FrameNetworks.Seen> taught(LinearMemory memory, LevelExposure exposure, int fold) {
    List<FrameNetworks.Seen> seen = new ArrayList<>();
    for (LevelFrame frame : exposure.frames()) {
      boolean[] tells = new boolean[frame.x().length];
      boolean[] judged = new boolean[frame.x().length];
      for (int i = 0; i < tells.length; i++) {
        judged[i] = Math.floorMod(Long.hashCode(exposure.number() * 31 + i), FOLDS) == fold;
        tells[i] = !judged[i];
      }
      seen.add(seen(memory, frame, new FrameNetworks.Roles(tells, judged)));
    }
    return seen;
  }

  private static List<FrameNetworks.Seen> asked(LinearMemory memory, LevelExposure exposure) {
    return exposure.frames().stream()
        .map(f -> seen(memory, f, FrameNetworks.Roles.telling(f.x().length)))
        .toList();
  }

  private static FrameNetworks.Seen seen(
      LinearMemory memory, LevelFrame frame, FrameNetworks.Roles roles) {
    Prediction[] expected = memory.predict(frame.equations(), i -> roles.tells()[i]);
    double[][] place = new double[expected.length][];
    for (int i = 0; i < place.length; i++) {
      place[i] = new double[] {frame.x()[i], frame.y()[i]};
    }
    return new FrameNetworks.Seen(frame.equations(), expected, place, roles);
  }

  private static double[][] predict(
      List<FrameNetworks> networks, List<FrameNetworks.Seen> exposure) {
    double[][] z = new double[exposure.size()][];
    for (FrameNetworks network : networks) {
      List<Prediction[]> expected = network.expect(exposure);
      for (int f = 0; f < z.length; f++) {
        double[] own = Arrays.stream(expected.get(f)).mapToDouble(p -> p.mean()[0]).toArray();
        if (z[f] == null) {
          z[f] = new double[own.length];
        }
        for (int i = 0; i < own.length; i++) {
          z[f][i] += own[i] / networks.size();
        }
      }
    }
    return z;
  }
}
