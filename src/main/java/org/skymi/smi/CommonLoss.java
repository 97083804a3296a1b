package org.skymi.smi;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Makes what two disjoint halves of a frame's fibres say of their exposure alike, and unlike what
 * other frames' fibres say: minus the Jensen-Shannon estimate of their mutual information (Nowozin
 * et al. 2016; Hjelm et al. 2019), a mean over heads. Rows 2j and 2j+1 of the output are frame j's
 * halves; a head has some coordinates g and a level u, and the score of a pair is {@code u_a + u_b
 * - |g_a - g_b|²}. Labels: {@code [2·nFrame, 1]}, a number that each frame has for itself (from 1)
 * where a half has fibres, else 0: a frame that comes twice is not told apart from itself.
 */
final class CommonLoss extends GraphLoss {
  private static final long serialVersionUID = 1;

  private final int heads;
  private final double weight;

  /**
   * @param heads number of estimates
   * @param weight of the term
   */
  CommonLoss(@JsonProperty("heads") int heads, @JsonProperty("weight") double weight) {
    this.heads = heads;
    this.weight = weight;
  }

  @Override
  Value of(Table output, Table labels) {
    double[] slope = new double[output.values().length];
    return new Value(-weight * score(output, labels, slope), slope);
  }

  /**
   * The Jensen-Shannon divergence of halves that belong together and such that don't, as the heads
   * estimate it: a lower bound, nat, of log 2 at the most; NaN of fewer than two frames.
   */
  double information(Table output, Table labels) {
    double score = score(output, labels, new double[output.values().length]);
    return score == 0 ? Double.NaN : Math.max(0, score / 2 + Math.log(2));
  }

  /** The estimate's score, below 0; 0 if there is nothing to tell apart. */
  private double score(Table output, Table labels, double[] slope) {
    int frames = output.rows() / 2;
    double[] number = new double[frames];
    for (int j = 0; j < frames; j++) {
      number[j] = Math.min(labels.values()[2 * j], labels.values()[2 * j + 1]);
    }
    int whole = 0;
    int apart = 0;
    for (int a = 0; a < frames; a++) {
      whole += number[a] > 0 ? 1 : 0;
      for (int b = 0; b < frames; b++) {
        apart += number[a] > 0 && number[b] > 0 && number[a] != number[b] ? 1 : 0;
      }
    }
    double information = 0;
    for (int a = 0; a < frames && apart > 0; a++) {
      for (int b = 0; b < frames; b++) {
        boolean differ = number[a] != number[b];
        if (number[a] > 0 && number[b] > 0 && (a == b || differ)) {
          double share = 1.0 / (a == b ? whole : apart);
          information += pair(output, 2 * a, 2 * b + 1, a == b, share, slope);
        }
      }
    }
    return information;
  }

  private double pair(
      Table output, int rowA, int rowB, boolean belong, double share, double[] slope) {
    int width = output.width() / heads;
    double[] v = output.values();
    double information = 0;
    for (int h = 0; h < heads; h++) {
      int a = rowA * output.width() + h * width;
      int b = rowB * output.width() + h * width;
      double score = v[a] + v[b];
      for (int k = 1; k < width; k++) {
        score -= (v[a + k] - v[b + k]) * (v[a + k] - v[b + k]);
      }
      information -= (belong ? softplus(-score) : softplus(score)) * share / heads;
      double up = (belong ? sigmoid(-score) : -sigmoid(score)) * share / heads;
      slope[a] -= weight * up;
      slope[b] -= weight * up;
      for (int k = 1; k < width; k++) {
        double pull = 2 * weight * up * (v[a + k] - v[b + k]);
        slope[a + k] += pull;
        slope[b + k] -= pull;
      }
    }
    return information;
  }

  private static double softplus(double t) {
    return t > 30 ? t : Math.log1p(Math.exp(t));
  }

  private static double sigmoid(double t) {
    return 1 / (1 + Math.exp(-t));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CommonLoss o && o.heads == heads && o.weight == weight;
  }

  @Override
  public int hashCode() {
    return 31 * heads + Double.hashCode(weight);
  }
}
