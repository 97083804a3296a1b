package org.skymi.smi;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.skymi.math.NormalEquations;

/**
 * Negative log likelihood of what fibres' data say of their coefficients, under a prior from a
 * network, as a multivariate Student distribution: outliers pull the less the farther they are. A
 * row of the output holds the prior, {@code [mean, log variance]}; labels are packed by {@link
 * #pack}.
 */
final class CoefficientLoss extends GraphLoss {
  private static final long serialVersionUID = 1;

  private final int size;
  private final double freedom;

  /**
   * @param size number of coefficients
   * @param freedom degrees of freedom of the distribution: the fewer, the more robust
   */
  CoefficientLoss(@JsonProperty("size") int size, @JsonProperty("freedom") double freedom) {
    this.size = size;
    this.freedom = freedom;
  }

  /** Width of a row of labels for a number of coefficients. */
  static int labels(int size) {
    return 2 * NormalEquations.packed(size) + size + 3;
  }

  /**
   * Packs a fibre's equations as a row of labels.
   *
   * @param equations of the fibre against what the linear memory expects
   * @param weight of the fibre in the mean
   */
  static float[] pack(RelativeEquations equations, double weight) {
    float[] row = new float[labels(equations.size())];
    double[] packed = equations.packed();
    for (int k = 0; k < packed.length; k++) {
      row[k] = (float) packed[k];
    }
    double known = 0;
    for (double own : equations.told()) {
      known += own;
    }
    row[packed.length] = (float) equations.far();
    row[packed.length + 1] = (float) known;
    row[packed.length + 2] = (float) weight;
    return row;
  }

  @Override
  Value of(Table output, Table labels) {
    int width = labels.width();
    double weights = 0;
    for (int i = 0; i < output.rows(); i++) {
      weights += labels.values()[(i + 1) * width - 1];
    }
    double[] slope = new double[output.values().length];
    double loss = 0;
    PriorLikelihood likelihood = new PriorLikelihood(size);
    for (int i = 0; i < output.rows(); i++) {
      double weight = labels.values()[(i + 1) * width - 1] / weights;
      if (weight > 0) {
        int at = i * output.width();
        loss += weight * row(likelihood, output, at, labels.values(), i * width);
        addSlope(likelihood, labels.values(), i * width, weight, slope, at);
      }
    }
    return new Value(loss, slope);
  }

  /**
   * The loss of each fibre of any weight, nat.
   *
   * @param first row of the output that the labels belong to
   * @param labels by fibre
   */
  double[] each(Table output, int first, float[][] labels) {
    PriorLikelihood likelihood = new PriorLikelihood(size);
    double[] own = new double[labels(size)];
    return IntStream.range(0, labels.length)
        .filter(i -> labels[i][own.length - 1] > 0)
        .mapToDouble(
            i -> {
              Arrays.setAll(own, k -> labels[i][k]);
              return row(likelihood, output, (first + i) * output.width(), own, 0);
            })
        .toArray();
  }

  /** The loss of a fibre, taken up by the likelihood. */
  private double row(PriorLikelihood likelihood, Table output, int at, double[] labels, int label) {
    likelihood.of(output.values(), at, labels, label);
    double known = known(labels, label);
    double logDistance = Math.log1p(distance(likelihood, labels, label) / freedom);
    return (likelihood.logDeterminant() + (freedom + known) * logDistance) / 2;
  }

  private double known(double[] labels, int label) {
    return labels[label + labels(size) - 2];
  }

  private double distance(PriorLikelihood likelihood, double[] labels, int label) {
    return Math.max(0, labels[label + labels(size) - 3] - likelihood.explained());
  }

  private void addSlope(
      PriorLikelihood likelihood,
      double[] labels,
      int label,
      double weight,
      double[] slope,
      int at) {
    double pull =
        (freedom + known(labels, label)) / (freedom + distance(likelihood, labels, label));
    double[] pulls = likelihood.pull();
    double[] told = likelihood.told(labels, label);
    for (int k = 0; k < size; k++) {
      double force = pull * pulls[k];
      slope[at + k] -= weight * force;
      slope[at + size + k] += weight * (told[k] - force * likelihood.step()[k]) / 2;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CoefficientLoss o && o.size == size && o.freedom == freedom;
  }

  @Override
  public int hashCode() {
    return 31 * size + Double.hashCode(freedom);
  }
}
