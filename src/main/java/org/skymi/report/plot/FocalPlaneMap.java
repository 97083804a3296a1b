package org.skymi.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.skymi.report.Digits;

/** Fibres where they are in the focal plane, coloured by a value; as long in x as in y. */
public final class FocalPlaneMap implements Panel {
  private static final int BAR = 78;
  private static final int FONT = 12;
  private static final int COLOURS = 22;

  private final String title;
  private final String unit;
  private final List<Spot> spots;
  private final ColourScale scale;
  private final String barTitle;
  private final int markerSize;

  /** A fibre. */
  public record Spot(double x, double y, double value) {}

  /**
   * @param unit of the axes
   * @param spots fibres; those without a place or value are left out
   * @param barTitle what the colours are, with unit
   */
  public FocalPlaneMap(
      String title, String unit, List<Spot> spots, ColourScale scale, String barTitle, int size) {
    this.title = title;
    this.unit = unit;
    this.spots =
        spots.stream().filter(s -> Double.isFinite(s.x + s.y) && Double.isFinite(s.value)).toList();
    this.scale = scale;
    this.barTitle = barTitle;
    this.markerSize = size;
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    Plot plot = new Plot(title, "x, " + unit, "y, " + unit).markerSize(markerSize);
    plot.styler().setXAxisTickMarkSpacingHint(60).setYAxisTickMarkSpacingHint(40);
    List<List<Spot>> bins = new ArrayList<>();
    for (int b = 0; b < COLOURS; b++) {
      bins.add(new ArrayList<>());
    }
    spots.forEach(s -> bins.get(bin(s.value)).add(s));
    // Extreme fibres are drawn last, over those that nobody looks for.
    List<Integer> order = new ArrayList<>();
    for (int b = 0; b < COLOURS; b++) {
      order.add(b);
    }
    order.sort(Comparator.comparingDouble(b -> Math.abs(b - (COLOURS - 1) / 2.0)));
    for (int b : order) {
      double middle = scale.low() + (b + 0.5) / COLOURS * (scale.high() - scale.low());
      plot.points(
          null,
          bins.get(b).stream().mapToDouble(Spot::x).toArray(),
          bins.get(b).stream().mapToDouble(Spot::y).toArray(),
          scale.of(middle),
          SeriesMarkers.CIRCLE);
    }
    setEqualScales(plot, width - BAR, height);
    plot.paint(graphics, width - BAR, height);
    bar(graphics, width - BAR + 4, height);
  }

  private int bin(double value) {
    double f = (value - scale.low()) / (scale.high() - scale.low());
    return (int) Math.max(0, Math.min(COLOURS - 1, Math.floor(f * COLOURS)));
  }

  /** Ranges in the proportion of the plot's sides, which a first painting tells. */
  private void setEqualScales(Plot plot, int width, int height) {
    double[] x = range(spots.stream().mapToDouble(Spot::x).toArray());
    double[] y = range(spots.stream().mapToDouble(Spot::y).toArray());
    plot.xRange(x[0], x[1]).yRange(y[0], y[1]);
    plot.measure(width, height);
    XYChart chart = plot.chart();
    double perX =
        (x[1] - x[0]) / (chart.getScreenXFromChart(x[1]) - chart.getScreenXFromChart(x[0]));
    double perY =
        (y[1] - y[0]) / Math.abs(chart.getScreenYFromChart(y[1]) - chart.getScreenYFromChart(y[0]));
    double per = Math.max(perX, perY);
    double moreX = (per / perX - 1) * (x[1] - x[0]) / 2;
    double moreY = (per / perY - 1) * (y[1] - y[0]) / 2;
    plot.xRange(x[0] - moreX, x[1] + moreX).yRange(y[0] - moreY, y[1] + moreY);
  }

  private static double[] range(double[] values) {
    double low = Arrays.stream(values).min().orElse(-1);
    double high = Arrays.stream(values).max().orElse(1);
    double more = Math.max(0.05 * (high - low), 0.05);
    return new double[] {low - more, high + more};
  }

  private void bar(Graphics2D graphics, int left, int height) {
    int top = 36;
    int bottom = height - 54;
    int parts = 64;
    for (int k = 0; k < parts; k++) {
      double from = bottom - (double) (bottom - top) * (k + 1) / parts;
      double to = bottom - (double) (bottom - top) * k / parts;
      graphics.setColor(scale.of(scale.low() + (k + 0.5) / parts * (scale.high() - scale.low())));
      graphics.fillRect(left, (int) from, 14, (int) to - (int) from + 1);
    }
    graphics.setColor(Color.BLACK);
    graphics.setStroke(new BasicStroke(1));
    for (int k = 0; k <= 4; k++) {
      double value = scale.low() + k / 4.0 * (scale.high() - scale.low());
      int y = (int) Math.round(bottom - k / 4.0 * (bottom - top));
      graphics.drawLine(left + 14, y, left + 18, y);
      Lettering.plain(Digits.plain(value), FONT).draw(graphics, left + 20, y + 4);
    }
    Lettering name = Lettering.plain(barTitle, FONT);
    name.drawUpwards(graphics, left + 68, (top + bottom + name.width()) / 2);
  }
}
