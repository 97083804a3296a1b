package org.skymi.spark;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.skymi.plate.FrameTraining;
import org.skymi.plate.Shards;
import org.skymi.plate.TrainingShard;

/** Shards of training plates on Spark, a partition each. */
final class SparkShards implements Shards {
  private final JavaRDD<TrainingShard> shards;

  /**
   * @param shards one in each partition
   */
  SparkShards(JavaRDD<TrainingShard> shards) {
    this.shards = shards;
  }

  /**
   * {@inheritDoc} Results come to the driver one by one, not in a tree: their order is the sum's.
   */
  @Override
  public <T> List<T> map(Task<T> task) {
    return shards.map(task::apply).collect();
  }

  /** Training of networks by the executors that hold the shards, see {@link NetworkTraining}. */
  FrameTraining training(JavaSparkContext context) {
    return (settings, layout, frames, checkpoints, log) ->
        new NetworkTraining(context, settings, layout, checkpoints, log)
            .train(shards.map(frames.taught()::apply), shards.map(frames.heldOut()::apply));
  }
}
