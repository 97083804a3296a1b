package org.skymi.smi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.activations.Activation;
import org.skymi.math.Binary;
import org.skymi.survey.Arm;

/**
 * The individual part of the sky: from a fibre's features and the exposure's common state to the
 * corrections that its classical coefficients need, by way of a representation e that shares as
 * little as can be with the adjoining fibre's and with the common state (SMI's second objective).
 */
public final class IndividualNetwork {
  static final int SIZE = 16;
  private static final int BATCH = 128;

  /** A correction of 1 from the network is this much of the fibre's throughput. */
  private static final double UNIT = 0.05;

  /** Object brightness relative to the donor's, log10, and the share of fibres left as they are. */
  private static final double FAINTEST = -1.3;

  private static final double BRIGHTEST = 0.4;
  private static final double UNTOUCHED = 0.15;

  private final FibreFeatures features;
  private final Network network;
  private final ClubBound neighbours;
  private final ClubBound common;
  private final ReductionOptions options;

  public IndividualNetwork(long seed, FibreFeatures features, ReductionOptions options) {
    this.features = features;
    this.options = options;
    network =
        Network.of(
            seed,
            features.size(),
            1e-3,
            List.of(
                new Network.Layer("hidden", "in", 128, Activation.RELU),
                new Network.Layer("phi", "hidden", 32, Activation.RELU),
                new Network.Layer("e", "phi", SIZE, Activation.TANH),
                new Network.Layer(
                    "correction", "e", FibreFeatures.COEFFICIENTS, Activation.IDENTITY)),
            List.of("e", "correction"),
            // It starts as the classical estimate and leaves it only where training says so.
            List.of("correction"));
    neighbours = new ClubBound(seed + 1, SIZE, SIZE);
    common = new ClubBound(seed + 2, CommonNetwork.SIZE, SIZE);
  }

  /** Losses of a pass over a training set. */
  public record Progress(double loss, double individualInformation) {}

  /**
   * One training fibre: what is seen, what it should explain, and the adjoining fibre if there is
   * one.
   */
  public record Example(Observation seen, TrainingTarget target, Observation neighbour) {}

  /**
   * Trains.
   *
   * @param examples the training set
   * @param donors fibres whose objects are injected
   * @param states common state by exposure
   * @param steps of the optimiser
   * @return means over the last tenth of the steps
   */
  public Progress train(
      List<Example> examples,
      List<Observation> donors,
      float[][] states,
      int steps,
      Random random) {
    Batches batches = new Batches(examples.size(), BATCH, random);
    int late = Math.max(1, steps / 10);
    double loss = 0;
    double information = 0;
    for (int k = 0; k < steps; k++) {
      List<Example> batch = new ArrayList<>();
      for (int row : batches.next()) {
        batch.add(examples.get(row));
      }
      Progress step = step(batch, donors, states, random);
      if (k >= steps - late) {
        loss += step.loss() / late;
        information += step.individualInformation() / late;
      }
    }
    return new Progress(loss, information);
  }

  private Progress step(
      List<Example> batch, List<Observation> donors, float[][] states, Random random) {
    int n = batch.size();
    List<Observation> seen = new ArrayList<>();
    for (Example example : batch) {
      seen.add(
          options.has(ReductionOptions.Part.INJECTION)
              ? injected(example.seen(), donors, random)
              : example.seen());
    }
    boolean individual = options.training().individualWeight() > 0;
    for (Example example : batch) {
      if (individual && example.neighbour() != null) {
        seen.add(example.neighbour());
      }
    }
    float[][] input = new float[seen.size()][];
    Arrays.setAll(input, i -> features.input(seen.get(i), states[seen.get(i).exposure]));
    float[][][] out = network.forward(input);
    float[][][] errors = {
      new float[input.length][SIZE], new float[input.length][FibreFeatures.COEFFICIENTS]
    };
    double loss = 0;
    double[] slope = new double[FibreFeatures.COEFFICIENTS];
    for (int i = 0; i < n; i++) {
      double[] classical = FibreFeatures.classical(seen.get(i));
      double[] z = corrected(classical, out[1][i]);
      loss += batch.get(i).target().loss(z, slope) / n;
      for (int k = 0; k < slope.length; k++) {
        double unit = unit(classical, k);
        // Losses are squared relative errors, about 1e-4: scaled to order one for the optimiser's
        // epsilon.
        errors[1][i][k] = (float) (1e4 * unit * slope[k] / n);
      }
    }
    double information = individual ? separate(batch, seen, out[0], states, errors[0], random) : 0;
    network.step(errors);
    return new Progress(loss, information);
  }

