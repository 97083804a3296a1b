package org.skymi.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * the mean of weights and updaters is what all go on from. After every epoch there is a checkpoint.
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
   * @throws IOException if a checkpoint can't be read or written
   */
  public FrameNetworks train(JavaRDD<List<FrameNetworks.Seen>> frames) throws IOException {
    NetworkSettings own = settings;
    InputMoments moments =
        frames.map(f -> moments(f, own.sizes())).collect().stream()
            .reduce(new InputMoments(settings.sizes()), InputMoments::plus);
    Layout known = layout;
    JavaRDD<NetworkShard> shards =
        frames
            .zipWithIndex()
            .map(f -> new NetworkShard(own, known, moments, f._2.intValue(), f._1))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return train(shards, moments);
    } finally {
      shards.unpersist();
    }
  }

  private static InputMoments moments(
      List<FrameNetworks.Seen> frames, NetworkSettings.Sizes sizes) {
    return InputMoments.of(frames.stream().map(FrameNetworks.Seen::frame).toList(), sizes);
  }

  private FrameNetworks train(JavaRDD<NetworkShard> shards, InputMoments moments)
      throws IOException {
    int workers = context.defaultParallelism();
    int batches = shards.map(NetworkShard::batches).reduce(Integer::sum);
    int epochs = settings.training().epochs();
    int steps = Math.max(1, epochs * batches / workers);
    FrameNetworks networks = FrameNetworks.untrained(settings, layout, moments, steps);
    int epoch = 0;
    Optional<byte[]> saved = checkpoints.load();
    if (saved.isPresent()) {
      epoch = ByteBuffer.wrap(saved.get()).getInt();
      networks = networks.at(Arrays.copyOfRange(saved.get(), Integer.BYTES, saved.get().length));
      log.line("resumed after " + epoch + " epochs");
    }
    for (; epoch < epochs; epoch++) {
      JavaRDD<MultiDataSet> data = data(shards, epoch);
      // A master of its own deals the batches of an epoch alike after a resumption.
      new SparkComputationGraph(context, networks.graph(), master(workers, epoch))
          .fitMultiDataSet(data);
      data.unpersist();
      byte[] state = networks.state();
      checkpoints.save(
          ByteBuffer.allocate(Integer.BYTES + state.length).putInt(epoch + 1).put(state).array());
      log.progress("epochs of " + batches + " batches", epoch + 1, epochs);
    }
    return networks;
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
