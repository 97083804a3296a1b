package org.skymi.plate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.skymi.sky.memory.CorrectionColumns;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.smi.CrossFit;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.Layout;
import org.skymi.smi.NetworkSettings;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * Trains the networks that go on from the memory, an arm after the other, on frames drawn from all
 * shards: as many at the most, whatever the number of plates.
 */
final class NetworkLearning {
  /** Frames to train on at the most, an arm: of some two megabytes each. */
  private static final int MOST_FRAMES = 400;

  private final Shards shards;
  private final Instrument instrument;
  private final long seed;
  private final Consumer<String> console;

  NetworkLearning(Shards shards, Instrument instrument, long seed, Consumer<String> console) {
    this.shards = shards;
    this.instrument = instrument;
    this.seed = seed;
    this.console = console;
  }

  /** Where the fibres of a frame are along the slit. */
  static CrossFit.Placed placed(FrameEquations frame) {
    return CrossFit.Placed.alongSlit(frame, Instrument.LAMOST.fibres());
  }

  /** Trains, and gives the networks as they are stored; of arms without frames none. */
  Map<Arm, byte[]> learn(NightFolds memories) {
    Map<Arm, byte[]> learnt = new EnumMap<>(Arm.class);
    for (Arm arm : Arm.values()) {
      int frames = shards.map(s -> s.frames(arm)).stream().mapToInt(Integer::intValue).sum();
      if (frames > 0) {
        learnt.put(arm, learn(arm, memories, frames));
      }
    }
    return learnt;
  }

  private byte[] learn(Arm arm, NightFolds memories, int frames) {
    int times = Math.max(1, Math.min(CrossFit.FIBRE_FOLDS, MOST_FRAMES / frames));
    double share = Math.min(1, (double) MOST_FRAMES / frames);
    List<FrameNetworks.Seen> taught = new ArrayList<>();
    shards.map(s -> s.taught(arm, memories, share, times)).forEach(taught::addAll);
    int fibres = instrument.spectrographs() * instrument.fibres();
    NetworkSettings settings =
        NetworkSettings.of(NetworkSettings.Sizes.of(CorrectionColumns.count(arm), fibres), seed);
    Layout layout = Layout.alongSlit(instrument.fibres());
    try (FrameNetworks networks = FrameNetworks.train(settings, layout, taught, List.of())) {
      console.accept(
          "networks of the "
              + arm.letter()
              + " arm: trained on "
              + frames
              + " frames, "
              + taught.size()
              + " times with some of their fibres judged");
      return networks.bytes();
    }
  }
}
