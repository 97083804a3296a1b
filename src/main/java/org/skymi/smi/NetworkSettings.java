package org.skymi.smi;

import java.io.Serializable;

/**
 * Sizes of the networks of one arm, what they are to learn, and how.
 *
 * @param seed of weights, order of batches and halves
 */
public record NetworkSettings(Sizes sizes, Terms terms, Training training, long seed)
    implements Serializable {

  /**
   * Sizes.
   *
   * @param coefficients of a fibre
   * @param sky features of a frame's sky
   * @param fibres that have an embedding, over all spectrographs
   * @param individual width of an embedding
   * @param common numbers a fibre says of its exposure
   * @param hidden width of hidden layers
   */
  public record Sizes(int coefficients, int sky, int fibres, int individual, int common, int hidden)
      implements Serializable {
    /** Sizes that suit some coefficients of some fibres, in frames with some features. */
    public static Sizes of(int coefficients, int sky, int fibres) {
      return new Sizes(coefficients, sky, fibres, 8, 8, 32);
    }
  }

  /**
   * What makes up the loss beside the likelihood, and what the decoder is told.
   *
   * @param alike weight of the information that halves of an exposure share, to be large
   * @param adjoining weight of the information that neighbours' embeddings share, to be small
   * @param shared weight of the information of embedding and common part, to be small
   * @param common whether the decoder is told the common part
   * @param individual whether networks are told the embedding
   * @param place whether the decoder is told the place in the patrol disc
   */
  public record Terms(
      double alike,
      double adjoining,
      double shared,
      boolean common,
      boolean individual,
      boolean place)
      implements Serializable {
    /** Everything. */
    public static final Terms ALL = new Terms(0.1, 0.002, 0.002, true, true, true);

    /** With other weights. */
    public Terms weighing(double commonPart, double ownPart) {
      return new Terms(commonPart, ownPart, ownPart, common, individual, place);
    }
  }

  /**
   * How to train.
   *
   * @param epochs over all frames
   * @param batch frames of a batch
   * @param rate of learning at the start; it falls to 0
   * @param shrinkage of weights and embeddings (L2)
   * @param freedom of the likelihood, see {@link CoefficientLoss}
   */
  public record Training(int epochs, int batch, double rate, double shrinkage, double freedom)
      implements Serializable {
    /** As tuned on 24 plates of two spectrographs, of another seed than any that judges. */
    public static final Training DEFAULT = new Training(20, 16, 3e-3, 1e-2, 6);

    /** With another length. */
    public Training of(int otherEpochs) {
      return new Training(otherEpochs, batch, rate, shrinkage, freedom);
    }
  }

  /** Everything else by default. */
  public static NetworkSettings of(Sizes sizes, long seed) {
    return new NetworkSettings(sizes, Terms.ALL, Training.DEFAULT, seed);
  }

  /** With other terms. */
  public NetworkSettings with(Terms other) {
    return new NetworkSettings(sizes, other, training, seed);
  }

  /** With another way to train. */
  public NetworkSettings with(Training other) {
    return new NetworkSettings(sizes, terms, other, seed);
  }

  /** With another seed. */
  public NetworkSettings with(long other) {
    return new NetworkSettings(sizes, terms, training, other);
  }
}
