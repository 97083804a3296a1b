package org.skymi.smi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Networks of an archive adapt to one plate, in increments: from its sky fibres, then from objects,
 * too, those first whose line windows tell most, the faint ones. Encoder and embeddings move, in
 * few steps; the decoder stays. A quarter of the sky fibres only judges: an increment that does not
 * make their loss less, beyond chance, is rolled back.
 */
final class PlateAdaptation {
  private static final int STEPS = 4;
  private static final double RATE = 5e-4;

  /** One sky fibre in so many judges. */
  private static final int JUDGES = 4;

  /** Layers that move. */
  private static final Set<String> MOVING = Set.of(NetworkGraph.EMBEDDING, "told-1", "told-2", "h");

  private final MemoryNetwork network;
  private final long seed;

  /**
   * @param network of the archive; it changes
   * @param seed of batches
   */
  PlateAdaptation(MemoryNetwork network, long seed) {
    this.network = network;
    this.seed = seed;
  }

  /** What joins in an increment. */
  enum Increment {
    SKY,
    FAINT,
    BRIGHT
  }

  /**
   * An increment.
   *
   * @param fibres that taught
   * @param before mean loss of the judging sky fibres, nat
   * @param after likewise
   * @param kept whether it was not rolled back
   */
  record Step(Increment increment, int fibres, double before, double after, boolean kept) {}

  /** Adapts to the frames of a plate. */
  List<Step> adapt(List<NetworkFrame> frames) {
    freeze();
    List<NetworkFrame> judging =
        frames.stream().map(f -> f.judging(i -> f.isSky(i) && judges(f, i))).toList();
    double faint = medianShare(frames);
    double[] least = network.losses(judging);
    List<Step> steps = new ArrayList<>();
    for (Increment increment : Increment.values()) {
      List<NetworkFrame> teaching =
          frames.stream()
              .map(f -> f.judging(i -> !judges(f, i) && joins(f, i, increment, faint)))
              .toList();
      INDArray before = network.graph().params().dup();
      train(teaching, increment);
      double[] losses = network.losses(judging);
      boolean kept = isBetter(losses, least);
      int fibres = teaching.stream().mapToInt(NetworkFrame::judged).sum();
      steps.add(new Step(increment, fibres, mean(least), mean(losses), kept));
      if (kept) {
        least = losses;
      } else {
        network.graph().params().assign(before);
      }
      before.close();
    }
    return steps;
  }

  private void freeze() {
    ComputationGraph graph = network.graph();
    for (Layer layer : graph.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      graph.setLearningRate(name, MOVING.contains(name) ? RATE : 0);
    }
  }

  private static boolean judges(NetworkFrame frame, int fibre) {
    return Math.floorMod(frame.rows().embedding()[fibre], JUDGES) == 0;
  }

  private static boolean joins(NetworkFrame frame, int fibre, Increment increment, double faint) {
    return frame.isSky(fibre)
        || increment == Increment.BRIGHT
        || increment == Increment.FAINT && frame.known(fibre) >= faint;
  }

  private static double medianShare(List<NetworkFrame> frames) {
    double[] known =
        frames.stream()
            .flatMapToDouble(
                f ->
                    IntStream.range(0, f.fibres())
                        .filter(i -> !f.isSky(i) && f.known(i) > 0)
                        .mapToDouble(f::known))
            .sorted()
            .toArray();
    return known.length == 0 ? 0 : known[known.length / 2];
  }

  private void train(List<NetworkFrame> teaching, Increment increment) {
    SplittableRandom random = new SplittableRandom(seed * 31 + increment.ordinal());
    int size = network.settings().training().batch();
    int done = 0;
    while (done < STEPS) {
      for (List<NetworkFrame> batch : NetworkTrainer.batches(teaching, size, random)) {
        if (done++ < STEPS) {
          MultiDataSet data = new NetworkBatch(batch).forTraining(random);
          network.graph().fit(data);
          MemoryNetwork.close(data.getFeatures());
          MemoryNetwork.close(data.getLabels());
        }
      }
    }
  }

  /** Whether losses fell by more than a standard error of their differences. */
  private static boolean isBetter(double[] losses, double[] before) {
    double[] gain = new double[losses.length];
    Arrays.setAll(gain, k -> before[k] - losses[k]);
    double mean = mean(gain);
    double square = Arrays.stream(gain).map(g -> (g - mean) * (g - mean)).sum();
    return gain.length > 1 && mean > Math.sqrt(square / gain.length / (gain.length - 1));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
