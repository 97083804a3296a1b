package org.skymi.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skymi.experiment.LevelExposure.LevelFrame;
import org.skymi.sky.memory.Epochs;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.sky.memory.Prediction;
import org.skymi.smi.CrossFit;
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
  /** A positioner's reach in deg, and lengths over which fibres are alike in the field, deg. */
  private static final Layout LAYOUT =
      new Layout(LevelMemory.FIBRES, 0.025, new double[] {0.05, 0.16, 0.32});

  @Override
  public Fitted learn(List<LevelExposure> exposures) {
    List<CrossFit.Placed> placed = new ArrayList<>();
    exposures.forEach(e -> placed.addAll(placed(e)));
    List<FrameNetworks.Seen> taught =
        CrossFit.taught(placed, List.of(LevelMemory.shape(orders)), Epochs.NONE);
    List<FrameNetworks> networks = new ArrayList<>();
    for (int m = 0; m < members; m++) {
      NetworkSettings own = settings.with(settings.seed() + m);
      networks.add(FrameNetworks.train(own, LAYOUT, taught, List.of()));
    }
    LinearMemory memory = LevelMemory.learn(exposures, orders);
    return exposure -> predict(networks, memory, exposure);
  }

  private static List<CrossFit.Placed> placed(LevelExposure exposure) {
    List<CrossFit.Placed> placed = new ArrayList<>();
    for (LevelFrame frame : exposure.frames()) {
      double[][] place = new double[frame.x().length][];
      for (int i = 0; i < place.length; i++) {
        place[i] = new double[] {frame.x()[i], frame.y()[i]};
      }
      placed.add(new CrossFit.Placed(frame.equations(), place));
    }
    return placed;
  }

  private static double[][] predict(
      List<FrameNetworks> networks, LinearMemory memory, LevelExposure exposure) {
    List<FrameNetworks.Seen> asked =
        placed(exposure).stream().map(p -> CrossFit.asked(memory, p)).toList();
    double[][] z = new double[asked.size()][];
    for (FrameNetworks network : networks) {
      List<Prediction[]> expected = network.expect(asked);
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
