package org.skymi.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.skymi.plate.Checkpoints;
import org.skymi.plate.TrainingLog;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.InputMoments;
import org.skymi.smi.Layout;
import org.skymi.smi.NetworkSettings;
import org.skymi.smi.NetworkShard;

/**
 * Trains networks by DL4J on Spark: workers train copies on their batches, and every few batches
 * the mean of weights and updaters is what all go on from. After every epoch there is a checkpoint;
 * the epoch that held-out frames like best is kept.
 */
public final class NetworkTraining {
  /** Batches of a worker between means. */
  private static final int AVERAGING = 2;

  private final JavaSparkContext context;
  private final NetworkSettings settings;
  private final Layout layout;
  private final Checkpoints checkpoints;
  private final TrainingLog log;

  /**
   * @param checkpoints of this training only
   * @param log told of each epoch
   */
  public NetworkTraining(
      JavaSparkContext context,
      NetworkSettings settings,
      Layout layout,
      Checkpoints checkpoints,
      TrainingLog log) {
    this.context = context;
    this.settings = settings;
    this.layout = layout;
    this.checkpoints = checkpoints;
    this.log = log;
  }

  /**
   * Trains, from the last checkpoint if there is one.
   *
   * @param frames of the archive, a list for each shard
   * @param heldOut frames that tell which epoch was the best, likewise; where there are none it is
   *     the last
   * @throws IOException if a checkpoint can't be read or written
   */
  public FrameNetworks train(
      JavaRDD<List<FrameNetworks.Seen>> frames, JavaRDD<List<FrameNetworks.Seen>> heldOut)
      throws IOException {
    NetworkSettings own = settings;
    InputMoments moments =
        frames.map(f -> moments(f, own.sizes())).collect().stream()
            .reduce(new InputMoments(settings.sizes()), InputMoments::plus);
    JavaRDD<NetworkShard> shards = shards(frames, moments);
    JavaRDD<NetworkShard> judges = shards(heldOut, moments);
    try {
      return train(shards, judges, moments);
    } finally {
      shards.unpersist();
      judges.unpersist();
    }
  }

  private JavaRDD<NetworkShard> shards(
      JavaRDD<List<FrameNetworks.Seen>> frames, InputMoments moments) {
    NetworkSettings own = settings;
    Layout known = layout;
    return frames
        .zipWithIndex()
        .map(f -> new NetworkShard(own, known, moments, f._2.intValue(), f._1))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static InputMoments moments(
      List<FrameNetworks.Seen> frames, NetworkSettings.Sizes sizes) {
    return InputMoments.of(frames.stream().map(FrameNetworks.Seen::frame).toList(), sizes);
  }

  private FrameNetworks train(
      JavaRDD<NetworkShard> shards, JavaRDD<NetworkShard> judges, InputMoments moments)
      throws IOException {
    int workers = context.defaultParallelism();
    int batches = shards.map(NetworkShard::batches).reduce(Integer::sum);
    int epochs = settings.training().epochs();
    int steps = Math.max(1, epochs * batches / workers);
    FrameNetworks networks = FrameNetworks.untrained(settings, layout, moments, steps);
    double before = loss(judges, networks);
    Best best = new Best(0, before, networks.weights());
    Optional<byte[]> saved = checkpoints.load();
    if (saved.isPresent()) {
      ByteBuffer state = ByteBuffer.wrap(saved.get());
      best = Best.read(state, best.weights.length);
      networks = networks.at(Arrays.copyOfRange(saved.get(), state.position(), state.limit()));
      log.line("resumed after " + best.epochs + " epochs");
    }
    for (int epoch = best.epochs; epoch < epochs; epoch++) {
      JavaRDD<MultiDataSet> data = data(shards, epoch);
      // A master of its own deals the batches of an epoch alike after a resumption.
      new SparkComputationGraph(context, networks.graph(), master(workers, epoch))
          .fitMultiDataSet(data);
      data.unpersist();
      best = best.after(epoch + 1, loss(judges, networks), networks);
      checkpoints.save(best.with(networks.state()));
      log.progress("epochs of " + batches + " batches", epoch + 1, epochs);
    }
    networks.use(best.weights);
    if (!Double.isNaN(before)) {
      FrameNetworks trained = networks;
      double least = networks.widen(() -> loss(judges, trained));
      log.line(
          String.format(
              Locale.ROOT,
              "held-out frames: loss %.3f nat a fibre, of the memory alone %.3f",
              least,
              before));
    }
    return networks;
  }

  /** The mean loss of held-out frames' judged fibres, nat; NaN where there are none. */
  private static double loss(JavaRDD<NetworkShard> judges, FrameNetworks networks) {
    float[] weights = networks.weights();
    double sum = 0;
    double fibres = 0;
    for (double[] shard : judges.map(j -> j.loss(weights)).collect()) {
      sum += shard[0];
      fibres += shard[1];
    }
    return sum / fibres;
  }

  /**
   * The best networks so far.
   *
   * @param epochs that are done
   * @param loss of held-out frames, nat a fibre; NaN without any
   */
  private record Best(int epochs, double loss, float[] weights) {
    Best after(int done, double now, FrameNetworks networks) {
      boolean isBetter = Double.isNaN(now) || now < loss;
      return new Best(done, isBetter ? now : loss, isBetter ? networks.weights() : weights);
    }

    /** A checkpoint: itself, and the state that training goes on from. */
    byte[] with(byte[] state) {
      int head = Integer.BYTES + Double.BYTES + Float.BYTES * weights.length;
      ByteBuffer bytes = ByteBuffer.allocate(head + state.length);
      bytes.putInt(epochs).putDouble(loss);
      for (float weight : weights) {
        bytes.putFloat(weight);
      }
      return bytes.put(state).array();
    }

    /** Reads itself and leaves the rest. */
    static Best read(ByteBuffer bytes, int weights) {
      int epochs = bytes.getInt();
      double loss = bytes.getDouble();
      float[] own = new float[weights];
      for (int k = 0; k < own.length; k++) {
        own[k] = bytes.getFloat();
      }
      return new Best(epochs, loss, own);
    }
  }

  private static JavaRDD<MultiDataSet> data(JavaRDD<NetworkShard> shards, int epoch) {
    return shards.flatMap(s -> new ArrayList<MultiDataSet>(s.batches(epoch)).iterator());
  }

  private ParameterAveragingTrainingMaster master(int workers, int epoch) {
    int examples = NetworkShard.examples(settings, layout);
    return new ParameterAveragingTrainingMaster.Builder(workers, examples)
        .batchSizePerWorker(examples)
        .averagingFrequency(AVERAGING)
        .workerPrefetchNumBatches(0)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .storageLevel(StorageLevel.MEMORY_AND_DISK())
        .rngSeed(settings.seed() * 1_000_003 + epoch)
        .saveUpdater(true)
        .build();
  }
}
