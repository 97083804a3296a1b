package org.skymi.sky.memory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.skymi.math.PrincipalComponents;
import org.skymi.math.RobustStatistics;

/** What rows of different noise have in common: their principal components, without their noise. */
final class PatternComponents {
  /** What an element counts at most, in units of its noise. */
  private static final double WILD = 8;

  /** Elements on either side that tell how far a component stands out of its noise. */
  private static final int REACH = 6;

  /** How far above the noise a component must stand: little, since its noise is taken out. */
  private static final double MARGIN = 1.05;

  private final double[] noise;
  private final double[][] rows;

  /**
   * @param rows of the same length
   */
  PatternComponents(List<Patterns.Part> rows) {
    double[] stated = noise(rows);
    double factor = factor(rows, stated);
    noise = Arrays.stream(stated).map(n -> n * factor).toArray();
    this.rows = rows.stream().map(row -> weighed(row, factor, noise)).toArray(double[][]::new);
  }

  /**
   * The components, each times its scatter in the rows.
   *
   * @param most of them
   */
  double[][] of(int most) {
    return PrincipalComponents.of(rows, noise, MARGIN, 0, most).stream()
        .map(this::scaled)
        .toArray(double[][]::new);
  }

  /** Typical noise of an element; 0 where half of the rows know nothing. */
  private static double[] noise(List<Patterns.Part> rows) {
    double[] noise = new double[rows.get(0).variance().length];
    for (int j = 0; j < noise.length; j++) {
      int at = j;
      double variance =
          RobustStatistics.median(rows.stream().mapToDouble(r -> r.variance()[at]).toArray());
      noise[j] = Double.isFinite(variance) ? Math.sqrt(variance) : 0;
    }
    return noise;
  }

  /**
   * How much less rows scatter than is stated: of an element by itself, though what was fitted has
   * neighbours' data in it, too. Never more: then it is patterns that they scatter by.
   */
  private static double factor(List<Patterns.Part> rows, double[] noise) {
    double[] ratios =
        IntStream.range(0, noise.length)
            .filter(j -> noise[j] > 0)
            .mapToDouble(
                j ->
                    RobustStatistics.nmad(rows.stream().mapToDouble(r -> r.left()[j]).toArray())
                        / noise[j])
            .filter(r -> r > 0)
            .toArray();
    return ratios.length == 0 ? 1 : Math.min(1, RobustStatistics.median(ratios));
  }

  /** A row that counts by its own noise, without what is wild in it. */
  private static double[] weighed(Patterns.Part row, double factor, double[] noise) {
    double[] weighed = new double[noise.length];
    for (int j = 0; j < noise.length; j++) {
      double off = noise[j] > 0 ? row.left()[j] / (factor * Math.sqrt(row.variance()[j])) : 0;
      weighed[j] = Math.max(-WILD, Math.min(WILD, off)) * noise[j];
    }
    return weighed;
  }

  private double[] scaled(double[] component) {
    double square = 0;
    for (double[] row : rows) {
      double share = 0;
      for (int j = 0; j < row.length; j++) {
        share += noise[j] > 0 ? row[j] * component[j] / (noise[j] * noise[j]) : 0;
      }
      square += share * share;
    }
    double scatter = Math.sqrt(square / rows.length);
    return Arrays.stream(shrunk(component, 1 / square)).map(c -> c * scatter).toArray();
  }

  /**
   * Takes a component down to what of it stands out of its noise around each element.
   *
   * @param own variance of the component by the rows' noise, in units of the elements' noise
   */
  private double[] shrunk(double[] component, double own) {
    double[] shrunk = new double[component.length];
    for (int j = 0; j < shrunk.length; j++) {
      double square = 0;
      double expected = 0;
      for (int i = Math.max(0, j - REACH); i <= Math.min(shrunk.length - 1, j + REACH); i++) {
        if (noise[i] > 0) {
          square += Math.pow(component[i] / noise[i], 2);
          expected += own;
        }
      }
      shrunk[j] = square > expected ? component[j] * (1 - expected / square) : 0;
    }
    return shrunk;
  }
}
