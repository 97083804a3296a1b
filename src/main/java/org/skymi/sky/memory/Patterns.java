package org.skymi.sky.memory;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.skymi.math.Binary;
import org.skymi.math.EvenBins;
import org.skymi.sky.frame.SkyGrid;

/**
 * What skies differ by from fibre to fibre beyond what can be named: shapes of the line spread that
 * no derivative of the lines has, in units of each window's light, and structure of the
 * transmission finer than smooth terms are, such as a detector's fringes. Principal components of
 * what the other columns leave of an archive's sky fibres: an instrument's own, not those of a
 * plate.
 */
public final class Patterns implements Serializable {
  private static final long serialVersionUID = 2;

  /** Patterns of an arm's lines. */
  public static final int LINES = 6;

  /** Patterns of an arm's transmission: a fringe of any phase is a sum of two. */
  public static final int TRANSMISSIONS = 2;

  /** Patterns that are 0 everywhere, for want of an archive. */
  public static final Patterns NONE = new Patterns(new double[0][], new double[0][]);

  /** Fibres that patterns are learnt from at the most: their products are all made. */
  private static final int MOST_ROWS = 800;

  /** Fewer fibres have more noise than patterns. */
  private static final int FEWEST_ROWS = 24;

  /** Knots of the grid to a bin of transmission, a few times the line spread. */
  private static final int KNOTS = 16;

  /** By pattern, spline coefficients over the light of their window; 0 outside windows. */
  private final double[][] lines;

  /** By pattern, in bins that are evenly spaced over the grid. */
  private final double[][] transmissions;

  private Patterns(double[][] lines, double[][] transmissions) {
    this.lines = lines;
    this.transmissions = transmissions;
  }

  /**
   * One kind of what the other columns leave of a sky fibre.
   *
   * @param left relative; 0 where nothing is known
   * @param variance of it, infinite where nothing is known
   */
  public record Part(float[] left, float[] variance) implements Serializable {}

  /**
   * What the other columns leave of a sky fibre.
   *
   * @param lines spline coefficients over the light of their window, 0 outside windows
   * @param transmission over all of the sky, in bins
   */
  public record Row(Part lines, Part transmission) implements Serializable {
    private int size() {
      return lines.left.length;
    }
  }

  /**
   * Learns.
   *
   * @param rows of one arm's sky fibres, as {@link ArmCorrections#left} gives them; those on
   *     another grid than the first are left out
   */
  public static Patterns learn(List<Row> rows) {
    if (rows.size() < FEWEST_ROWS) {
      return NONE;
    }
    int size = rows.get(0).size();
    List<Row> alike = rows.stream().filter(r -> r.size() == size).toList();
    int most = Math.min(alike.size(), MOST_ROWS);
    List<Row> drawn =
        IntStream.range(0, most)
            .mapToObj(r -> alike.get((int) ((long) r * alike.size() / most)))
            .toList();
    return new Patterns(
        new PatternComponents(drawn.stream().map(Row::lines).toList()).of(LINES),
        new PatternComponents(drawn.stream().map(Row::transmission).toList()).of(TRANSMISSIONS));
  }

  /** Bins of the transmission on a grid of so many coefficients. */
  static int bins(int size) {
    return Math.max(2, size / KNOTS);
  }

  /**
   * The patterns of a frame's lines.
   *
   * @param sky spline coefficients of its lines
   * @return {@code [LINES][nCoefficient]}
   */
  double[][] ofLines(SkyGrid grid, double[] sky) {
    double[][] own = new double[LINES][sky.length];
    double[] light = light(grid, sky);
    for (int k = 0; k < lines.length && lines[k].length == sky.length; k++) {
      for (int j = 0; j < sky.length; j++) {
        int window = grid.windowOf(j);
        own[k][j] = window < 0 ? 0 : lines[k][j] * light[window];
      }
    }
    return own;
  }

  /**
   * The patterns of the lines as they are kept: over the light of their window, {@code
   * [LINES][nCoefficient]}.
   *
   * @param size number of coefficients of the grid
   */
  double[][] lines(int size) {
    double[][] own = new double[LINES][size];
    for (int k = 0; k < lines.length && lines[k].length == size; k++) {
      own[k] = lines[k];
    }
    return own;
  }

  /**
   * The patterns of transmission, relative, as a spline.
   *
   * @return {@code [TRANSMISSIONS][nCoefficient]}
   */
  double[][] ofTransmission(SkyGrid grid) {
    int size = grid.spline().size();
    double[][] binned = transmissions(size);
    double[][] own = new double[TRANSMISSIONS][size];
    for (int k = 0; k < own.length; k++) {
      for (int j = 0; j < size; j++) {
        own[k][j] = EvenBins.at(binned[k], grid.u(grid.spline().centre(j)));
      }
    }
    return own;
  }

  /**
   * The patterns of transmission as they are kept: in bins, {@code [TRANSMISSIONS][nBin]}.
   *
   * @param size number of coefficients of the grid
   */
  double[][] transmissions(int size) {
    double[][] own = new double[TRANSMISSIONS][bins(size)];
    for (int k = 0; k < transmissions.length && transmissions[k].length == bins(size); k++) {
      own[k] = transmissions[k];
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

  /** As they are stored: the number of the lines' patterns, those, and the transmission's. */
  public byte[] bytes() {
    double[] count = {lines.length};
    return Binary.bytes(
        Stream.of(count, Binary.flat(lines), Binary.flat(transmissions))
            .flatMapToDouble(Arrays::stream)
            .toArray());
  }

  /**
   * Reads what {@link #bytes} wrote; nothing is {@link #NONE}.
   *
   * @param size number of coefficients of the grid
   * @throws IllegalArgumentException if it has another shape
   */
  public static Patterns read(byte[] bytes, int size) {
    double[] flat = Binary.doubles(bytes);
    if (flat.length == 0) {
      return NONE;
    }
    int count = (int) flat[0];
    int others = (flat.length - 1 - count * size) / bins(size);
    boolean fits = count >= 0 && count <= LINES && others >= 0 && others <= TRANSMISSIONS;
    if (!fits || flat.length != 1 + count * size + others * bins(size)) {
      throw new IllegalArgumentException("patterns of fibres have another shape");
    }
    return new Patterns(
        rows(flat, 1, count, size), rows(flat, 1 + count * size, others, bins(size)));
  }

  private static double[][] rows(double[] flat, int from, int count, int size) {
    double[][] rows = new double[count][];
    Arrays.setAll(rows, k -> Arrays.copyOfRange(flat, from + k * size, from + (k + 1) * size));
    return rows;
  }
}
