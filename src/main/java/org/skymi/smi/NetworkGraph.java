package org.skymi.smi;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * The networks of one arm as one DL4J graph.
 *
 * <pre>
 * individual e   embedding of the fibre
 * encoder    h   = enc(seen, e) of every fibre
 * common     c   = means of h over the other fibres of the frame: all, along the slit, near by
 * decoder        (e, c, side, products of e and c) to mean, less the others' of the frame, and log
 *                variance of the coefficients
 * </pre>
 *
 * in units of what the linear memory expects, where it starts. Four outputs with a loss each: prior
 * ({@link CoefficientLoss}), common ({@link CommonLoss} of halves of frames), adjoining and shared
 * ({@link IndividualLoss} of e given the neighbour's, and given c).
 */
final class NetworkGraph {
  static final String PRIOR = "prior";
  static final String COMMON_PART = "c";
  static final String EMBEDDING = "e";
  static final String SPREAD_PART = "spread";

  /** Outputs by their index. */
  static final int HALVES = 1;

  static final int ADJOINING = 2;

  /** Heads of the estimate of what halves share, and coordinates of each. */
  private static final int HEADS = 4;

  private static final int COORDINATES = 2;

  /** Means that make up the common part. */
  static final int MEANS = 3;

  /**
   * Bound of the log of a variance over the memory's. Where networks may be much surer of single
   * coefficients a fibre's own lines are not believed: likelier skies, but worse ones.
   */
  private static final double SPREAD = 0.7;

  /** Scatter of embeddings at the start. */
  private static final double START = 0.05;

  private final NetworkSettings settings;
  private final GraphBuilder graph;

  private NetworkGraph(NetworkSettings settings, GraphBuilder graph) {
    this.settings = settings;
    this.graph = graph;
  }

  /**
   * A graph with fresh weights.
   *
   * @param steps of training, over which the rate falls to 0
   */
  static ComputationGraph of(NetworkSettings settings, int steps, DataType type) {
    ComputationGraph graph = new ComputationGraph(configuration(settings, steps, type));
    graph.init();
    return graph;
  }

  /** The loss of an output. */
  static GraphLoss loss(ComputationGraph graph, int output) {
    return (GraphLoss)
        ((org.deeplearning4j.nn.layers.LossLayer) graph.getOutputLayer(output))
            .layerConf()
            .getLossFn();
  }

  private static ComputationGraphConfiguration configuration(
      NetworkSettings settings, int steps, DataType type) {
    double rate = settings.training().rate();
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(settings.seed())
            .dataType(type)
            .miniBatch(false)
            .weightInit(WeightInit.XAVIER)
            .l2(settings.training().shrinkage())
            .updater(new Adam(new PolySchedule(ScheduleType.ITERATION, rate, 1, steps)))
            .graphBuilder()
            .addInputs("seen", "fibre", "side", "others", "along", "near", "halves");
    NetworkGraph graph = new NetworkGraph(settings, builder);
    graph.addEncoder();
    graph.addDecoder();
    graph.addInformation();
    return builder.setOutputs(PRIOR, "common", "adjoining", "shared").build();
  }

  private void addEncoder() {
    NetworkSettings.Sizes sizes = settings.sizes();
    graph.addLayer(
        EMBEDDING,
        new EmbeddingLayer.Builder()
            .nIn(sizes.fibres())
            .nOut(sizes.individual())
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .weightInit(new NormalDistribution(0, START))
            .build(),
        "fibre");
    graph.addVertex("slit", new SubsetVertex(0, 1), "side");
    int seen = NetworkFrame.seenWidth(sizes.coefficients(), sizes.sky());
    int told = seen + 2;
    if (settings.terms().individual()) {
      graph.addVertex("told", new MergeVertex(), "seen", "slit", EMBEDDING);
      told += sizes.individual();
    } else {
      graph.addVertex("told", new MergeVertex(), "seen", "slit");
    }
    addDense("told-1", told, sizes.hidden(), Activation.TANH, "told");
    addDense("told-2", sizes.hidden(), sizes.hidden(), Activation.TANH, "told-1");
    graph.addVertex("said", new MergeVertex(), "told-2", "seen");
    addDense("h", sizes.hidden() + seen, sizes.common(), Activation.IDENTITY, "said");
    graph.addVertex("c-others", new Pooling(1), "h", "others");
    graph.addVertex("c-along", new Pooling(1), "h", "along");
    graph.addVertex("c-near", new Pooling(1), "h", "near");
    graph.addVertex(COMMON_PART, new MergeVertex(), "c-others", "c-along", "c-near");
  }

  private void addDecoder() {
    NetworkSettings.Sizes sizes = settings.sizes();
    NetworkSettings.Terms terms = settings.terms();
    int size = sizes.coefficients();
    int side = NetworkFrame.sideWidth(size);
    String memory = "side";
    if (!terms.place()) {
      graph.addVertex("memory", new SubsetVertex(NetworkFrame.PLACE, side - 1), "side");
      graph.addVertex("no-place", new MergeVertex(), "slit", "memory");
      memory = "no-place";
      side += 2 - NetworkFrame.PLACE;
    }
    int width = side;
    List<String> told = new ArrayList<>(List.of(memory));
    if (terms.individual()) {
      told.add(EMBEDDING);
      width += sizes.individual();
    }
    if (terms.common()) {
      told.add(COMMON_PART);
      width += MEANS * sizes.common();
    }
    if (terms.individual() && terms.common()) {
      addDense("e-factor", sizes.individual(), sizes.hidden(), Activation.IDENTITY, EMBEDDING);
      addDense(
          "c-factor", MEANS * sizes.common(), sizes.hidden(), Activation.IDENTITY, COMMON_PART);
      graph.addVertex(
          "product", new ElementWiseVertex(ElementWiseVertex.Op.Product), "e-factor", "c-factor");
      told.add("product");
      width += sizes.hidden();
    }
    graph.addVertex("known", new MergeVertex(), told.toArray(String[]::new));
    addDense("known-1", width, sizes.hidden(), Activation.TANH, "known");
    addDense("known-2", sizes.hidden(), sizes.hidden(), Activation.TANH, "known-1");
    graph.addVertex("decided", new MergeVertex(), "known-2", "known");
    addZero("mean", sizes.hidden() + width, size, Activation.IDENTITY, "decided");
    // What all fibres have in common is in the exposure's own sky already, which its sky fibres
    // make.
    graph.addVertex("mean-others", new Pooling(1), "mean", "others");
    graph.addVertex(
        "beside", new ElementWiseVertex(ElementWiseVertex.Op.Subtract), "mean", "mean-others");
    addZero(SPREAD_PART, sizes.hidden(), size, Activation.TANH, "known-2");
    graph.addVertex("log-variance", new ScaleVertex(SPREAD), SPREAD_PART);
    graph.addVertex("mean-and-variance", new MergeVertex(), "beside", "log-variance");
    addLoss(PRIOR, new CoefficientLoss(size, settings.training().freedom()), "mean-and-variance");
  }

  private void addInformation() {
    NetworkSettings.Sizes sizes = settings.sizes();
    NetworkSettings.Terms terms = settings.terms();
    int stack = NetworkBatch.HALVES / 2;
    graph.addVertex("half", new Pooling(stack), "h", "halves");
    addDense("half-1", stack * sizes.common(), sizes.hidden(), Activation.TANH, "half");
    graph.addVertex("half-all", new MergeVertex(), "half-1", "half");
    int scores = HEADS * (1 + COORDINATES);
    int half = sizes.hidden() + stack * sizes.common();
    addDense("half-2", half, scores, Activation.IDENTITY, "half-all");
    addLoss("common", new CommonLoss(HEADS, terms.alike()), "half-2");
    graph.addVertex("given-e", new Given(), EMBEDDING);
    graph.addVertex("given-e-slit", new MergeVertex(), "given-e", "slit");
    addBound("adjoining", sizes.individual() + 2, terms.adjoining(), "given-e-slit");
    graph.addVertex("given-c", new Given(), COMMON_PART);
    addBound("shared", MEANS * sizes.common(), terms.shared(), "given-c");
  }

  private void addBound(String name, int width, double weight, String given) {
    int hidden = settings.sizes().hidden();
    int size = settings.sizes().individual();
    addDense(name + "-1", width, hidden, Activation.TANH, given);
    addDense(name + "-mean", hidden, size, Activation.IDENTITY, name + "-1");
    addDense(name + "-spread", hidden, size, Activation.TANH, name + "-1");
    graph.addVertex(name + "-pair", new MergeVertex(), name + "-mean", name + "-spread", EMBEDDING);
    addLoss(name, new IndividualLoss(weight), name + "-pair");
  }

  private void addDense(String name, int in, int out, Activation activation, String input) {
    graph.addLayer(
        name, new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build(), input);
  }

  private void addZero(String name, int in, int out, Activation activation, String input) {
    graph.addLayer(
        name,
        new DenseLayer.Builder()
            .nIn(in)
            .nOut(out)
            .activation(activation)
            .weightInit(WeightInit.ZERO)
            .build(),
        input);
  }

  private void addLoss(String name, GraphLoss loss, String input) {
    graph.addLayer(
        name, new LossLayer.Builder(loss).activation(Activation.IDENTITY).build(), input);
  }
}
