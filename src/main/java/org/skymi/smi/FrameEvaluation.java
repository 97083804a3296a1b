package org.skymi.smi;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What networks say of some frames, again and again while their weights change: all that is asked
 * after a step comes from one pass over the frames, whose inputs are made once. Holds memory of
 * ND4J until closed.
 */
final class FrameEvaluation implements AutoCloseable {
  private final MemoryNetwork network;
  private final int rows;
  private final INDArray[] inputs;
  private final GraphLoss.Table halves;
  private final GraphLoss.Table adjoining;
  private GraphLoss.Table prior;
  private Information information;

  /**
   * Information that networks hold, nat.
   *
   * @param common that halves of a frame share, see {@link CommonLoss#information}
   * @param adjoining bound of that of adjoining fibres' embeddings
   */
  record Information(double common, double adjoining) {}

  /**
   * @param seed splits frames in halves and chooses pairs of fibres
   */
  FrameEvaluation(MemoryNetwork network, List<NetworkFrame> frames, long seed) {
    this.network = network;
    NetworkBatch batch = new NetworkBatch(frames);
    this.rows = batch.rows();
    NetworkBatch.Pairs pairs = batch.pairs(new SplittableRandom(seed));
    this.inputs = batch.inputs(pairs.halves());
    this.halves = GraphLoss.Table.of(pairs.isWhole());
    this.adjoining = GraphLoss.Table.of(pairs.adjoining());
    look();
  }

  /** Looks at the frames with the networks' weights as they are now. */
  void look() {
    INDArray[] outputs = network.graph().output(false, inputs);
    prior = GraphLoss.Table.of(outputs[0]);
    CommonLoss common = (CommonLoss) NetworkGraph.loss(network.graph(), NetworkGraph.HALVES);
    IndividualLoss individual =
        (IndividualLoss) NetworkGraph.loss(network.graph(), NetworkGraph.ADJOINING);
    information =
        new Information(
            common.information(GraphLoss.Table.of(outputs[NetworkGraph.HALVES]), halves),
            individual.bound(GraphLoss.Table.of(outputs[NetworkGraph.ADJOINING]), adjoining));
    MemoryNetwork.close(outputs);
  }

  /**
   * The negative log likelihood of what each judged fibre says, nat.
   *
   * @param judging the frames, whichever of their fibres are judged
   */
  double[] losses(List<NetworkFrame> judging) {
    return network.losses(prior, rows, judging);
  }

  /** The mean of {@link #losses}. */
  double loss(List<NetworkFrame> judging) {
    return Arrays.stream(losses(judging)).average().orElse(Double.NaN);
  }

  /** What networks hold of the frames. */
  Information information() {
    return information;
  }

  @Override
  public void close() {
    MemoryNetwork.close(inputs);
  }
}
