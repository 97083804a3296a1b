package org.skymi.smi;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.activations.Activation;

/**
 * The common part of the sky: an encoder of what a fibre records in absolute terms (strengths of
 * line groups, continuum) to a representation c, trained to share as much information as it can
 * with the representations of the <em>other</em> fibres of its exposure, and not with those of
 * other exposures (SMI's first objective). The mean of c over all fibres of an exposure is the
 * state of its sky.
 */
public final class CommonNetwork {
  public static final int SIZE = 8;
  private static final int BATCH = 128;

  private final Network network;
  private double[] mean;
  private double[] scale;

  public CommonNetwork(long seed) {
    network =
        Network.of(
            seed,
            CommonState.SIZE,
            2e-3,
            List.of(
                new Network.Layer("hidden", "in", 32, Activation.RELU),
                new Network.Layer("phi", "hidden", 16, Activation.TANH),
                new Network.Layer("c", "phi", SIZE, Activation.TANH),
                new Network.Layer("key", "phi", SIZE, Activation.IDENTITY)),
            List.of("c", "key"),
            List.of());
  }

  /** Sums over states and their squares, {@code [CommonState.SIZE]}, that can be added up. */
  public record Moments(long count, double[] sum, double[] square) implements Serializable {
    public static Moments of(List<float[]> states) {
      Moments moments =
          new Moments(states.size(), new double[CommonState.SIZE], new double[CommonState.SIZE]);
      for (float[] s : states) {
        for (int k = 0; k < CommonState.SIZE; k++) {
          moments.sum[k] += s[k];
          moments.square[k] += (double) s[k] * s[k];
        }
      }
      return moments;
    }

    public Moments plus(Moments more) {
      double[] sums = sum.clone();
      double[] squares = square.clone();
      for (int k = 0; k < CommonState.SIZE; k++) {
        sums[k] += more.sum[k];
        squares[k] += more.square[k];
      }
      return new Moments(count + more.count, sums, squares);
    }
  }

  /** Fixes the normalisation of the inputs. */
  public void normaliseBy(List<float[]> states) {
    normaliseBy(Moments.of(states));
  }

  /** Fixes the normalisation of the inputs by the moments of all states. */
  public void normaliseBy(Moments moments) {
    mean = new double[CommonState.SIZE];
    scale = new double[CommonState.SIZE];
    for (int k = 0; k < CommonState.SIZE; k++) {
      mean[k] = moments.sum[k] / moments.count;
      double variance = moments.square[k] / moments.count - mean[k] * mean[k];
      scale[k] = 1 / Math.sqrt(Math.max(variance, 1e-4));
    }
  }

  /**
   * Trains the encoder.
   *
   * @param states of fibres
   * @param exposure of each
   * @param steps of the optimiser
   * @return mean estimate of mutual information over the last tenth of the steps, nat; NaN where
   *     there are no two exposures to tell apart
   */
  public double train(List<float[]> states, int[] exposure, int steps, Random random) {
    if (Arrays.stream(exposure).distinct().count() < 2) {
      return Double.NaN;
    }
    Batches batches = new Batches(states.size(), BATCH, random);
    int late = Math.max(1, steps / 10);
    double sum = 0;
    int count = 0;
    for (int k = 0; k < steps; k++) {
      double estimate = step(states, exposure, batches.next(), random);
      if (k >= steps - late && !Double.isNaN(estimate)) {
        sum += estimate;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  private double step(List<float[]> states, int[] exposure, int[] rows, Random random) {
    List<int[]> positives = new ArrayList<>();
    List<int[]> negatives = new ArrayList<>();
    // Random partners, never the next row: neighbours in order share more than the sky.
    for (int round = 0; round < 4; round++) {
      int[] partner = Shuffle.permutation(rows.length, random);
      for (int i = 0; i < rows.length; i++) {
        boolean same = exposure[rows[i]] == exposure[rows[partner[i]]];
        if (partner[i] != i) {
          (same ? positives : negatives).add(new int[] {i, partner[i]});
        }
      }
    }
    if (positives.isEmpty() || negatives.isEmpty()) {
      return Double.NaN;
    }
    float[][] input = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      input[i] = normalised(states.get(rows[i]));
    }
    float[][][] out = network.forward(input);
    float[][] c = out[0];
    float[][] key = out[1];
    float[][][] errors = {new float[rows.length][SIZE], new float[rows.length][SIZE]};
    double[] up = scores(c, key, positives);
    double[] down = scores(c, key, negatives);
    for (int p = 0; p < up.length; p++) {
      spread(-JensenShannon.positiveSlope(up[p], up.length), positives.get(p), c, key, errors);
    }
    for (int p = 0; p < down.length; p++) {
      spread(-JensenShannon.negativeSlope(down[p], down.length), negatives.get(p), c, key, errors);
    }
    network.step(errors);
    return JensenShannon.estimate(up, down);
  }

  private static double[] scores(float[][] c, float[][] key, List<int[]> pairs) {
    double[] scores = new double[pairs.size()];
    for (int p = 0; p < scores.length; p++) {
      int[] pair = pairs.get(p);
      for (int k = 0; k < SIZE; k++) {
        scores[p] += c[pair[0]][k] * key[pair[1]][k];
      }
    }
    return scores;
  }

  private static void spread(
      double slope, int[] pair, float[][] c, float[][] key, float[][][] errors) {
    for (int k = 0; k < SIZE; k++) {
      errors[0][pair[0]][k] += (float) (slope * key[pair[1]][k]);
      errors[1][pair[1]][k] += (float) (slope * c[pair[0]][k]);
    }
  }

  /**
   * The common state of exposures: the mean representation of their fibres, {@code
   * [nExposure][SIZE]}.
   */
  public float[][] commonStates(List<float[]> states, int[] exposure, int exposures) {
    float[][] input = new float[states.size()][];
    Arrays.setAll(input, i -> normalised(states.get(i)));
    float[][] c = network.forward(input)[0];
    float[][] common = new float[exposures][SIZE];
    int[] count = new int[exposures];
    for (int i = 0; i < c.length; i++) {
      count[exposure[i]]++;
      for (int k = 0; k < SIZE; k++) {
        common[exposure[i]][k] += c[i][k];
      }
    }
    for (int e = 0; e < exposures; e++) {
      for (int k = 0; k < SIZE; k++) {
        common[e][k] /= Math.max(1, count[e]);
      }
    }
    return common;
  }

  private float[] normalised(float[] state) {
    float[] out = new float[state.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = (float) Math.max(-5, Math.min(5, (state[k] - mean[k]) * scale[k]));
    }
    return out;
  }

  /** A copy of the weights. */
  public float[] weights() {
    return network.weights();
  }

  /** The normalisation of the inputs: means, then scales. */
  public double[] normalisation() {
    double[] both = Arrays.copyOf(mean, 2 * CommonState.SIZE);
    System.arraycopy(scale, 0, both, CommonState.SIZE, CommonState.SIZE);
    return both;
  }

  /** Takes what {@link #weights} and {@link #normalisation} gave. */
  public void restore(float[] weights, double[] normalisation) {
    network.restore(weights);
    mean = Arrays.copyOf(normalisation, CommonState.SIZE);
    scale = Arrays.copyOfRange(normalisation, CommonState.SIZE, 2 * CommonState.SIZE);
  }

  /** The weights and the optimiser's memory. */
  public float[] state() {
    return network.state();
  }

  /** Goes on from what {@link #state} gave, or from a mean of such. */
  public void restoreState(float[] state, double[] normalisation) {
    restore(network.weights(), normalisation);
    network.restoreState(state, 0);
  }
}
