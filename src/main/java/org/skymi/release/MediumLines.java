package org.skymi.release;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The sky's lines at medium resolution, by species, in windows; medium-lines.csv names its source.
 */
final class MediumLines {
  /** R = 7500, as a Gaussian's sigma over its wavelength. */
  private static final double SIGMA = 1 / 7500.0 / 2.3548;

  /** Lines nearer than this share a window, Angstrom. */
  private static final double NEAR = 3;

  /** Background on either side of a window's outermost lines, Angstrom. */
  private static final double MARGIN = 2.2;

  private static final Map<String, List<Window>> WINDOWS = read();

  private MediumLines() {}

  /** A line; its strength over that of the strongest of its species. */
  private record Line(double wavelength, double strength) {}

  /** Lines of one species that can't be told apart, with some background. */
  record Window(List<Line> lines) {
    double low() {
      return lines.get(0).wavelength - MARGIN;
    }

    double high() {
      return lines.get(lines.size() - 1).wavelength + MARGIN;
    }

    double centre() {
      return (low() + high()) / 2;
    }

    /** The lines' shape: 1 at the peak of the species' strongest line. */
    double profile(double x) {
      double sum = 0;
      for (Line line : lines) {
        double off = (x - line.wavelength) / (SIGMA * line.wavelength);
        sum += line.strength * Math.exp(-0.5 * off * off);
      }
      return sum;
    }
  }

  /** By species, in order of wavelength. */
  static Map<String, List<Window>> windows() {
    return WINDOWS;
  }

  private static Map<String, List<Window>> read() {
    Map<String, List<Line>> lines = new TreeMap<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(MediumLines.class.getResourceAsStream("medium-lines.csv")),
                StandardCharsets.UTF_8))) {
      in.lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(
              c ->
                  lines
                      .computeIfAbsent(c[2], s -> new ArrayList<>())
                      .add(new Line(Double.parseDouble(c[0]), Double.parseDouble(c[1]))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, List<Window>> windows = new TreeMap<>();
    lines.forEach((species, own) -> windows.put(species, grouped(own)));
    return windows;
  }

  private static List<Window> grouped(List<Line> lines) {
    double strongest = lines.stream().mapToDouble(Line::strength).max().orElseThrow();
    List<Line> sorted =
        lines.stream()
            .map(l -> new Line(l.wavelength, l.strength / strongest))
            .sorted(Comparator.comparingDouble(Line::wavelength))
            .toList();
    List<Window> windows = new ArrayList<>();
    List<Line> open = new ArrayList<>();
    for (Line line : sorted) {
      if (!open.isEmpty() && line.wavelength - open.get(open.size() - 1).wavelength > NEAR) {
        windows.add(new Window(List.copyOf(open)));
        open.clear();
      }
      open.add(line);
    }
    windows.add(new Window(List.copyOf(open)));
    return windows;
  }
}
