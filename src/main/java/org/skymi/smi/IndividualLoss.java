package org.skymi.smi;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A bound of mutual information that what it is told of is to make small, with the network that
 * states it: CLUB (Cheng et al. 2020). A row of the output holds {@code [mean, spread, y]}: a
 * Gaussian q(·|x) of that row's x, with log variance {@code -4·spread}, and a y. Labels {@code
 * [nRow, 2]}: the row of the y that belongs to x, and the row of one that doesn't; below 0 for
 * none. Two players: q's columns get the slope of q's negative log likelihood, y's columns that of
 * {@code weight · mean(log q(y|x) - log q(y'|x))}. The loss is the sum of both.
 */
final class IndividualLoss extends GraphLoss {
  private static final long serialVersionUID = 1;
  private static final double LEAST_LOG_VARIANCE = -4;

  private final double weight;

  /**
   * @param weight of the bound
   */
  IndividualLoss(@JsonProperty("weight") double weight) {
    this.weight = weight;
  }

  @Override
  Value of(Table output, Table labels) {
    Players players = players(output, labels);
    return new Value(players.surprise + weight * players.bound, players.slope);
  }

  /** The bound, nat. */
  double bound(Table output, Table labels) {
    return players(output, labels).bound;
  }

  /** The negative log likelihood of q, nat. */
  double surprise(Table output, Table labels) {
    return players(output, labels).surprise;
  }

  private static final class Players {
    double surprise;
    double bound;
    double[] slope;
  }

  private Players players(Table output, Table labels) {
    int size = output.width() / 3;
    int pairs = 0;
    for (int i = 0; i < output.rows(); i++) {
      pairs += labels.values()[2 * i] >= 0 && labels.values()[2 * i + 1] >= 0 ? 1 : 0;
    }
    Players players = new Players();
    players.slope = new double[output.values().length];
    for (int i = 0; i < output.rows(); i++) {
      int own = (int) labels.values()[2 * i];
      int wrong = (int) labels.values()[2 * i + 1];
      if (own >= 0 && wrong >= 0) {
        for (int k = 0; k < size; k++) {
          int q = i * output.width() + k;
          pair(
              output.values(),
              new int[] {q, q + size},
              own * output.width() + 2 * size + k,
              wrong * output.width() + 2 * size + k,
              pairs,
              players);
        }
      }
    }
    return players;
  }

  private void pair(double[] v, int[] q, int own, int wrong, int pairs, Players players) {
    double logVariance = LEAST_LOG_VARIANCE * v[q[1]];
    double precision = Math.exp(-logVariance);
    double off = v[own] - v[q[0]];
    double far = v[wrong] - v[q[0]];
    players.surprise += (off * off * precision + logVariance) / 2 / pairs;
    players.bound += precision * (far * far - off * off) / 2 / pairs;
    players.slope[q[0]] -= off * precision / pairs;
    players.slope[q[1]] += LEAST_LOG_VARIANCE * (1 - off * off * precision) / 2 / pairs;
    players.slope[own] -= weight * precision * off / pairs;
    players.slope[wrong] += weight * precision * far / pairs;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IndividualLoss o && o.weight == weight;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(weight);
  }
}
