package org.skymi.sky;

/**
 * The metrics of one residual.
 *
 * @param values by {@link Metric#ordinal()}, NaN where not defined
 */
public record ResidualStatistics(double[] values) {
  /** The value of a metric, NaN where it is not defined. */
  public double value(Metric metric) {
    return values[metric.ordinal()];
  }
}
