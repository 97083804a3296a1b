package org.skymi.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.skymi.plate.Checkpoints;
import org.skymi.sky.memory.Prediction;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.HabitWorld;
import org.skymi.smi.InputMoments;
import org.skymi.smi.NetworkSettings;

class NetworkTrainingTest {
  private static final int WORKERS = 2;

  private final HabitWorld world = new HabitWorld(2, 12, 5);
  private final List<HabitWorld.Frame> frames = world.frames(48, 0.4, 6);
  private final Prediction[][] memory = world.means(frames);
  private final List<FrameNetworks.Seen> seen = world.seen(frames, memory);
  private final List<FrameNetworks.Seen> unseen = world.seen(world.frames(40, 0.4, 7), memory);

  private NetworkSettings settings(int epochs) {
    return NetworkSettings.of(world.sizes(), 1)
        .with(new NetworkSettings.Training(epochs, 8, 3e-3, 1e-3, 6));
  }

  private static final class Kept implements Checkpoints {
    private final List<byte[]> states = new ArrayList<>();

    @Override
    public Optional<byte[]> load() {
      return states.isEmpty() ? Optional.empty() : Optional.of(states.get(states.size() - 1));
    }

    @Override
    public void save(byte[] state) {
      states.add(state);
    }
  }

  private static JavaSparkContext context() {
    SparkSession session =
        SparkSession.builder()
            .master("local[" + WORKERS + "]")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    return new JavaSparkContext(session.sparkContext());
  }

  @Test
  void whatWasStoppedGoesOnAsIfItWasNot() throws IOException {
    try (JavaSparkContext context = context()) {
      Kept kept = new Kept();
      List<String> told = new ArrayList<>();
      NetworkTraining training =
          new NetworkTraining(context, settings(3), world.layout(), kept, told::add);
      double whole = loss(training, context);
      assertThat(kept.states).hasSize(3);
      kept.states.subList(1, 3).clear();
      // Weights are averaged in the order in which workers are done, and this world's memory is
      // less
      // sure than networks may get: rounding grows where variances are at their bound.
      assertThat(loss(training, context)).isCloseTo(whole, within(1e-2 * whole));
      assertThat(told).contains("resumed after 1 epochs");
    }
  }

  @Tag("full")
  @Test
  void asManyStepsTrainAsWellAsInOneProcess() throws IOException {
    int epochs = 12;
    double alone;
    try (FrameNetworks network =
        FrameNetworks.train(settings(epochs), world.layout(), seen, List.of())) {
      alone = network.loss(unseen);
    }
    try (JavaSparkContext context = context()) {
      // Workers share the batches of an epoch: each takes so many fewer steps.
      NetworkTraining training =
          new NetworkTraining(
              context, settings(WORKERS * epochs), world.layout(), new Kept(), told -> {});
      double together = loss(training, context);
      assertThat(together).isLessThan(1.01 * alone);
    }
  }

  @Test
  void heldOutFramesChooseTheEpochAndAreToldOf() throws IOException {
    List<FrameNetworks.Seen> few = seen.subList(0, WORKERS * 8);
    try (JavaSparkContext context = context()) {
      List<String> told = new ArrayList<>();
      NetworkSettings hasty = settings(4).with(new NetworkSettings.Training(4, 8, 0.3, 0, 6));
      NetworkTraining training =
          new NetworkTraining(context, hasty, world.layout(), new Kept(), told::add);
      try (FrameNetworks untrained =
              FrameNetworks.untrained(
                  hasty,
                  world.layout(),
                  InputMoments.of(
                      few.stream().map(FrameNetworks.Seen::frame).toList(), hasty.sizes()),
                  1);
          FrameNetworks network =
              training.train(
                  context.parallelize(List.<List<FrameNetworks.Seen>>of(new ArrayList<>(few)), 1),
                  context.parallelize(List.of(new ArrayList<>(unseen), new ArrayList<>()), 2))) {
        assertThat(network.loss(unseen)).isLessThanOrEqualTo(untrained.loss(unseen) + 1e-4);
      }
      assertThat(told).last().asString().startsWith("held-out frames: loss ");
    }
  }

  private double loss(NetworkTraining training, JavaSparkContext context) throws IOException {
    List<List<FrameNetworks.Seen>> shards =
        List.of(
            new ArrayList<>(seen.subList(0, seen.size() / 2)),
            new ArrayList<>(seen.subList(seen.size() / 2, seen.size())));
    JavaRDD<List<FrameNetworks.Seen>> none = context.parallelize(List.of(new ArrayList<>()), 1);
    try (FrameNetworks network = training.train(context.parallelize(shards, 2), none)) {
      return network.loss(unseen);
    }
  }
}
