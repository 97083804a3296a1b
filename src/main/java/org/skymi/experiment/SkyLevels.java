package org.skymi.experiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.zip.GZIPInputStream;
import org.skymi.math.NormalEquations;
import org.skymi.math.RobustStatistics;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.survey.InputException;

/**
 * Levels of real sky fibres, flat-fielded, not sky-subtracted: DESI's of the table in the sky-paper
 * repository desihub/spectropaper-code. One number a fibre and exposure.
 */
public final class SkyLevels {
  /** DESI's fibres of a spectrograph. */
  private static final int FIBRES = 500;

  /** DESI's focal plane, mm per degree (70.4 micrometres per arcsecond in the mean). */
  private static final double SCALE = 253;

  /** Relative noise of a level: photons of a median over an arm count for nothing. */
  private static final double NOISE = 0.002;

  private static final List<String> COLUMNS =
      List.of("night", "expid", "petal", "fibre", "x_mm", "y_mm", "flux_e_per_0p8A");

  private final List<List<Row>> exposures;

  /** Mean place of a fibre, mm, by its label. */
  private final Map<Integer, double[]> homes;

  private SkyLevels(List<List<Row>> exposures, Map<Integer, double[]> homes) {
    this.exposures = exposures;
    this.homes = homes;
  }

  /** One fibre of one exposure; places in mm, level in electron per 0.8 Angstrom. */
  private record Row(
      int night, long exposure, int petal, int fibre, double x, double y, double level) {
    static Row of(String[] cells, int[] at) {
      return new Row(
          Integer.parseInt(cells[at[0]]),
          Long.parseLong(cells[at[1]]),
          Integer.parseInt(cells[at[2]]),
          Integer.parseInt(cells[at[3]]),
          Double.parseDouble(cells[at[4]]),
          Double.parseDouble(cells[at[5]]),
          Double.parseDouble(cells[at[6]]));
    }
  }

  /**
   * Reads a table.
   *
   * @param file comma-separated with a heading, compressed by gzip
   * @throws InputException if it is no such table
   * @throws IOException if it can't be read
   */
  public static SkyLevels read(Path file) throws IOException {
    Map<Long, List<Row>> rows = new TreeMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      int[] at = columns(file, reader.readLine());
      int number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        try {
          Row row = Row.of(line.split(",", -1), at);
          rows.computeIfAbsent(row.exposure, e -> new ArrayList<>()).add(row);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
          throw new InputException(file + ":" + number + ": not a sky level: " + line, e);
        }
      }
    }
    return new SkyLevels(List.copyOf(rows.values()), homes(rows.values()));
  }

  private static int[] columns(Path file, String heading) {
    List<String> names = heading == null ? List.of() : Arrays.asList(heading.split(",", -1));
    if (!names.containsAll(COLUMNS)) {
      throw new InputException(file + ": no table of sky levels, whose columns are " + COLUMNS);
    }
    return COLUMNS.stream().mapToInt(names::indexOf).toArray();
  }

  private static Map<Integer, double[]> homes(Collection<List<Row>> exposures) {
    Map<Integer, double[]> sums = new HashMap<>();
    for (List<Row> exposure : exposures) {
      for (Row row : exposure) {
        double[] sum = sums.computeIfAbsent(row.fibre, f -> new double[3]);
        sum[0] += row.x;
        sum[1] += row.y;
        sum[2]++;
      }
    }
    sums.replaceAll((f, sum) -> new double[] {sum[0] / sum[2], sum[1] / sum[2]});
    return sums;
  }

  /** The nights, yyyymmdd, in order. */
  public int[] nights() {
    return exposures.stream().mapToInt(e -> e.get(0).night).distinct().sorted().toArray();
  }

  /** Number of exposures. */
  public int size() {
    return exposures.size();
  }

  /** Night of an exposure. */
  public int night(int exposure) {
    return exposures.get(exposure).get(0).night;
  }

  /** Number of sky fibres of an exposure. */
  public int fibres(int exposure) {
    return exposures.get(exposure).size();
  }

  /**
   * One exposure.
   *
   * @param exposure 0 .. {@link #size} - 1
   * @param held which of its fibres, 0 .. {@link #fibres} - 1, are held out
   */
  public LevelExposure exposure(int exposure, IntPredicate held) {
    List<Row> rows = exposures.get(exposure);
    double unit = reference(exposure, held);
    List<LevelExposure.LevelFrame> frames = new ArrayList<>();
    for (int[] own : frames(exposure)) {
      FrameEquations.Fibre[] fibres = new FrameEquations.Fibre[own.length];
      double[] x = new double[own.length];
      double[] y = new double[own.length];
      for (int k = 0; k < own.length; k++) {
        Row row = rows.get(own[k]);
        double[] home = homes.get(row.fibre);
        x[k] = row.x / SCALE;
        y[k] = row.y / SCALE;
        boolean out = held.test(own[k]);
        fibres[k] =
            new FrameEquations.Fibre(
                row.fibre % FIBRES + 1,
                !out,
                (row.x - home[0]) / SCALE,
                (row.y - home[1]) / SCALE,
                out ? null : level(row.level / unit));
      }
      Row any = rows.get(own[0]);
      FrameEquations.When when = new FrameEquations.When(any.night, any.exposure);
      frames.add(
          new LevelExposure.LevelFrame(new FrameEquations(when, any.petal + 1, 0, fibres), x, y));
    }
    return new LevelExposure(rows.get(0).night, rows.get(0).exposure, frames);
  }

  private static NormalEquations level(double z) {
    NormalEquations equations = new NormalEquations(1);
    equations.add(new double[] {1}, 1 / (NOISE * NOISE), z);
    return equations;
  }

  /** The median level of what is not held out, electron per 0.8 Angstrom. */
  private double reference(int exposure, IntPredicate held) {
    List<Row> rows = exposures.get(exposure);
    double[] taught = new double[rows.size()];
    for (int k = 0; k < taught.length; k++) {
      taught[k] = held.test(k) ? Double.NaN : rows.get(k).level;
    }
    return RobustStatistics.median(taught);
  }

  /** Rows of an exposure by spectrograph. */
  int[][] frames(int exposure) {
    List<Row> rows = exposures.get(exposure);
    Map<Integer, List<Integer>> byPetal = new TreeMap<>();
    for (int k = 0; k < rows.size(); k++) {
      byPetal.computeIfAbsent(rows.get(k).petal, p -> new ArrayList<>()).add(k);
    }
    return byPetal.values().stream()
        .map(own -> own.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /** What a held-out fibre recorded, in the unit of {@link #exposure}'s z. */
  double truth(int exposure, int row, IntPredicate held) {
    return exposures.get(exposure).get(row).level / reference(exposure, held);
  }
}
