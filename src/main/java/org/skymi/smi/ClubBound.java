package org.skymi.smi;

import java.util.List;
import java.util.Random;
import org.nd4j.linalg.activations.Activation;

/**
 * The sampled contrastive log-ratio upper bound of mutual information (CLUB, Cheng et al. 2020):
 * with a variational Gaussian q(y|x), fitted by likelihood, {@code I <= mean(log q(y_i|x_i) - log
 * q(y_k|x_i))}, k a random permutation.
 */
final class ClubBound {
  private static final double LEAST_LOG_VARIANCE = -4;

  private final Network network;
  private final int size;

  /**
   * @param seed of the weights of q
   * @param given width of x
   * @param size width of y
   */
  ClubBound(long seed, int given, int size) {
    this.size = size;
    network =
        Network.of(
            seed,
            given,
            5e-3,
            List.of(
                new Network.Layer("hidden", "in", 32, Activation.RELU),
                new Network.Layer("mean", "hidden", size, Activation.IDENTITY),
                new Network.Layer("spread", "hidden", size, Activation.TANH)),
            List.of("mean", "spread"),
            List.of());
  }

  /** q and its optimiser's memory, see {@link Network#state}. */
  float[] state() {
    return network.state();
  }

  /** Goes on from a state; returns where the next one begins. */
  int restoreState(float[] state, int from) {
    return network.restoreState(state, from);
  }

  /** A bound and its derivative by y. */
  record Bound(double value, float[][] slope) {}

  /** Fits q to pairs by one step of likelihood. */
  void fit(float[][] x, float[][] y) {
    float[][][] q = network.forward(x);
    float[][][] errors = {new float[x.length][size], new float[x.length][size]};
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < size; k++) {
        double precision = precision(q[1][i][k]);
        double off = y[i][k] - q[0][i][k];
        errors[0][i][k] = (float) (-off * precision / x.length);
        // d/ds of (off²·precision + log variance)/2 with log variance = -LEAST·s.
        errors[1][i][k] =
            (float) (-LEAST_LOG_VARIANCE * (1 - off * off * precision) / 2 / x.length);
      }
    }
    network.step(errors);
  }

  /** The bound for pairs, and what minimising it asks of y; x counts as given. */
  Bound of(float[][] x, float[][] y, Random random) {
    float[][][] q = network.forward(x);
    int[] other = Shuffle.permutation(x.length, random);
    float[][] slope = new float[y.length][size];
    double value = 0;
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < size; k++) {
        double precision = precision(q[1][i][k]);
        double own = y[i][k] - q[0][i][k];
        double wrong = y[other[i]][k] - q[0][i][k];
        value += precision * (wrong * wrong - own * own) / 2 / x.length;
        slope[i][k] -= (float) (precision * own / x.length);
        slope[other[i]][k] += (float) (precision * wrong / x.length);
      }
    }
    return new Bound(value, slope);
  }

  private static double precision(double spread) {
    return Math.exp(LEAST_LOG_VARIANCE * spread);
  }
}
