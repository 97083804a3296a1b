package org.skymi.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Distributions side by side: for each category and method a bar from the 16th to the 84th
 * percentile, a thin line from the 2.5th to the 97.5th, and the median.
 *
 * @param title of the picture
 * @param xTitle what the categories are
 * @param yTitle what is distributed, with its unit
 * @param categories labels, from left to right
 * @param methods drawn in each category, from left to right
 */
public record SpreadPlot(
    String title, String xTitle, String yTitle, List<String> categories, List<Method> methods) {
  private static final List<Color> COLOURS =
      List.of(Palette.ORANGE, Palette.SKY_BLUE, Palette.BLUE);

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 520;
  private static final double APART = 0.2;

  /**
   * A method's distributions.
   *
   * @param name for the legend
   * @param spreads one for each category; null where there is none
   */
  public record Method(String name, List<Spread> spreads) {}

  /**
   * Percentiles.
   *
   * @param low95 2.5 %
   * @param low68 16 %
   * @param median 50 %
   * @param high68 84 %
   * @param high95 97.5 %
   */
  public record Spread(double low95, double low68, double median, double high68, double high95) {}

  /** Draws it as PNG. */
  public void write(OutputStream out) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle + "   (bars: 68 % of the fibres, lines: 95 %, black: median)")
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler());
    // XChart labels ticks of its own choice only.
    double[] range = range();
    for (int c = 0; c < categories.size(); c++) {
      double y = range[0] + 0.03 * (range[1] - range[0]);
      chart.addAnnotation(new AnnotationText(categories.get(c), c + 1, y, false));
    }
    line(chart, "zero", new double[] {0.4, categories.size() + 0.6}, new double[] {0, 0})
        .setLineColor(Color.DARK_GRAY)
        .setLineStyle(new BasicStroke(1));
    for (int m = 0; m < methods.size(); m++) {
      draw(chart, m);
    }
    BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG);
  }

  private void draw(XYChart chart, int m) {
    Method method = methods.get(m);
    Color colour = COLOURS.get(methods.size() == 2 && m == 1 ? 2 : m);
    boolean named = false;
    for (int c = 0; c < categories.size(); c++) {
      Spread s = method.spreads().get(c);
      if (s == null) {
        continue;
      }
      double x = c + 1 + APART * (m - (methods.size() - 1) / 2.0);
      vertical(chart, m + "thin" + c, x, s.low95(), s.high95(), colour, 2);
      XYSeries bar =
          vertical(
              chart, named ? m + "bar" + c : method.name(), x, s.low68(), s.high68(), colour, 14);
      bar.setShowInLegend(!named);
      named = true;
      line(chart, m + "median" + c, new double[] {x - 0.07, x + 0.07}, both(s.median()))
          .setLineColor(Color.BLACK)
          .setLineStyle(new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    }
  }

  private static XYSeries vertical(
      XYChart chart, String name, double x, double low, double high, Color colour, float width) {
    XYSeries series = line(chart, name, both(x), new double[] {low, high});
    series.setLineColor(colour);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    return series;
  }

  private static XYSeries line(XYChart chart, String name, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setShowInLegend(false);
    return series;
  }

  private static double[] both(double value) {
    return new double[] {value, value};
  }

  private void style(XYStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotGridLinesColor(new Color(225, 225, 225));
    styler.setLegendPosition(Styler.LegendPosition.InsideNE);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendBackgroundColor(Color.WHITE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setLegendSeriesLineLength(24);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    styler.setChartTitleBoxVisible(false);
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setXAxisMin(0.4).setXAxisMax(categories.size() + 0.6);
    styler.setXAxisTicksVisible(false);
    styler.setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setYAxisDecimalPattern("0.#");
    double[] range = range();
    styler.setYAxisMin(range[0]).setYAxisMax(range[1]);
  }

  /** Of what is drawn, with room for labels below and the legend above. */
  private double[] range() {
    double low = 0;
    double high = 0;
    for (Method method : methods) {
      for (Spread s : method.spreads()) {
        if (s != null) {
          low = Math.min(low, s.low95());
          high = Math.max(high, s.high95());
        }
      }
    }
    double size = Math.max(high - low, 1e-3);
    return new double[] {low - 0.1 * size, high + 0.12 * size};
  }
}
