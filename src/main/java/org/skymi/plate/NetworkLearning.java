package org.skymi.plate;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.skymi.sky.memory.CorrectionColumns;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.SkyFeatures;
import org.skymi.smi.CrossFit;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.Layout;
import org.skymi.smi.NetworkSettings;
import org.skymi.smi.ReductionOptions;
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
  private final ReductionOptions options;
  private final FrameTraining training;
  private final TrainingLog log;

  NetworkLearning(
      Shards shards,
      Instrument instrument,
      ReductionOptions options,
      FrameTraining training,
      TrainingLog log) {
    this.shards = shards;
    this.instrument = instrument;
    this.options = options;
    this.training = training;
    this.log = log;
  }

  /** Where the fibres of a frame are along the slit. */
  static CrossFit.Placed placed(Instrument instrument, FrameEquations frame) {
    return CrossFit.Placed.alongSlit(frame, instrument.fibres());
  }

  /**
   * Trains, and gives the networks as they are stored; of arms with too few visits of sky fibres
   * none: a plate's held-out fibres are too few to see the harm that such networks do.
   *
   * @param identity of the training, for checkpoints
   * @throws IOException if a checkpoint can't be read or written
   */
  Map<Arm, byte[]> learn(NightFolds memories, Checkpoints checkpoints, String identity)
      throws IOException {
    Map<Arm, byte[]> learnt = new TreeMap<>();
    NetworkCheckpoint now = NetworkCheckpoint.load(checkpoints, identity, log);
    for (Arm arm : instrument.arms()) {
      int frames = shards.map(s -> s.frames(arm)).stream().mapToInt(Integer::intValue).sum();
      if (frames > 0 && areEnough(arm)) {
        if (now.trained(arm).isEmpty()) {
          now = now.with(arm, learn(arm, memories, frames, now.of(arm, checkpoints)));
          checkpoints.save(now.bytes());
        }
        learnt.put(arm, now.trained(arm).orElseThrow());
      }
    }
    return learnt;
  }

  private boolean areEnough(Arm arm) {
    long visits = shards.map(s -> s.visits(arm)).stream().mapToLong(Long::longValue).sum();
    int fewest = options.training().fewestVisits();
    if (visits < fewest) {
      log.about("networks of the " + arm.label() + " arm")
          .line(visits + " visits of sky fibres are too few, at least " + fewest + " are needed");
    }
    return visits >= fewest;
  }

  private byte[] learn(Arm arm, NightFolds memories, int frames, Checkpoints checkpoints)
      throws IOException {
    int times = Math.max(1, Math.min(CrossFit.FIBRE_FOLDS, MOST_FRAMES / frames));
    double share = Math.min(1, (double) MOST_FRAMES / frames);
    int fibres = instrument.spectrographs() * instrument.fibres();
    NetworkSettings settings =
        options.networks(
            NetworkSettings.Sizes.of(
                CorrectionColumns.count(instrument.arm(arm)),
                SkyFeatures.count(instrument.arm(arm)),
                fibres));
    try (FrameNetworks networks =
        training.train(
            settings,
            Layout.alongSlit(instrument.fibres()),
            new FrameTraining.Frames(
                s -> s.taught(arm, memories, share, times),
                s -> s.heldOut(arm, memories, share, times)),
            checkpoints,
            log.about("networks of the " + arm.label() + " arm"))) {
      return networks.bytes();
    }
  }
}
