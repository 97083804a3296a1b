package org.skymi.report.qa;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.skymi.math.RobustStatistics;
import org.skymi.report.ArmNames;
import org.skymi.report.plot.Palette;
import org.skymi.report.plot.Panel;
import org.skymi.report.plot.Picture;
import org.skymi.report.plot.Plot;
import org.skymi.sky.judge.Method;

/** Figures against fibre number. */
final class FibreNumbers {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 210;

  /** Fibres behind a point of the running median. */
  private static final int RUN = 25;

  private final QaData data;

  FibreNumbers(QaData data) {
    this.data = data;
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    residuals().ifPresent(figures::add);
    calibration().ifPresent(figures::add);
    return figures;
  }

  private Optional<Figure> residuals() {
    Drawn drawn = new Drawn();
    for (String arm : data.arms()) {
      String left = ": what is left of the sky after photon noise";
      drawn.each(arm, ArmNames.title(arm) + left, "%", FibreView::floor);
    }
    for (String arm : data.arms().stream().filter(a -> !ArmNames.isBlue(a)).toList()) {
      String lines = ": residual of the sky's lines, all fibres";
      drawn.each(arm, ArmNames.title(arm) + lines, "%", FibreView::bias);
    }
    drawn.each(
        ArmNames.JOINED, "Released spectra: rms in sky lines, over noise", "", FibreView::bias);
    return drawn.figure(
        "fibre-residuals",
        "Residuals against fibre number",
        "Points: fibres, medians of their exposures; lines: running medians of 25 fibres. What is"
            + " left after photon noise (SYS_FLOOR) is of held-out sky fibres.");
  }

  private Optional<Figure> calibration() {
    Drawn drawn = new Drawn();
    List<String> arms = data.arms();
    if (!arms.isEmpty()) {
      List<FibreView> red = data.merged(arms.get(arms.size() - 1));
      drawn.one(red, "Throughput", "relative", f -> f.calibration().throughput());
    }
    for (String arm : arms) {
      String title = "Wavelength shift, " + ArmNames.of(arm);
      drawn.one(data.merged(arm), title, "Å", f -> f.calibration().shift());
    }
    for (String arm : arms) {
      String title = "Line width, " + ArmNames.of(arm);
      drawn.one(data.merged(arm), title, "Δσ², Å²", f -> f.calibration().widthChange());
    }
    return drawn.figure(
        "fibre-calibration",
        "Calibration against fibre number",
        "Points: fibres, medians of their exposures; lines: running medians of 25 fibres of one"
            + " spectrograph.");
  }

  /** Panels and the fibres in them. */
  private final class Drawn {
    private final List<Panel> panels = new ArrayList<>();
    private final Set<Double> fibres = new HashSet<>();

    void each(String arm, String title, String unit, BiFunction<FibreView, Method, Double> value) {
      List<FibreView> all = data.merged(arm);
      List<Method> methods =
          Methods.where(m -> all.stream().anyMatch(f -> Double.isFinite(value.apply(f, m))));
      if (methods.isEmpty()) {
        return;
      }
      Method first = methods.get(0);
      List<FibreView> known =
          all.stream().filter(f -> Double.isFinite(value.apply(f, first))).toList();
      Plot plot = plot(title, unit, known);
      for (Method method : methods) {
        points(plot, null, known, f -> value.apply(f, method), Palette.of(method));
      }
      for (Method method : methods) {
        Color colour = Palette.of(method);
        running(
            plot,
            Methods.title(arm, method),
            known,
            f -> value.apply(f, method),
            method == Method.SUPER ? colour.darker() : colour);
      }
      double[] values = QaData.values(known, f -> value.apply(f, first));
      boolean signed = Arrays.stream(values).anyMatch(v -> v < 0);
      double[] sizes = Arrays.stream(values).map(Math::abs).toArray();
      double reach = FibreMaps.round(1.1 * RobustStatistics.percentile(sizes, 97));
      plot.yRange(signed ? -reach : 0, reach);
      add(plot, known);
    }

    void one(List<FibreView> all, String title, String unit, ToDoubleFunction<FibreView> value) {
      List<FibreView> known =
          all.stream().filter(f -> Double.isFinite(value.applyAsDouble(f))).toList();
      if (known.isEmpty()) {
        return;
      }
      Plot plot = plot(title, unit, known);
      points(plot, null, known, value, Palette.SKY_BLUE);
      running(plot, null, known, value, Palette.BLUE);
      double[] values = QaData.values(known, value);
      double low = RobustStatistics.percentile(values, 0.5);
      double high = RobustStatistics.percentile(values, 99.5);
      double more = Math.max(0.15 * (high - low), 1e-3);
      plot.yRange(low - more, high + more);
      add(plot, known);
    }

    private static Plot plot(String title, String unit, List<FibreView> known) {
      double low = known.stream().mapToDouble(FibreView::number).min().orElseThrow();
      double high = known.stream().mapToDouble(FibreView::number).max().orElseThrow();
      int fibres = known.get(0).place().instrument().fibres();
      String axis = "fibre + " + fibres + " × (spectrograph − 1)";
      Plot plot = new Plot(title + " (" + Counts.fibres(known.size()) + ")", axis, unit);
      plot.markerSize(known.size() > 1000 ? 3 : 5);
      return plot.xRange(low - 1, high + 1);
    }

    private void add(Plot plot, List<FibreView> known) {
      panels.add(plot);
      known.forEach(f -> fibres.add(f.number()));
    }

    private static void points(
        Plot plot,
        String name,
        List<FibreView> fibres,
        ToDoubleFunction<FibreView> value,
        Color colour) {
      plot.points(
          name,
          QaData.values(fibres, FibreView::number),
          QaData.values(fibres, value),
          Palette.glassy(colour),
          SeriesMarkers.CIRCLE);
    }

    private static void running(
        Plot plot,
        String name,
        List<FibreView> fibres,
        ToDoubleFunction<FibreView> value,
        Color colour) {
      Map<Integer, List<FibreView>> bySpectrograph = new TreeMap<>();
      fibres.stream()
          .sorted(Comparator.comparingDouble(FibreView::number))
          .forEach(
              f ->
                  bySpectrograph
                      .computeIfAbsent(f.place().spectrograph(), s -> new ArrayList<>())
                      .add(f));
      String label = name;
      for (List<FibreView> own : bySpectrograph.values()) {
        int points = Math.max(1, own.size() / RUN * 2 - 1);
        double[] x = new double[points];
        double[] y = new double[points];
        for (int k = 0; k < points; k++) {
          int from = (int) Math.round((double) k * own.size() / (points + 1));
          int to = (int) Math.round((k + 2.0) * own.size() / (points + 1));
          List<FibreView> part = own.subList(from, to);
          x[k] = RobustStatistics.median(QaData.values(part, FibreView::number));
          y[k] = RobustStatistics.median(QaData.values(part, value));
        }
        if (points > 1) {
          plot.line(label, x, y, colour, 2);
          label = null;
        } else {
          double[] ends = {own.get(0).number(), own.get(own.size() - 1).number()};
          plot.line(label, ends, new double[] {y[0], y[0]}, colour, 2);
          label = null;
        }
      }
    }

    Optional<Figure> figure(String name, String title, String caption) {
      return panels.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Figure(
                  name,
                  title,
                  caption,
                  Counts.fibres(fibres.size()),
                  new Picture(1, WIDTH, HEIGHT, panels)));
    }
  }
}
