package org.skymi.report.qa;

import java.awt.Color;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.skymi.report.ArmNames;
import org.skymi.report.plot.Palette;
import org.skymi.report.plot.Panel;
import org.skymi.report.plot.Picture;
import org.skymi.report.plot.Plot;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
import org.skymi.survey.Night;

/** Figures of a campaign by night. */
final class NightTrends {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 230;
  private static final String AXIS = "night (date of the evening)";

  private NightTrends() {}

  /** What each method leaves of the sky. */
  static Optional<Figure> residuals(List<Headline> byNight) {
    List<Panel> panels = new ArrayList<>();
    long spectra = 0;
    for (String arm : ArmNames.all()) {
      Metric metric = arm.equals("c") ? Metric.RELRES_LINE : Metric.SYS_FLOOR;
      List<Headline> own =
          byNight.stream()
              .filter(h -> h.arm().equals(arm) && h.metric() == metric && !h.medians().isEmpty())
              .toList();
      if (own.isEmpty()) {
        continue;
      }
      spectra += own.stream().mapToLong(Headline::spectra).sum();
      double[] x = own.stream().mapToDouble(h -> day(h.night())).toArray();
      Plot plot = new Plot(ArmNames.title(arm) + ": " + metric, AXIS, "median, %").markerSize(7);
      for (Method method : Methods.where(m -> own.stream().anyMatch(h -> known(h, m)))) {
        plot.joined(
            Methods.title(arm, method),
            x,
            own.stream().mapToDouble(h -> h.of(method)).toArray(),
            Palette.of(method),
            method == Method.SUPER ? SeriesMarkers.SQUARE : SeriesMarkers.CIRCLE);
      }
      double top =
          own.stream()
              .flatMap(h -> h.medians().values().stream())
              .max(Double::compare)
              .orElseThrow();
      panels.add(dated(plot, x).yRange(0, FibreMaps.round(1.05 * top)));
    }
    return figure(
        "night-residuals",
        "What is left of the sky, night by night",
        "Medians of held-out sky fibres after photon noise (of released spectra: what is left in"
            + " the windows of sky lines).",
        Counts.of(spectra, "spectrum"),
        panels);
  }

  private static boolean known(Headline headline, Method method) {
    return headline.medians().containsKey(method);
  }

  /** How the networks learned. */
  static Optional<Figure> training(List<TrainingTrend> trends) {
    if (trends.isEmpty()) {
      return Optional.empty();
    }
    Plot error = new Plot("Loss of held-out sky fibres, median", AXIS, "nat a fibre");
    Plot back = new Plot("Steps rolled back", AXIS, "% of steps");
    List<Color> colours = List.of(Palette.GREEN, Palette.PURPLE, Palette.SKY_BLUE, Palette.ORANGE);
    List<String> stages = trends.stream().map(TrainingTrend::stage).distinct().sorted().toList();
    for (int s = 0; s < stages.size(); s++) {
      String stage = stages.get(s);
      List<TrainingTrend> own = trends.stream().filter(t -> t.stage().equals(stage)).toList();
      draw(error, own, stage, colours.get(s % 4), TrainingTrend::heldOutLoss);
      draw(back, own, stage, colours.get(s % 4), t -> 100.0 * t.rolledBack() / t.steps());
    }
    double[] x = trends.stream().mapToDouble(t -> day(t.night())).toArray();
    double top =
        trends.stream()
            .mapToDouble(TrainingTrend::heldOutLoss)
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    List<Panel> panels = new ArrayList<>();
    if (!error.isEmpty()) {
      panels.add(dated(error, x).yRange(0, FibreMaps.round(1.05 * top)));
    }
    panels.add(dated(back, x).yRange(-3, 105));
    int fibres = trends.stream().mapToInt(TrainingTrend::fibres).max().orElseThrow();
    return figure(
        "training",
        "Training, night by night",
        "Steps of the networks on plates. A step is rolled back if it did not help held-out sky"
            + " fibres.",
        "training sets of up to " + Counts.fibres(fibres),
        panels);
  }

  private static void draw(
      Plot plot,
      List<TrainingTrend> own,
      String stage,
      Color colour,
      ToDoubleFunction<TrainingTrend> value) {
    plot.markerSize(7)
        .joined(
            stage,
            own.stream().mapToDouble(t -> day(t.night())).toArray(),
            own.stream().mapToDouble(value).toArray(),
            colour,
            SeriesMarkers.CIRCLE);
  }

  private static Plot dated(Plot plot, double[] x) {
    double low = Arrays.stream(x).min().orElseThrow();
    double high = Arrays.stream(x).max().orElseThrow();
    double more = Math.max(0.5, 0.02 * (high - low));
    plot.styler()
        .setXAxisTickMarkSpacingHint(110)
        .setxAxisTickLabelsFormattingFunction(d -> LocalDate.ofEpochDay(Math.round(d)).toString());
    return plot.xRange(low - more, high + more);
  }

  private static double day(int night) {
    return Night.parse(String.valueOf(night)).evening().toEpochDay();
  }

  private static Optional<Figure> figure(
      String name, String title, String caption, String fibres, List<Panel> panels) {
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(name, title, caption, fibres, new Picture(1, WIDTH, HEIGHT, panels)));
  }
}
