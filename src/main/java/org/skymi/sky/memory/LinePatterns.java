package org.skymi.sky.memory;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.skymi.math.Binary;
import org.skymi.math.PrincipalComponents;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.frame.SkyGrid;

/**
 * What sky lines differ by from fibre to fibre beyond shift, width and the like: shapes of the line
 * spread that no derivative of the lines has. Principal components of what the other columns leave
 * of an archive's sky fibres, in units of each window's light: an instrument's own, not those of a
 * plate.
 */
public final class LinePatterns implements Serializable {
  private static final long serialVersionUID = 1;

  /** Patterns of an arm. */
  public static final int COUNT = 6;

  /** Patterns that are 0 everywhere, for want of an archive. */
  public static final LinePatterns NONE = new LinePatterns(new double[0][]);

  /** Fibres that patterns are learnt from at the most: their products are all made. */
  private static final int MOST_ROWS = 600;

  /** Fewer fibres have more noise than patterns. */
  private static final int FEWEST_ROWS = 24;

  /** What a coefficient counts at most, in units of its noise. */
  private static final double WILD = 8;

  /** By pattern, spline coefficients over the light of their window; 0 outside windows. */
  private final double[][] patterns;

  private LinePatterns(double[][] patterns) {
    this.patterns = patterns;
  }

  /**
   * What the other columns leave of a sky fibre.
   *
   * @param left spline coefficients over the light of their window, 0 outside windows
   * @param variance of them, infinite where nothing is known
   */
  public record Row(float[] left, float[] variance) implements Serializable {}

  /**
   * Learns.
   *
   * @param rows of one arm's sky fibres, as {@link ArmCorrections#left} gives them; those on
   *     another grid than the first are left out
   */
  public static LinePatterns learn(List<Row> rows) {
    if (rows.size() < FEWEST_ROWS) {
      return NONE;
    }
    int size = rows.get(0).left.length;
    List<Row> alike = rows.stream().filter(r -> r.left.length == size).toList();
    int most = Math.min(alike.size(), MOST_ROWS);
    List<Row> drawn =
        IntStream.range(0, most)
            .mapToObj(r -> alike.get((int) ((long) r * alike.size() / most)))
            .toList();
    double[] noise = noise(drawn);
    double[][] left = drawn.stream().map(row -> weighed(row, noise)).toArray(double[][]::new);
    List<double[]> components = PrincipalComponents.of(left, noise, 0, COUNT);
    double[][] patterns = new double[components.size()][];
    for (int k = 0; k < patterns.length; k++) {
      double scatter = scatter(left, components.get(k), noise);
      patterns[k] = Arrays.stream(components.get(k)).map(c -> c * scatter).toArray();
    }
    return new LinePatterns(patterns);
  }

  /** Typical noise of a coefficient; 0 where half of the fibres know nothing. */
  private static double[] noise(List<Row> rows) {
    double[] noise = new double[rows.get(0).variance.length];
    for (int j = 0; j < noise.length; j++) {
      int at = j;
      double variance =
          RobustStatistics.median(rows.stream().mapToDouble(r -> r.variance[at]).toArray());
      noise[j] = Double.isFinite(variance) ? Math.sqrt(variance) : 0;
    }
    return noise;
  }

  /** A row that counts by its own noise, without what is wild in it. */
  private static double[] weighed(Row row, double[] noise) {
    double[] weighed = new double[noise.length];
    for (int j = 0; j < noise.length; j++) {
      double off = noise[j] > 0 ? row.left[j] / Math.sqrt(row.variance[j]) : 0;
      weighed[j] = Math.max(-WILD, Math.min(WILD, off)) * noise[j];
    }
    return weighed;
  }

  /** Root mean square of a component's share in the rows. */
  private static double scatter(double[][] rows, double[] component, double[] noise) {
    double square = 0;
    for (double[] row : rows) {
      double share = 0;
      for (int j = 0; j < row.length; j++) {
        share += noise[j] > 0 ? row[j] * component[j] / (noise[j] * noise[j]) : 0;
      }
      square += share * share;
    }
    return Math.sqrt(square / rows.length);
  }

  /**
   * The patterns of a frame.
   *
   * @param lines spline coefficients of its lines
   * @return {@code [COUNT][nCoefficient]}
   */
  double[][] of(SkyGrid grid, double[] lines) {
    double[][] own = new double[COUNT][lines.length];
    double[] light = light(grid, lines);
    for (int k = 0; k < patterns.length && patterns[k].length == lines.length; k++) {
      for (int j = 0; j < lines.length; j++) {
        int window = grid.windowOf(j);
        own[k][j] = window < 0 ? 0 : patterns[k][j] * light[window];
      }
    }
    return own;
  }

  /** Light of the lines by window, in units of the spline's coefficients. */
  static double[] light(SkyGrid grid, double[] lines) {
    double[] light = new double[grid.windows().size()];
    for (int j = 0; j < lines.length; j++) {
      if (grid.windowOf(j) >= 0) {
        light[grid.windowOf(j)] += lines[j];
      }
    }
    return light;
  }

  /** As they are stored. */
  public byte[] bytes() {
    return Binary.bytes(Binary.flat(patterns));
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @param size number of coefficients of the grid
   * @throws IllegalArgumentException if it has another shape
   */
  public static LinePatterns read(byte[] bytes, int size) {
    double[] flat = Binary.doubles(bytes);
    if (flat.length % size != 0 || flat.length / size > COUNT) {
      throw new IllegalArgumentException("patterns of lines have another shape");
    }
    double[][] patterns = new double[flat.length / size][];
    Arrays.setAll(patterns, k -> Arrays.copyOfRange(flat, k * size, (k + 1) * size));
    return new LinePatterns(patterns);
  }
}
