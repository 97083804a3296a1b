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
import org.skymi.survey.Instrument;

/** Where the night sky's emission lines are; the resource line-windows.csv names its sources. */
public final class SkyLines {
  /** By the line spread that they are for, Angstrom. */
  private static final TreeMap<Double, List<LineWindow>> BY_SPREAD = read();

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

  private static TreeMap<Double, List<LineWindow>> read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(SkyLines.class.getResourceAsStream("line-windows.csv")),
                StandardCharsets.UTF_8))) {
      return in.lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split(","))
          .collect(
              Collectors.groupingBy(
                  row -> Double.parseDouble(row[0]),
                  TreeMap::new,
                  Collectors.mapping(SkyLines::window, Collectors.toList())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LineWindow window(String[] row) {
    return new LineWindow(
        Double.parseDouble(row[1]),
        Double.parseDouble(row[2]),
        LineGroup.valueOf(row[3]),
        Double.parseDouble(row[4]));
  }
}
