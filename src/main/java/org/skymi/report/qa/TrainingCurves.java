package org.skymi.report.qa;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.skymi.report.ArmNames;
import org.skymi.report.plot.Palette;
import org.skymi.report.plot.Panel;
import org.skymi.report.plot.Picture;
import org.skymi.report.plot.Plot;

/** How the networks adapted to plates: increment by increment, with what was rolled back. */
final class TrainingCurves {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 320;
  private static final List<Color> COLOURS =
      List.of(
          Palette.BLUE,
          Palette.VERMILION,
          Palette.GREEN,
          Palette.PURPLE,
          Palette.SKY_BLUE,
          Palette.ORANGE);

  /** Curves that can still be told apart; with more, all have one colour. */
  private static final int FEW = 6;

  private final List<TrainingView> steps;

  TrainingCurves(List<TrainingView> steps) {
    this.steps = steps;
  }

  Optional<Figure> figure() {
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    List<Panel> panels = new ArrayList<>();
    for (String arm : ArmNames.ofFrames()) {
      Plot plot = panel(arm, ArmNames.title(arm));
      if (!plot.isEmpty()) {
        panels.add(plot);
      }
    }
    if (panels.isEmpty()) {
      return Optional.empty();
    }
    long rolledBack = steps.stream().filter(s -> !s.accepted()).count();
    int most = steps.stream().mapToInt(TrainingView::fibres).max().orElseThrow();
    return Optional.of(
        new Figure(
            "training",
            "Training, with increments and roll-backs",
            String.format(
                Locale.ROOT,
                "Loss of held-out sky fibres after each step less that before the first, as more"
                    + " fibres join; below 0 is better; one curve per plate and fold. Disks: steps"
                    + " kept; crosses: steps rolled back because they did not help (%d of %d).",
                rolledBack,
                steps.size()),
            "training sets of up to " + Counts.fibres(most),
            new Picture(2, WIDTH, HEIGHT, panels)));
  }

  private Plot panel(String arm, String title) {
    Plot plot =
        new Plot(title + ", by fold", "fibres that taught", "change of the loss, nat a fibre")
            .markerSize(7);
    Map<String, List<TrainingView>> curves = new LinkedHashMap<>();
    for (TrainingView step : steps) {
      if (step.arm().equals(arm) && Double.isFinite(step.heldOutLoss())) {
        String fold = step.fold() < 0 ? "all" : String.valueOf(step.fold() + 1);
        curves.computeIfAbsent(step.plate() + "\n" + fold, k -> new ArrayList<>()).add(step);
      }
    }
    boolean few = curves.size() <= FEW;
    int k = 0;
    double low = 0;
    double top = 0;
    for (Map.Entry<String, List<TrainingView>> curve : curves.entrySet()) {
      List<TrainingView> own = curve.getValue();
      double before = own.get(0).heldOutLoss();
      ToDoubleFunction<TrainingView> error = step -> step.heldOutLoss() - before;
      String fold = curve.getKey().substring(curve.getKey().indexOf('\n') + 1);
      Color colour = few ? COLOURS.get(k++ % COLOURS.size()) : Palette.glassy(Palette.BLUE);
      boolean isNamed =
          few && curves.keySet().stream().filter(c -> c.endsWith("\n" + fold)).count() == 1;
      plot.line(isNamed ? fold : null, fibres(own), values(own, error), colour, 1.2f);
      for (boolean accepted : new boolean[] {true, false}) {
        List<TrainingView> some = own.stream().filter(s -> s.accepted() == accepted).toList();
        plot.points(
            null,
            fibres(some),
            values(some, error),
            colour,
            accepted ? SeriesMarkers.CIRCLE : SeriesMarkers.CROSS);
      }
      low = Math.min(low, own.stream().mapToDouble(error).min().orElse(0));
      top = Math.max(top, own.stream().mapToDouble(error).max().orElse(0));
    }
    double right = steps.stream().mapToInt(TrainingView::fibres).max().orElse(1);
    double most = FibreMaps.round(1.05 * Math.max(1e-3, Math.max(top, -low)));
    plot.yRange(-most, most).xRange(0, Math.max(1, 1.05 * right));
    return plot;
  }

  private static double[] fibres(List<TrainingView> steps) {
    return steps.stream().mapToDouble(TrainingView::fibres).toArray();
  }

  private static double[] values(List<TrainingView> steps, ToDoubleFunction<TrainingView> value) {
    return steps.stream().mapToDouble(value).toArray();
  }
}
