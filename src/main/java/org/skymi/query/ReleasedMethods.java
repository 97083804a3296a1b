package org.skymi.query;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.skymi.report.evaluate.Population;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;

/**
 * The methods that have something to say of a population: of released spectra, a run may be asked
 * for methods that only a base model brings.
 */
final class ReleasedMethods {
  private ReleasedMethods() {}

  /**
   * The population's methods, of released spectra those with a statistic of any.
   *
   * @param run methods that the campaign was run with
   */
  static List<Method> known(SparkSession spark, Population population, List<Method> run) {
    return population.methods(run).stream()
        .filter(m -> population != Population.RELEASED || isKnown(spark, m))
        .toList();
  }

  private static boolean isKnown(SparkSession spark, Method method) {
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT count(%s_%s) FROM fibre_sky WHERE kind = 'release'",
            method.key(),
            Metric.POISSON_RATIO.name().toLowerCase(Locale.ROOT));
    return method == Method.SUPER
        || method == Method.MEMORY
        || spark.sql(sql).first().getLong(0) > 0;
  }

  /** A method's column; where it says nothing of a released spectrum, what is corrected without. */
  static String column(Population population, Method method, String column) {
    String own = method.key() + "_" + column;
    return population != Population.RELEASED || method == Method.SUPER || method == Method.MEMORY
        ? own
        : "coalesce(" + own + ", " + Method.MEMORY.key() + "_" + column + ")";
  }
}
