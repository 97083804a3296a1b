package org.skymi.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkTest {
  private static final int ROWS = 7;

  private static Network network() {
    return Network.of(
        5,
        6,
        1e-2,
        List.of(
            new Network.Layer("hidden", "in", 9, Activation.RELU),
            new Network.Layer("one", "hidden", 4, Activation.TANH),
            new Network.Layer("two", "hidden", 3, Activation.IDENTITY)),
        List.of("one", "two"),
        List.of());
  }

  private static float[][] gaussian(int columns, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[ROWS][columns];
    for (float[] row : rows) {
      for (int k = 0; k < columns; k++) {
        row[k] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  @Test
  void givesWhatDl4jsGraphGives() {
    Network network = network();
    float[][] input = gaussian(6, 1);
    network.step(forwardErrors(network, input));
    ComputationGraph graph = network.graph();
    INDArray[] expected = graph.output(Nd4j.create(input));
    float[][][] found = network.forward(input);
    for (int k = 0; k < found.length; k++) {
      for (int r = 0; r < ROWS; r++) {
        for (int j = 0; j < found[k][r].length; j++) {
          assertThat(found[k][r][j]).isCloseTo(expected[k].getFloat(r, j), within(1e-5f));
        }
      }
    }
  }

  private static float[][][] forwardErrors(Network network, float[][] input) {
    network.forward(input);
    return new float[][][] {gaussian(4, 2), gaussian(3, 3)};
  }

  @Test
  void gradientAgreesWithFiniteDifferences() {
    Network network = network();
    float[][] input = gaussian(6, 1);
    float[][][] errors = forwardErrors(network, input);
    float[] slopes = network.slopes(errors);
    float[] weights = network.weights();
    float step = 1e-2f;
    for (int k = 0; k < weights.length; k++) {
      double numeric =
          (loss(network, input, errors, weights, k, step)
                  - loss(network, input, errors, weights, k, -step))
              / (2 * step);
      assertThat((double) slopes[k])
          .as("parameter %d", k)
          .isCloseTo(numeric, within(2e-2 * (1 + Math.abs(numeric))));
    }
  }

  private static double loss(
      Network network, float[][] input, float[][][] errors, float[] weights, int k, float step) {
    float[] moved = weights.clone();
    moved[k] += step;
    network.restore(moved);
    float[][][] out = network.forward(input);
    double sum = 0;
    for (int o = 0; o < out.length; o++) {
      for (int r = 0; r < ROWS; r++) {
        for (int j = 0; j < out[o][r].length; j++) {
          sum += (double) out[o][r][j] * errors[o][r][j];
        }
      }
    }
    return sum;
  }

  @Test
  void stepsDescend() {
    Network network = network();
    float[][] input = gaussian(6, 1);
    float[][] wanted = gaussian(3, 4);
    double before = Double.POSITIVE_INFINITY;
    for (int round = 0; round < 5; round++) {
      double loss = 0;
      for (int k = 0; k < 100; k++) {
        float[][] out = network.forward(input)[1];
        float[][] error = new float[ROWS][3];
        loss = 0;
        for (int r = 0; r < ROWS; r++) {
          for (int j = 0; j < 3; j++) {
            error[r][j] = out[r][j] - wanted[r][j];
            loss += error[r][j] * error[r][j];
          }
        }
        network.step(new float[][][] {new float[ROWS][4], error});
      }
      assertThat(loss).isLessThan(before);
      before = loss;
    }
    assertThat(before).isLessThan(0.1);
  }

  @Test
  void restoredWeightsGiveTheSameNumbers() {
    Network network = network();
    float[][] input = gaussian(6, 1);
    float[] weights = network.weights();
    float[][][] before = network.forward(input);
    network.step(new float[][][] {gaussian(4, 2), gaussian(3, 3)});
    assertThat(Arrays.deepEquals(network.forward(input), before)).isFalse();
    network.restore(weights);
    assertThat(network.forward(input)).isDeepEqualTo(before);
  }
}
