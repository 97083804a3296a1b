package org.skymi.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart in the style of the pages. Points that are not finite are left out. */
public final class Plot implements Panel {
  private static final int FONT = 13;
  private static final int BASELINE = 17;

  /** Length of a key of the legend. */
  private static final int KEY = 20;

  /** Room above the chart for title and legend, which the library can't put side by side. */
  private static final int TOP = 24;

  private static final Color GRID = new Color(228, 228, 228);

  private final XYChart chart = new XYChart(100, 100);
  private final String title;
  private int indent;
  private final Map<String, XYSeries> legend = new LinkedHashMap<>();

  /** A chart without curves; titles may be empty. */
  public Plot(String title, String xTitle, String yTitle) {
    this.title = title;
    chart.setXAxisTitle(xTitle);
    chart.setYAxisTitle(yTitle);
    XYStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartPadding(6);
    styler.setChartTitleVisible(false);
    styler.setLegendVisible(false);
    styler.setPlotBorderVisible(false);
    styler.setPlotContentSize(1.0);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setAxisTickMarksColor(Palette.GUIDE);
    styler.setAxisTitleFont(Lettering.font(Font.PLAIN, FONT));
    styler.setAxisTickLabelsFont(Lettering.font(Font.PLAIN, FONT - 1));
    styler.setAnnotationTextFont(Lettering.font(Font.PLAIN, FONT - 1));
    styler.setMarkerSize(5);
    styler.setXAxisDecimalPattern("0.###").setYAxisDecimalPattern("0.######");
    styler.setXAxisTickMarkSpacingHint(85);
    styler.setYAxisTickMarkSpacingHint(38);
  }

  /** The chart library's own settings. */
  public XYStyler styler() {
    return chart.getStyler();
  }

  /** Whether nothing was drawn. */
  public boolean isEmpty() {
    return chart.getSeriesMap().isEmpty();
  }

  /** Limits of the axis. */
  public Plot xRange(double low, double high) {
    styler().setXAxisMin(low).setXAxisMax(high);
    return this;
  }

  /** Limits of the axis. */
  public Plot yRange(double low, double high) {
    styler().setYAxisMin(low).setYAxisMax(high);
    return this;
  }

  /** Of points, in CSS pixels. */
  public Plot markerSize(int size) {
    styler().setMarkerSize(size);
    return this;
  }

  /** A curve; {@code name} null: not in the legend. */
  public Plot line(String name, double[] x, double[] y, Color colour, float width) {
    curve(name, x, y, colour, new BasicStroke(width, 0, BasicStroke.JOIN_ROUND));
    return this;
  }

  /** A histogram's outline. */
  public Plot step(String name, double[] x, double[] y, Color colour) {
    curve(name, x, y, colour, new BasicStroke(2))
        .ifPresent(s -> s.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Step));
    return this;
  }

  /** A curve and its points. */
  public Plot joined(String name, double[] x, double[] y, Color colour, Marker marker) {
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

  /** Points alone; {@code name} null: not in the legend. */
  public Plot points(String name, double[] x, double[] y, Color colour, Marker marker) {
    Optional<XYSeries> series = add(name, x, y);
    series.ifPresent(s -> s.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter));
    series.ifPresent(s -> s.setMarker(marker).setMarkerColor(colour).setLineColor(colour));
    return this;
  }

  /**
   * What lies between two curves.
   *
   * @param gap steps in x that are longer are not bridged
   */
  public Plot band(double[] x, double[] low, double[] high, Color colour, double gap) {
    int start = 0;
    int[] good =
        IntStream.range(0, x.length)
            .filter(k -> Double.isFinite(low[k]) && Double.isFinite(high[k]))
            .toArray();
    for (int k = 1; k <= good.length; k++) {
      if (k == good.length || x[good[k]] - x[good[k - 1]] > gap) {
        polygon(x, low, high, Arrays.copyOfRange(good, start, k), colour);
        start = k;
      }
    }
    return this;
  }

  private void polygon(double[] x, double[] low, double[] high, int[] points, Color colour) {
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
    series.setFillColor(colour);
    series.setLineColor(new Color(255, 255, 255, 0));
    series.setMarker(SeriesMarkers.NONE);
  }

  /** Words at a place. */
  public Plot text(String words, double x, double y) {
    chart.addAnnotation(new AnnotationText(words, x, y, false));
    return this;
  }

  /** A bar from one value to another; {@code name} null: not in the legend. */
  public Plot bar(String name, double x, double low, double high, Color colour, float width) {
    BasicStroke stroke = new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
    curve(name, new double[] {x, x}, new double[] {low, high}, colour, stroke);
    return this;
  }

  /** A horizontal line over the range of x. */
  public Plot level(double y, double low, double high) {
    return line(null, new double[] {low, high}, new double[] {y, y}, Palette.GUIDE, 1);
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
    if (name != null) {
      legend.put(name, series);
    }
    return Optional.of(series);
  }

  XYChart chart() {
    return chart;
  }

  /** Makes the axes of panels that are painted below each other begin at the same place. */
  static void align(List<Plot> plots, int width, int height) {
    plots.forEach(p -> p.indent = 0);
    int[] left = plots.stream().mapToInt(p -> p.left(width, height)).toArray();
    int most = Arrays.stream(left).max().orElse(0);
    for (int k = 0; k < left.length; k++) {
      plots.get(k).indent = most - left[k];
    }
  }

  private int left(int width, int height) {
    measure(width, height);
    return (int) chart.getScreenXFromChart(styler().getXAxisMin());
  }

  /**
   * Lays the chart out by painting it where nothing can be seen; only then its places are known.
   */
  void measure(int width, int height) {
    BufferedImage nothing = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = nothing.createGraphics();
    graphics.setClip(0, 0, 0, 0);
    paint(graphics, width, height);
    graphics.dispose();
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.translate(indent, TOP);
    chart.paint(graphics, width - indent, height - TOP);
    graphics.translate(-indent, -TOP);
    graphics.setColor(Color.BLACK);
    Lettering.bold(title, FONT).draw(graphics, 12, BASELINE);
    paintLegend(graphics, width - 10);
  }

  private void paintLegend(Graphics2D graphics, int right) {
    List<Map.Entry<String, XYSeries>> entries = new ArrayList<>(legend.entrySet());
    Collections.reverse(entries);
    double x = right;
    for (Map.Entry<String, XYSeries> entry : entries) {
      Lettering name = Lettering.plain(entry.getKey(), FONT - 1);
      x -= name.width();
      graphics.setColor(Color.BLACK);
      name.draw(graphics, x, BASELINE);
      x -= KEY + 4;
      paintKey(graphics, entry.getValue(), x, BASELINE - 4);
      x -= 14;
    }
  }

  private void paintKey(Graphics2D graphics, XYSeries series, double x, double y) {
    if (series.getXYSeriesRenderStyle() != XYSeries.XYSeriesRenderStyle.Scatter) {
      graphics.setColor(series.getLineColor());
      graphics.setStroke(new BasicStroke(2.4f));
      graphics.draw(new Line2D.Double(x, y, x + KEY, y));
    }
    graphics.setColor(series.getMarkerColor());
    series.getMarker().paint(graphics, x + KEY / 2.0, y, styler().getMarkerSize());
  }
}
