package org.skymi.report.qa;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.skymi.math.RobustStatistics;
import org.skymi.report.ArmNames;
import org.skymi.report.Digits;
import org.skymi.report.plot.ColourScale;
import org.skymi.report.plot.FocalPlaneMap;
import org.skymi.report.plot.Panel;
import org.skymi.report.plot.Picture;
import org.skymi.sky.judge.Method;

/** Figures of the focal plane. */
final class FibreMaps {
  private static final int WIDTH = 480;
  private static final int NARROW = 320;
  private static final int HEIGHT = 400;

  /** Plates of a night that get a map each: with more, the page would be too large to send. */
  private static final int MOST_PLATES = 8;

  private final QaData data;

  FibreMaps(QaData data) {
    this.data = data;
  }

  /** Each plate's residuals by each method side by side. */
  List<Figure> residuals() {
    List<Figure> figures = new ArrayList<>();
    for (String plate : data.plates().stream().limit(MOST_PLATES).toList()) {
      residuals(plate, figures.size() + 1).ifPresent(figures::add);
    }
    return figures;
  }

  /** What is said if not all plates are drawn. */
  String note() {
    int plates = data.plates().size();
    return plates > MOST_PLATES
        ? String.format(Locale.ROOT, "The first %d of %d plates are drawn.", MOST_PLATES, plates)
        : "";
  }

  private Optional<Figure> residuals(String plate, int number) {
    List<Panel> panels = new ArrayList<>();
    List<FibreView> shown = new ArrayList<>();
    List<String> what = new ArrayList<>();
    int columns = 1;
    for (String arm : ArmNames.all()) {
      List<FibreView> fibres =
          data.fibres(arm).stream()
              .filter(f -> f.place().plate().equals(plate) && Double.isFinite(f.place().x()))
              .filter(f -> !Methods.where(m -> Double.isFinite(f.bias(m))).isEmpty())
              .toList();
      if (!fibres.isEmpty()) {
        shown.addAll(fibres);
        columns = Math.max(columns, add(panels, arm, fibres));
        what.add(explained(arm, fibres));
      }
    }
    if (panels.isEmpty()) {
      return Optional.empty();
    }
    String of = plate.isEmpty() ? "all plates" : plate;
    return Optional.of(
        new Figure(
            "focal-plane-" + number,
            "Residual over the focal plane, " + of,
            String.join(" ", what) + " The scale of an arm is the same for all methods.",
            Counts.fibres(shown.stream().mapToDouble(FibreView::number).distinct().count()),
            new Picture(columns, columns > 2 ? NARROW : WIDTH, HEIGHT, panels)));
  }

  private static String explained(String arm, List<FibreView> fibres) {
    String count = Counts.fibres(fibres.size());
    return ArmNames.title(arm)
        + ", "
        + count
        + (arm.equals(ArmNames.JOINED)
            ? ": rms of the residual sky lines over their noise."
            : ArmNames.isBlue(arm)
                ? ": median of (data − sky) / sky at 4500-5500 Å of held-out sky fibres."
                : ": what is left of the sky's lines, objects and sky fibres alike (noisy in bright"
                    + " objects).");
  }

  /** A panel for each method; returns how many go into a row. */
  private static int add(List<Panel> panels, String arm, List<FibreView> fibres) {
    boolean signed = !arm.equals("c");
    List<Method> methods =
        Methods.where(m -> fibres.stream().anyMatch(f -> Double.isFinite(f.bias(m))));
    double[] all =
        methods.stream()
            .flatMapToDouble(m -> fibres.stream().mapToDouble(f -> f.bias(m)))
            .map(v -> signed ? Math.abs(v) : v)
            .toArray();
    double reach = round(RobustStatistics.percentile(all, 95));
    ColourScale scale =
        signed
            ? ColourScale.diverging(0, reach)
            : ColourScale.sequential(0, Math.max(reach, round(1)));
    String name =
        ArmNames.of(arm).replace(" arm", "")
            + (ArmNames.isBlue(arm) ? ", 4500-5500 Å" : ", sky lines");
    String unit = arm.equals("c") ? "mm" : "deg";
    String bar = signed ? "(data − sky) / sky, %" : "rms of residual / noise";
    int size = size(fibres.size());
    for (Method method : methods) {
      String title = Methods.title(arm, method) + ": " + name;
      panels.add(
          new FocalPlaneMap(title, unit, spots(fibres, f -> f.bias(method)), scale, bar, size));
    }
    return methods.size() == 3 ? 3 : Math.min(2, methods.size());
  }

  private static int size(int fibres) {
    return fibres > 1500 ? 4 : fibres > 300 ? 6 : 9;
  }

  private static List<FocalPlaneMap.Spot> spots(
      List<FibreView> fibres, ToDoubleFunction<FibreView> value) {
    return fibres.stream()
        .map(f -> new FocalPlaneMap.Spot(f.place().x(), f.place().y(), value.applyAsDouble(f)))
        .toList();
  }

  /** A limit for an axis: a number of one digit, or 1.5. */
  static double round(double value) {
    if (!(value > 0)) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double digit : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8}) {
      if (value <= digit * power * (1 + 1e-9)) {
        return digit * power;
      }
    }
    return 10 * power;
  }

  /** Throughput and the calibration's findings. */
  List<Figure> calibration() {
    List<Panel> panels = new ArrayList<>();
    List<FibreView> shown = new ArrayList<>();
    List<String> arms = data.arms();
    if (arms.isEmpty()) {
      return List.of();
    }
    String reddest = arms.get(arms.size() - 1);
    List<FibreView> red = data.merged(reddest);
    add(panels, shown, red, "Throughput", "relative", 1, f -> f.calibration().throughput());
    for (String arm : arms) {
      String title = "Wavelength shift, " + ArmNames.of(arm);
      add(panels, shown, data.merged(arm), title, "Å", 0, f -> f.calibration().shift());
    }
    add(
        panels,
        shown,
        red,
        "Line width, " + ArmNames.of(reddest),
        "change of σ², Å²",
        0,
        f -> f.calibration().widthChange());
    if (panels.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Figure(
            "calibration-maps",
            "Throughput, wavelength shift and line width",
            "As the sky's own lines have them: throughput relative to the spectrograph's mean sky"
                + " fibre; shift of the wavelength solution at the arm's middle, lines sit at true"
                + " + shift; second moment of the line spread less the spectrograph's. Medians of"
                + " the exposures; grey is ideal.",
            Counts.fibres(shown.stream().mapToDouble(FibreView::number).distinct().count()),
            new Picture(2, WIDTH, HEIGHT, panels)));
  }

  private static void add(
      List<Panel> panels,
      List<FibreView> shown,
      List<FibreView> fibres,
      String title,
      String unit,
      double middle,
      ToDoubleFunction<FibreView> value) {
    List<FibreView> known =
        fibres.stream()
            .filter(f -> Double.isFinite(value.applyAsDouble(f) + f.place().x()))
            .toList();
    if (known.isEmpty()) {
      return;
    }
    double reach =
        round(
            RobustStatistics.percentile(
                known.stream()
                    .mapToDouble(f -> Math.abs(value.applyAsDouble(f) - middle))
                    .toArray(),
                95));
    shown.addAll(known);
    panels.add(
        new FocalPlaneMap(
            title + " (" + Digits.count(known.size()) + " fibres)",
            "deg",
            spots(known, value),
            ColourScale.diverging(middle, reach),
            unit,
            size(known.size())));
  }
}
