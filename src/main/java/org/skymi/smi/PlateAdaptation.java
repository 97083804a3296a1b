package org.skymi.smi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.skymi.math.Significance;

/**
 * Networks of an archive adapt to one plate, in increments: from its sky fibres, then from objects,
 * too, those first whose line windows tell most, the faint ones. Encoder and embeddings move, in
 * few steps, in an increment none of them on a frame that another had; the decoder stays. A quarter
 * of the sky fibres only judges: an increment that does not make their loss less, beyond chance, is
 * rolled back.
 */
final class PlateAdaptation {
  /** Rate of an increment, over all of its steps. */
  private static final double RATE = 4e-3;

  /** Fibres of a step, of whole frames: few steps of many fibres learn no more, only slower. */
  private static final int BATCH = 1000;

  /** Frames of a step at least: what halves of a frame share is told by others. */
  private static final int FEWEST_FRAMES = 2;

  /** One sky fibre in so many judges. */
  private static final int JUDGES = 4;

  /** Layers that move. */
  private static final Set<String> MOVING = Set.of(NetworkGraph.EMBEDDING, "told-1", "told-2", "h");

  private final MemoryNetwork network;
  private final Adaptation how;
  private final TrainingPlace place;

  /**
   * What is trained.
   *
   * @param fold that is held out, -1 for none
   * @param arm its letter
   */
  record TrainingPlace(int fold, String arm) {}

  /**
   * @param network of the archive; it changes
   * @param place for the record
   */
  PlateAdaptation(MemoryNetwork network, Adaptation how, TrainingPlace place) {
    this.network = network;
    this.how = how;
    this.place = place;
  }

  /** What joins in an increment. */
  private enum Increment {
    SKY,
    FAINT,
    BRIGHT;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Adapts to the frames of a plate.
   *
   * @return what was done; first the weights that it started from
   */
  List<TrainingStep> adapt(List<NetworkFrame> frames) {
    network.graph().setLearningRate(RATE / Math.max(1, steps(frames)));
    List<NetworkFrame> judging =
        frames.stream().map(f -> f.judging(i -> f.isSky(i) && judges(f, i))).toList();
    double faint = medianShare(frames);
    List<TrainingStep> steps = new ArrayList<>();
    try (FrameEvaluation now = new FrameEvaluation(network, frames, how.seed())) {
      double[] least = now.losses(judging);
      steps.add(step(TrainingStep.BASE, List.of(), 0, now, least, true));
      for (Increment increment : increments()) {
        List<NetworkFrame> teaching =
            frames.stream()
                .map(f -> f.judging(i -> !judges(f, i) && joins(f, i, increment, faint)))
                .toList();
        INDArray before = network.graph().params().dup();
        int taken = train(teaching, increment);
        now.look();
        double[] losses = now.losses(judging);
        boolean isKept = !how.rollback() || isBetter(losses, least);
        steps.add(step(increment.label(), teaching, taken, now, losses, isKept));
        if (isKept) {
          least = losses;
        } else {
          network.graph().params().assign(before);
        }
        before.close();
      }
    }
    return steps;
  }

  private List<Increment> increments() {
    if (how.steps() == 0) {
      return List.of();
    }
    return how.withObjects() ? List.of(Increment.values()) : List.of(Increment.SKY);
  }

  private TrainingStep step(
      String stage,
      List<NetworkFrame> teaching,
      int taken,
      FrameEvaluation now,
      double[] heldOut,
      boolean isKept) {
    return new TrainingStep(
        place.fold(),
        place.arm(),
        stage,
        teaching.stream().mapToInt(NetworkFrame::judged).sum(),
        taken,
        new TrainingStep.Losses(
            teaching.isEmpty() ? Double.NaN : now.loss(teaching),
            mean(heldOut),
            now.information().common(),
            now.information().adjoining()),
        isKept);
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

  /** Frames of a step. */
  private static int size(List<NetworkFrame> frames) {
    int fibres = frames.stream().mapToInt(NetworkFrame::fibres).max().orElse(1);
    return Math.max(FEWEST_FRAMES, BATCH / fibres);
  }

  /** Steps of an increment. */
  private int steps(List<NetworkFrame> frames) {
    int size = size(frames);
    return Math.min(how.steps(), (frames.size() + size - 1) / size);
  }

  /** Trains in as many steps as there are, with each frame once at the most; tells how many. */
  private int train(List<NetworkFrame> teaching, Increment increment) {
    SplittableRandom random = new SplittableRandom(how.seed() * 31 + increment.ordinal());
    List<List<NetworkFrame>> batches = NetworkTrainer.batches(teaching, size(teaching), random);
    List<List<NetworkFrame>> used = batches.subList(0, steps(teaching));
    forgetWay();
    // Layers are held by putting them back: rates by layer would make DL4J a new updater for each.
    List<Layer> held =
        Arrays.stream(network.graph().getLayers())
            .filter(l -> l.numParams() > 0)
            .filter(l -> !MOVING.contains(l.conf().getLayer().getLayerName()))
            .toList();
    List<INDArray> before = held.stream().map(l -> l.params().dup()).toList();
    for (List<NetworkFrame> batch : used) {
      MultiDataSet data = new NetworkBatch(batch).forTraining(random);
      network.graph().fit(data);
      for (int k = 0; k < held.size(); k++) {
        held.get(k).params().assign(before.get(k));
      }
      MemoryNetwork.close(data.getFeatures());
      MemoryNetwork.close(data.getLabels());
    }
    before.forEach(INDArray::close);
    return used.size();
  }

  /**
   * Forgets where Adam was going: on a single step the archive's way would outweigh the plate's.
   * How far slopes scatter, the second half of its state, stays.
   */
  private void forgetWay() {
    INDArray state = network.graph().getUpdater().getStateViewArray();
    state.reshape(state.length()).get(NDArrayIndex.interval(0, state.length() / 2)).assign(0);
  }

  /** Whether losses fell by more than a standard error of their differences. */
  private static boolean isBetter(double[] losses, double[] before) {
    double[] gain = new double[losses.length];
    Arrays.setAll(gain, k -> before[k] - losses[k]);
    return Significance.isPositive(gain, 1);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