  /**
   * Adds what minimises mutual information between adjoining fibres' representations and with the
   * common state.
   */
  private double separate(
      List<Example> batch,
      List<Observation> seen,
      float[][] e,
      float[][] states,
      float[][] errors,
      Random random) {
    List<float[]> own = new ArrayList<>();
    List<float[]> next = new ArrayList<>();
    int row = batch.size();
    int[] rows = new int[seen.size() - row];
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i).neighbour() != null) {
        rows[own.size()] = i;
        own.add(e[i]);
        next.add(e[row++]);
      }
    }
    double bound = 0;
    float weight = (float) options.training().individualWeight();
    if (own.size() > 1) {
      float[][] x = next.toArray(float[][]::new);
      float[][] y = own.toArray(float[][]::new);
      neighbours.fit(x, y);
      ClubBound.Bound club = neighbours.of(x, y, random);
      bound = club.value();
      for (int i = 0; i < rows.length; i++) {
        add(errors[rows[i]], club.slope()[i], weight);
      }
    }
    float[][] x = new float[batch.size()][];
    float[][] y = new float[batch.size()][];
    Arrays.setAll(x, i -> states[seen.get(i).exposure]);
    Arrays.setAll(y, i -> e[i]);
    common.fit(x, y);
    ClubBound.Bound club = common.of(x, y, random);
    for (int i = 0; i < y.length; i++) {
      add(errors[i], club.slope()[i], weight);
    }
    return bound;
  }

  private static void add(float[] to, float[] what, float weight) {
    for (int k = 0; k < to.length; k++) {
      to[k] += weight * what[k];
    }
  }

  private static Observation injected(Observation o, List<Observation> donors, Random random) {
    double lot = random.nextDouble();
    double scale = Math.pow(10, FAINTEST + (BRIGHTEST - FAINTEST) * random.nextDouble());
    int donor = donors.isEmpty() ? 0 : random.nextInt(donors.size());
    return lot < UNTOUCHED || donors.isEmpty() ? o : o.with(donors.get(donor), scale);
  }

  /** The coefficients of fibres, both arms. */
  public double[][] coefficients(List<Observation> observations, float[][] states) {
    double[][] z = new double[observations.size()][];
    for (int start = 0; start < z.length; start += 4 * BATCH) {
      int from = start;
      float[][] input = new float[Math.min(z.length - start, 4 * BATCH)][];
      Arrays.setAll(
          input,
          i -> {
            Observation o = observations.get(from + i);
            return features.input(o, states[o.exposure]);
          });
      float[][] correction = network.forward(input)[1];
      for (int i = 0; i < input.length; i++) {
        z[start + i] =
            corrected(FibreFeatures.classical(observations.get(start + i)), correction[i]);
      }
    }
    return z;
  }

  private static double[] corrected(double[] classical, float[] correction) {
    double[] z = classical.clone();
    for (int k = 0; k < z.length; k++) {
      z[k] += unit(classical, k) * correction[k];
    }
    return z;
  }

  private static double unit(double[] classical, int k) {
    int red = FibreFeatures.offset(Arm.RED);
    return UNIT * classical[k < red ? 0 : red];
  }

  /** A copy of the weights. */
  public float[] weights() {
    return network.weights();
  }

  /** Puts weights back. */
  public void restore(float[] weights) {
    network.restore(weights);
  }

  /** All that training goes on from: this network, both bounds, and their optimisers' memories. */
  public float[] state() {
    return Binary.joined(network.state(), neighbours.state(), common.state());
  }

  /** Goes on from what {@link #state} gave, or from a mean of such. */
  public void restoreState(float[] state) {
    common.restoreState(state, neighbours.restoreState(state, network.restoreState(state, 0)));
  }
}
