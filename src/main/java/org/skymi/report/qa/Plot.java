package org.skymi.report.qa;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart in the style of the pages. Points that are not finite are left out. */
class Plot implements Panel {
  // Okabe & Ito's palette, which colour-blind people can tell apart.
  static final Color ORANGE = new Color(230, 159, 0);
  static final Color SKY_BLUE = new Color(86, 180, 233);
  static final Color GREEN = new Color(0, 158, 115);
  static final Color BLUE = new Color(0, 114, 178);
  static final Color VERMILION = new Color(213, 94, 0);
  static final Color PURPLE = new Color(204, 121, 167);

  static final Color SUPER = ORANGE;
  static final Color SMI = BLUE;
  static final Color GUIDE = new Color(90, 90, 90);

  private static final int FONT = 13;
  private static final Color GRID = new Color(228, 228, 228);

  private final XYChart chart = new XYChart(100, 100);
  private boolean hasLegend;

  Plot(String title, String xTitle, String yTitle) {
    chart.setTitle(title);
    chart.setXAxisTitle(xTitle);
    chart.setYAxisTitle(yTitle);
    XYStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartPadding(6);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, FONT + 1));
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(4);
    styler.setPlotBorderVisible(false);
    styler.setPlotContentSize(1.0);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setAxisTickMarksColor(GUIDE);
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT - 1));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT));
    styler.setLegendBorderColor(new Color(255, 255, 255, 0));
    styler.setLegendBackgroundColor(new Color(255, 255, 255, 210));
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendPosition(Styler.LegendPosition.InsideN);
    styler.setLegendPadding(4);
    styler.setLegendSeriesLineLength(22);
    styler.setMarkerSize(5);
    styler.setXAxisDecimalPattern("0.###").setYAxisDecimalPattern("0.###");
    styler.setXAxisTickMarkSpacingHint(85);
    styler.setYAxisTickMarkSpacingHint(38);
  }

  XYStyler styler() {
    return chart.getStyler();
  }

  /** Whether nothing was drawn. */
  boolean isEmpty() {
    return chart.getSeriesMap().isEmpty();
  }

  Plot xRange(double low, double high) {
    styler().setXAxisMin(low).setXAxisMax(high);
    return this;
  }

  Plot yRange(double low, double high) {
    styler().setYAxisMin(low).setYAxisMax(high);
    return this;
  }

  Plot markerSize(int size) {
    styler().setMarkerSize(size);
    return this;
  }

  /** A curve; {@code name} null: not in the legend. */
  Plot line(String name, double[] x, double[] y, Color colour, float width) {
    curve(name, x, y, colour, new BasicStroke(width, 0, BasicStroke.JOIN_ROUND));
    return this;
  }

  Plot dashed(String name, double[] x, double[] y, Color colour) {
    curve(name, x, y, colour, new BasicStroke(1.3f, 0, 0, 1, new float[] {4, 3}, 0));
    return this;
  }

  /** A histogram's outline. */
  Plot step(String name, double[] x, double[] y, Color colour) {
    curve(name, x, y, colour, new BasicStroke(2))
        .ifPresent(s -> s.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Step));
    return this;
  }

  /** A curve and its points. */
  Plot joined(String name, double[] x, double[] y, Color colour, Marker marker) {
    curve(name, x, y, colour, new BasicStroke(1.4f))
        .ifPresent(s -> s.setMarker(marker).setMarkerColor(colour));
    return this;
  }

  private Optional<XYSeries> curve(
      String name, double[] x, double[] y, Color colour, BasicStroke stroke) {
    Optional<XYSeries> series = add(name, x, y);
    series.ifPresent(s -> s.setMarker(SeriesMarkers.NONE).setLineColor(colour));
    series.ifPresent(s -> s.setLineStyle(stroke));
    return series;
  }

  Plot points(String name, double[] x, double[] y, Color colour, Marker marker) {
    Optional<XYSeries> series = add(name, x, y);
    series.ifPresent(s -> s.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter));
    series.ifPresent(s -> s.setMarker(marker).setMarkerColor(colour).setLineColor(colour));
    return this;
  }

  /** What lies between two curves. */
  Plot band(double[] x, double[] low, double[] high, Color colour, int alpha, double gap) {
    int start = 0;
    int[] good =
        IntStream.range(0, x.length)
            .filter(k -> Double.isFinite(low[k]) && Double.isFinite(high[k]))
            .toArray();
    for (int k = 1; k <= good.length; k++) {
      if (k == good.length || x[good[k]] - x[good[k - 1]] > gap) {
        polygon(x, low, high, java.util.Arrays.copyOfRange(good, start, k), colour, alpha);
        start = k;
      }
    }
    return this;
  }

  private void polygon(
      double[] x, double[] low, double[] high, int[] points, Color colour, int alpha) {
    int n = points.length;
    if (n < 2) {
      return;
    }
    double[] px = new double[2 * n];
    double[] py = new double[2 * n];
    for (int k = 0; k < n; k++) {
      px[k] = x[points[k]];
      py[k] = high[points[k]];
      px[2 * n - 1 - k] = x[points[k]];
      py[2 * n - 1 - k] = low[points[k]];
    }
    XYSeries series = add(null, px, py).orElseThrow();
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha));
    series.setLineColor(new Color(255, 255, 255, 0));
    series.setMarker(SeriesMarkers.NONE);
  }

  /** A horizontal line over the range of x. */
  Plot level(double y, double low, double high) {
    return line(null, new double[] {low, high}, new double[] {y, y}, GUIDE, 1);
  }

  private Optional<XYSeries> add(String name, double[] x, double[] y) {
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    for (int k = 0; k < x.length; k++) {
      if (Double.isFinite(x[k]) && Double.isFinite(y[k])) {
        xs.add(x[k]);
        ys.add(y[k]);
      }
    }
    if (xs.isEmpty()) {
      return Optional.empty();
    }
    String unique = name == null ? "#" + chart.getSeriesMap().size() : name;
    XYSeries series = chart.addSeries(unique, xs, ys);
    series.setShowInLegend(name != null);
    hasLegend |= name != null;
    return Optional.of(series);
  }

  XYChart chart() {
    return chart;
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    styler().setLegendVisible(hasLegend);
    chart.paint(graphics, width, height);
  }
}
