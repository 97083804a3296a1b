package org.skymi.smi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains the networks of one arm on frames of many plates, epoch by epoch; those with the least
 * loss on held-out frames are kept, made less sure as far as these ask for it; the last where there
 * are none.
 */
final class NetworkTrainer implements AutoCloseable {
  private final NetworkSettings settings;
  private final List<NetworkFrame> frames;
  private final List<NetworkFrame> heldOut;
  private MemoryNetwork network;
  private INDArray best;
  private double least;
  private int done;

  /**
   * @param heldOut frames that tell how good the networks are; may be empty
   */
  NetworkTrainer(NetworkSettings settings, List<NetworkFrame> frames, List<NetworkFrame> heldOut) {
    this.settings = settings;
    this.frames = frames;
    this.heldOut = heldOut;
    network = MemoryNetwork.untrained(settings, steps());
    best = network.graph().params().dup();
    least = network.loss(heldOut);
  }

  /** Steps of the whole training. */
  int steps() {
    int batch = settings.training().batch();
    return settings.training().epochs() * ((frames.size() + batch - 1) / batch);
  }

  /** Epochs that are done. */
  int done() {
    return done;
  }

  boolean isDone() {
    return done >= settings.training().epochs();
  }

  /** The least loss on held-out frames so far, nat a fibre; NaN without such frames. */
  double least() {
    return least;
  }

  /** Trains for an epoch. */
  void epoch() {
    epoch(network, frames, done++);
    double loss = network.loss(heldOut);
    if (heldOut.isEmpty() || loss < least) {
      least = loss;
      best.assign(network.graph().params());
    }
  }

  /** Trains to the end. */
  MemoryNetwork train() {
    while (!isDone()) {
      epoch();
    }
    return best();
  }

  /** The networks, whose owner is the caller from now on; nothing can be trained any more. */
  MemoryNetwork best() {
    MemoryNetwork trained = network;
    trained.graph().params().assign(best);
    if (!heldOut.isEmpty()) {
      least = trained.widen(() -> trained.loss(heldOut));
    }
    network = null;
    close();
    return trained;
  }

  /** One pass of some networks over frames. */
  static void epoch(MemoryNetwork network, List<NetworkFrame> frames, int epoch) {
    NetworkSettings settings = network.settings();
    SplittableRandom random = new SplittableRandom(settings.seed() * 1_000_003 + epoch);
    for (List<NetworkFrame> batch : batches(frames, settings.training().batch(), random)) {
      MultiDataSet data = new NetworkBatch(batch).forTraining(random);
      network.graph().fit(data);
      MemoryNetwork.close(data.getFeatures());
      MemoryNetwork.close(data.getLabels());
    }
  }

  /** How far the training is, to go on from. */
  byte[] state() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(done);
      out.writeDouble(least);
      for (float weight : best.toFloatVector()) {
        out.writeFloat(weight);
      }
      out.write(network.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Goes on from what {@link #state} gave.
   *
   * @throws IOException if it is nothing like it
   */
  void resume(byte[] state) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
      int epochs = in.readInt();
      double reached = in.readDouble();
      float[] weights = new float[(int) best.length()];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = in.readFloat();
      }
      MemoryNetwork own = MemoryNetwork.read(settings, in.readAllBytes());
      network.close();
      network = own;
      try (INDArray read = Nd4j.createFromArray(weights)) {
        best.assign(read.reshape(best.shape()));
      }
      done = epochs;
      least = reached;
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

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
    if (best.closeable()) {
      best.close();
    }
  }
}
