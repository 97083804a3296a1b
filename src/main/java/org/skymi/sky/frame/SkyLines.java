package org.skymi.sky.frame;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skymi.survey.Instrument;

/**
 * Where the night sky's emission lines are, and which of them objects have features under; the
 * resources line-windows.csv and object-features.csv name their sources.
 */
public final class SkyLines {
  /** What spectra of objects have in common. */
  private static final List<Feature> FEATURES =
      read("object-features.csv").map(Feature::of).toList();

  /** By the line spread that they are for, Angstrom. */
  private static final TreeMap<Double, List<LineWindow>> BY_SPREAD =
      read("line-windows.csv")
          .collect(
              Collectors.groupingBy(
                  row -> Double.parseDouble(row[0]),
                  TreeMap::new,
                  Collectors.mapping(SkyLines::window, Collectors.toList())));

  private static final Map<Instrument.Optics, List<LineWindow>> WINDOWS = new ConcurrentHashMap<>();

  private SkyLines() {}

  /**
   * The windows of an arm, by wavelength, not overlapping: of those made for the line spread that
   * is nearest to the arm's, all that reach into its range.
   */
  public static List<LineWindow> windows(Instrument.Optics arm) {
    return WINDOWS.computeIfAbsent(arm, SkyLines::find);
  }

  private static List<LineWindow> find(Instrument.Optics arm) {
    double spread =
        BY_SPREAD.keySet().stream()
            .min(Comparator.comparingDouble(s -> Math.abs(Math.log(s / arm.spread()))))
            .orElseThrow();
    return BY_SPREAD.get(spread).stream()
        .filter(w -> w.high() > arm.low() && w.low() < arm.high())
        .toList();
  }

  /** The rows of a resource. */
  private static Stream<String[]> read(String resource) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(SkyLines.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
      return in
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split(","))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LineWindow window(String[] row) {
    double low = Double.parseDouble(row[1]);
    double high = Double.parseDouble(row[2]);
    double depth =
        FEATURES.stream()
            .filter(f -> high > f.low && low < f.high)
            .mapToDouble(Feature::depth)
            .max()
            .orElse(0);
    return new LineWindow(low, high, LineGroup.valueOf(row[3]), Double.parseDouble(row[4]), depth);
  }

  private record Feature(double low, double high, double depth) {
    static Feature of(String[] row) {
      return new Feature(
          Double.parseDouble(row[0]), Double.parseDouble(row[1]), Double.parseDouble(row[3]));
    }
  }
}
