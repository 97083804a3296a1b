package org.skymi.plate;

import java.io.IOException;
import java.util.List;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.Layout;
import org.skymi.smi.NetworkSettings;

/** A way to train networks on frames of all shards. */
public interface FrameTraining {
  /**
   * Trains.
   *
   * @param frames of an arm
   * @param checkpoints of this training, which goes on from there
   * @param log told of what was done
   * @throws IOException if a checkpoint can't be read or written
   */
  FrameNetworks train(
      NetworkSettings settings,
      Layout layout,
      Frames frames,
      Checkpoints checkpoints,
      TrainingLog log)
      throws IOException;

  /**
   * Where frames come from.
   *
   * @param taught gives those of a shard that teach
   * @param heldOut those that tell which epoch was the best
   */
  record Frames(
      Shards.Task<List<FrameNetworks.Seen>> taught,
      Shards.Task<List<FrameNetworks.Seen>> heldOut) {}
}
