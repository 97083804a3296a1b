package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.skymi.math.NormalEquations;
import org.skymi.sky.memory.Prediction;

/** Every hand-written slope is that of finite differences, in double precision. */
class NetworkGradientTest {
  private static final double STEP = 1e-6;
  private final Random random = new Random(3);

  private GraphLoss.Table table(int rows, int width) {
    double[] values = random.doubles((long) rows * width, -1, 1).toArray();
    return new GraphLoss.Table(values, rows, width);
  }

  private interface Loss {
    double of(GraphLoss.Table output);
  }

  private static double difference(Loss loss, GraphLoss.Table at, int k) {
    double[] values = at.values().clone();
    values[k] += STEP;
    double up = loss.of(new GraphLoss.Table(values, at.rows(), at.width()));
    values[k] -= 2 * STEP;
    double down = loss.of(new GraphLoss.Table(values, at.rows(), at.width()));
    return (up - down) / (2 * STEP);
  }

  @Test
  void coefficients() {
    int size = 3;
    CoefficientLoss loss = new CoefficientLoss(size, 4);
    double[] labels = new double[5 * CoefficientLoss.labels(size)];
    for (int i = 0; i < 5; i++) {
      NormalEquations n = new NormalEquations(size);
      for (int k = 0; k < 2 + i; k++) {
        n.add(random.doubles(size, -1, 1).toArray(), 3, 4 * random.nextGaussian());
      }
      DMatrixRMaj covariance =
          new DMatrixRMaj(new double[][] {{0.5, 0.1, 0}, {0.1, 1, -0.6}, {0, -0.6, 2}});
      Prediction memory = new Prediction(new double[] {0.1, 0.2, -0.3}, covariance);
      float[] row = CoefficientLoss.pack(new RelativeEquations(n, memory), i == 3 ? 0 : 1 + i);
      for (int k = 0; k < row.length; k++) {
        labels[i * row.length + k] = row[k];
      }
    }
    GraphLoss.Table packed = new GraphLoss.Table(labels, 5, CoefficientLoss.labels(size));
    GraphLoss.Table output = table(5, 2 * size);
    double[] slope = loss.of(output, packed).slope();
    for (int k = 0; k < slope.length; k++) {
      assertThat(slope[k])
          .isCloseTo(difference(o -> loss.of(o, packed).loss(), output, k), within(1e-7));
    }
    assertThat(Arrays.stream(slope, 3 * 6, 4 * 6)).containsOnly(0.0);
  }

  @Test
  void commonPart() {
    CommonLoss loss = new CommonLoss(2, 0.7);
    // The last frame is the first once more.
    GraphLoss.Table labels = new GraphLoss.Table(new double[] {1, 1, 2, 2, 0, 3, 1, 1}, 8, 1);
    GraphLoss.Table output = table(8, 6);
    double[] slope = loss.of(output, labels).slope();
    assertThat(Arrays.stream(slope, 0, 4 * 6)).doesNotContain(0.0);
    for (int k = 0; k < slope.length; k++) {
      assertThat(slope[k])
          .isCloseTo(difference(o -> loss.of(o, labels).loss(), output, k), within(1e-7));
    }
  }

  @Test
  void aFrameIsNotToldApartFromItself() {
    CommonLoss loss = new CommonLoss(2, 0.7);
    GraphLoss.Table output = table(4, 6);
    assertThat(loss.information(output, new GraphLoss.Table(new double[] {1, 1, 1, 1}, 4, 1)))
        .isNaN();
    assertThat(loss.information(output, new GraphLoss.Table(new double[] {1, 1, 2, 2}, 4, 1)))
        .isNotNaN();
  }

  @Test
  void individualPartHasTwoPlayers() {
    IndividualLoss loss = new IndividualLoss(0.3);
    double[] pairs = {1, 3, 0, 2, -1, -1, 2, 1};
    GraphLoss.Table labels = new GraphLoss.Table(pairs, 4, 2);
    GraphLoss.Table output = table(4, 6);
    double[] slope = loss.of(output, labels).slope();
    for (int k = 0; k < slope.length; k++) {
      boolean isBounded = k % 6 >= 4;
      double expected =
          isBounded
              ? 0.3 * difference(o -> loss.bound(o, labels), output, k)
              : difference(o -> loss.surprise(o, labels), output, k);
      assertThat(slope[k]).isCloseTo(expected, within(1e-7));
      if (!isBounded) {
        assertThat(slope[k] != 0).as("only the third row has no pair, %d", k).isEqualTo(k / 6 != 2);
      }
    }
  }

  @Test
  void throughDl4jsGraph() {
    HabitWorld world = new HabitWorld(1, 7, 5);
    List<HabitWorld.Frame> frames = world.frames(3, 0.5, 6);
    FrameInputs inputs = world.inputs(frames);
    NetworkSettings settings =
        new NetworkSettings(
            new NetworkSettings.Sizes(HabitWorld.COEFFICIENTS, HabitWorld.SKY, 7, 2, 3, 5),
            new NetworkSettings.Terms(0.5, 0, 0, true, true, true),
            new NetworkSettings.Training(1, 3, 1e-3, 0, 4),
            1);
    MultiDataSet data =
        new NetworkBatch(world.inputs(frames, inputs, world.means(frames)))
            .forTraining(new SplittableRandom(4));
    ComputationGraph graph = NetworkGraph.of(settings, 1, DataType.DOUBLE);
    // What starts at 0 gets values, or nothing would flow back through it.
    INDArray parameters = graph.params();
    for (int k = 0; k < parameters.length(); k++) {
      parameters.putScalar(k, parameters.getDouble(k) + 0.2 * random.nextGaussian());
    }
    graph.setInputs(doubles(data.getFeatures()));
    graph.setLabels(doubles(data.getLabels()));
    graph.computeGradientAndScore();
    for (Map.Entry<String, INDArray> own : graph.gradient().gradientForVariable().entrySet()) {
      INDArray parameter = graph.getParam(own.getKey());
      boolean isBound = own.getKey().startsWith("adjoining") || own.getKey().startsWith("shared");
      for (int n = 0; n < Math.min(6, parameter.length()); n++) {
        long k = random.nextInt((int) parameter.length());
        double expected = slope(graph, data, parameter, k, isBound);
        assertThat(own.getValue().getDouble(k))
            .as(own.getKey() + " " + k)
            .isCloseTo(expected, within(1e-6));
      }
    }
  }

  private static double slope(
      ComputationGraph graph, MultiDataSet data, INDArray parameter, long k, boolean isBound) {
    double value = parameter.getDouble(k);
    parameter.putScalar(k, value + STEP);
    double up = loss(graph, data, isBound);
    parameter.putScalar(k, value - STEP);
    double down = loss(graph, data, isBound);
    parameter.putScalar(k, value);
    return (up - down) / (2 * STEP);
  }

  private static double loss(ComputationGraph graph, MultiDataSet data, boolean isBound) {
    INDArray[] out = graph.output(true, doubles(data.getFeatures()));
    double sum = 0;
    for (int k = 0; k < out.length; k++) {
      GraphLoss loss = NetworkGraph.loss(graph, k);
      if (loss instanceof IndividualLoss == isBound) {
        sum += loss.loss(doubles(data.getLabels())[k], out[k]);
      }
    }
    return sum;
  }

  private static INDArray[] doubles(INDArray[] arrays) {
    return Arrays.stream(arrays).map(a -> a.castTo(DataType.DOUBLE)).toArray(INDArray[]::new);
  }
}
