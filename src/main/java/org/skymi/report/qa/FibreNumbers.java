package org.skymi.report.qa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.skymi.math.RobustStatistics;
import org.skymi.report.plot.Palette;

/** Figures against fibre number. */
final class FibreNumbers {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 210;

  /** Fibres behind a point of the running median. */
  private static final int RUN = 25;

  private static final String AXIS = "fibre + " + FibreView.FIBRES + " × (spectrograph − 1)";

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
    drawn.both(data.merged("b"), "Blue arm: what is left of the sky after photon noise", "%", true);
    drawn.both(data.merged("r"), "Red arm: what is left of the sky after photon noise", "%", true);
    drawn.both(data.merged("r"), "Red arm: residual of the sky's lines, all fibres", "%", false);
    drawn.both(data.merged("c"), "Released spectra: rms in sky lines, over noise", "", false);
    return drawn.figure(
        "fibre-residuals",
        "Residuals against fibre number",
        "Points: fibres, medians of their exposures; lines: running medians of 25 fibres. What is"
            + " left after photon noise (SYS_FLOOR) is of held-out sky fibres.");
  }

  private Optional<Figure> calibration() {
    Drawn drawn = new Drawn();
    List<FibreView> red = data.merged("r");
    List<FibreView> blue = data.merged("b");
    drawn.one(
        red.isEmpty() ? blue : red, "Throughput", "relative", f -> f.calibration().throughput());
    drawn.one(blue, "Wavelength shift, blue arm", "Å", f -> f.calibration().shift());
    drawn.one(red, "Wavelength shift, red arm", "Å", f -> f.calibration().shift());
    drawn.one(blue, "Line width, blue arm", "Δσ², Å²", f -> f.calibration().widthChange());
    drawn.one(red, "Line width, red arm", "Δσ², Å²", f -> f.calibration().widthChange());
    return drawn.figure(
        "fibre-calibration",
        "Calibration against fibre number",
        "Points: fibres, medians of their exposures; lines: running medians of 25 fibres of one"
            + " spectrograph.");
  }

  /** Panels and the fibres in them. */
  private static final class Drawn {
    private final List<Panel> panels = new ArrayList<>();
    private final java.util.Set<Double> fibres = new java.util.HashSet<>();

    void both(List<FibreView> all, String title, String unit, boolean isFloor) {
      ToDoubleFunction<FibreView> superSky =
          isFloor ? f -> f.superSky().floor() : f -> f.superSky().bias();
      ToDoubleFunction<FibreView> smi = isFloor ? f -> f.smi().floor() : f -> f.smi().bias();
      List<FibreView> known =
          all.stream().filter(f -> Double.isFinite(smi.applyAsDouble(f))).toList();
      if (known.isEmpty()) {
        return;
      }
      Plot plot = plot(title, unit, known);
      points(plot, null, known, superSky, Plot.SUPER);
      points(plot, null, known, smi, Plot.SMI);
      running(plot, "Super Sky", known, superSky, Plot.SUPER.darker());
      running(plot, "SMI", known, smi, Plot.SMI);
      double[] values = QaData.values(known, superSky);
      boolean signed = java.util.Arrays.stream(values).anyMatch(v -> v < 0);
      double[] sizes = java.util.Arrays.stream(values).map(Math::abs).toArray();
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
      Plot plot = new Plot(title + " (" + Counts.fibres(known.size()) + ")", AXIS, unit);
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
        java.awt.Color colour) {
      java.awt.Color pale =
          new java.awt.Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 120);
      plot.points(
          name,
          QaData.values(fibres, FibreView::number),
          QaData.values(fibres, value),
          pale,
          SeriesMarkers.CIRCLE);
    }

    private static void running(
        Plot plot,
        String name,
        List<FibreView> fibres,
        ToDoubleFunction<FibreView> value,
        java.awt.Color colour) {
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
