package org.skymi.report.plot;

import java.awt.Color;
import java.util.List;

/**
 * Distributions side by side: for each category and series a bar from the 16th to the 84th
 * percentile, a thin line from the 2.5th to the 97.5th, and the median.
 *
 * @param title of the picture
 * @param xTitle what the categories are
 * @param yTitle what is distributed, with its unit
 * @param categories labels, from left to right
 * @param series drawn in each category, from left to right
 */
public record SpreadPlot(
    String title, String xTitle, String yTitle, List<String> categories, List<Series> series) {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 520;

  /**
   * A method's distributions.
   *
   * @param name for the legend
   * @param colour of its bars
   * @param spreads one for each category; null where there is none
   */
  public record Series(String name, Color colour, List<Spread> spreads) {}

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

  /** The picture. */
  public Picture picture() {
    String axis = xTitle + "   (bars: 68 % of the fibres, lines: 95 %, black: median)";
    Plot plot = new Plot(title, axis, yTitle);
    double[] range = range();
    double end = categories.size() + 0.6;
    plot.xRange(0.4, end).yRange(range[0], range[1]).level(0, 0.4, end);
    plot.styler().setXAxisTicksVisible(false).setPlotGridVerticalLinesVisible(false);
    for (int c = 0; c < categories.size(); c++) {
      plot.text(categories.get(c), c + 1, range[0] + 0.03 * (range[1] - range[0]));
    }
    double apart = 0.6 / Math.max(3, series.size());
    for (int m = 0; m < series.size(); m++) {
      draw(plot, series.get(m), apart * (m - (series.size() - 1) / 2.0));
    }
    return Picture.of(WIDTH, HEIGHT, plot);
  }

  private void draw(Plot plot, Series own, double aside) {
    String name = own.name();
    for (int c = 0; c < categories.size(); c++) {
      Spread s = own.spreads().get(c);
      if (s == null) {
        continue;
      }
      double x = c + 1 + aside;
      plot.bar(null, x, s.low95(), s.high95(), own.colour(), 2);
      plot.bar(name, x, s.low68(), s.high68(), own.colour(), 14);
      double[] median = {s.median(), s.median()};
      plot.line(null, new double[] {x - 0.07, x + 0.07}, median, Color.BLACK, 2.5f);
      name = null;
    }
  }

  /** Of what is drawn, with room for labels below and the legend above. */
  private double[] range() {
    double low = 0;
    double high = 0;
    for (Series own : series) {
      for (Spread s : own.spreads()) {
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
