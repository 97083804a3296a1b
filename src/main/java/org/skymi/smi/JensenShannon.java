package org.skymi.smi;

/**
 * The Jensen-Shannon estimator of mutual information (Nowozin et al. 2016; Hjelm et al. 2019): with
 * scores T of pairs that belong together and of pairs that don't,
 *
 * <pre>I = mean(-softplus(-T)) over positives - mean(softplus(T)) over negatives</pre>
 *
 * It is at most 0, and -2 ln 2 where the scores tell nothing.
 */
final class JensenShannon {
  private JensenShannon() {}

  /** The estimate, in nat. */
  static double estimate(double[] positives, double[] negatives) {
    double sum = 0;
    for (double t : positives) {
      sum -= softplus(-t) / positives.length;
    }
    for (double t : negatives) {
      sum -= softplus(t) / negatives.length;
    }
    return sum;
  }

  /** Derivative of the estimate by one of n positive scores. */
  static double positiveSlope(double t, int n) {
    return sigmoid(-t) / n;
  }

  /** Derivative of the estimate by one of n negative scores. */
  static double negativeSlope(double t, int n) {
    return -sigmoid(t) / n;
  }

  private static double softplus(double t) {
    return t > 30 ? t : Math.log1p(Math.exp(t));
  }

  private static double sigmoid(double t) {
    return 1 / (1 + Math.exp(-t));
  }
}
