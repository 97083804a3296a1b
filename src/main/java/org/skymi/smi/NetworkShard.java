package org.skymi.smi;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Some of an archive's frames, ready for training: what one task of a cluster holds. */
public final class NetworkShard implements Serializable {
  private static final long serialVersionUID = 1;

  private final NetworkSettings settings;
  private final int number;
  private final int rows;
  private final List<NetworkFrame> frames;

  /**
   * @param number of the shard, 0..
   * @param moments of the whole archive's coefficients
   */
  public NetworkShard(
      NetworkSettings settings,
      Layout layout,
      InputMoments moments,
      int number,
      List<FrameNetworks.Seen> frames) {
    this.settings = settings;
    this.number = number;
    this.rows = layout.fibres();
    FrameInputs inputs = FrameInputs.of(moments, layout);
    this.frames = frames.stream().map(inputs::of).toList();
  }

  /** Batches of an epoch: whole ones only. */
  public int batches() {
    return frames.size() / settings.training().batch();
  }

  /** Rows of a batch. */
  public static int examples(NetworkSettings settings, Layout layout) {
    return settings.training().batch() * layout.fibres();
  }

  /**
   * How well networks foretell the shard's frames.
   *
   * @param weights of the networks
   * @return sum of the losses of judged fibres, nat, and their number
   */
  public double[] loss(float[] weights) {
    try (MemoryNetwork network = MemoryNetwork.untrained(settings, 1)) {
      network.use(weights);
      double[] losses = network.losses(frames);
      return new double[] {Arrays.stream(losses).sum(), losses.length};
    }
  }

  /** The batches of an epoch, all of {@link #examples} rows. */
  public List<MultiDataSet> batches(int epoch) {
    SplittableRandom random =
        new SplittableRandom((settings.seed() * 1_000_003 + epoch) * 8191 + number);
    int size = settings.training().batch();
    List<MultiDataSet> batches = new ArrayList<>();
    for (List<NetworkFrame> batch : NetworkTrainer.batches(frames, size, random)) {
      if (batch.size() == size) {
        batches.add(new NetworkBatch(batch, rows).forTraining(random));
      }
    }
    return batches;
  }
}
