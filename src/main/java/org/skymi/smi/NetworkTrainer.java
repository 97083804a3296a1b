package org.skymi.smi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Trains the networks of one arm on frames of many plates. */
final class NetworkTrainer {
  private final NetworkSettings settings;
  private final List<NetworkFrame> frames;
  private final List<NetworkFrame> heldOut;

  /**
   * @param heldOut frames that tell how good the networks are; may be empty
   */
  NetworkTrainer(NetworkSettings settings, List<NetworkFrame> frames, List<NetworkFrame> heldOut) {
    this.settings = settings;
    this.frames = frames;
    this.heldOut = heldOut;
  }

  /** Steps of the whole training. */
  int steps() {
    int batch = settings.training().batch();
    return settings.training().epochs() * ((frames.size() + batch - 1) / batch);
  }

  /** Trains fresh networks; those with the least loss on held-out frames are kept. */
  MemoryNetwork train() {
    MemoryNetwork network = MemoryNetwork.untrained(settings, steps());
    double least = network.loss(heldOut);
    INDArray best = network.graph().params().dup();
    for (int epoch = 0; epoch < settings.training().epochs(); epoch++) {
      epoch(network, epoch);
      double loss = network.loss(heldOut);
      if (heldOut.isEmpty() || loss < least) {
        least = loss;
        best.assign(network.graph().params());
      }
    }
    network.graph().params().assign(best);
    best.close();
    return network;
  }

  /** One pass over all frames. */
  void epoch(MemoryNetwork network, int epoch) {
    SplittableRandom random = new SplittableRandom(settings.seed() * 1_000_003 + epoch);
    for (List<NetworkFrame> batch : batches(frames, settings.training().batch(), random)) {
      MultiDataSet data = new NetworkBatch(batch).forTraining(random);
      network.graph().fit(data);
      MemoryNetwork.close(data.getFeatures());
      MemoryNetwork.close(data.getLabels());
    }
  }

  /** Frames in random order, some a batch; the last may be smaller. */
  static List<List<NetworkFrame>> batches(
      List<NetworkFrame> frames, int size, SplittableRandom random) {
    List<NetworkFrame> order = new ArrayList<>(frames);
    for (int k = order.size() - 1; k > 0; k--) {
      Collections.swap(order, k, random.nextInt(k + 1));
    }
    List<List<NetworkFrame>> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += size) {
      batches.add(order.subList(from, Math.min(order.size(), from + size)));
    }
    return batches;
  }
}
