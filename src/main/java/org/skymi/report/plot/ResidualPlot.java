package org.skymi.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.skymi.release.ResidualScatter;
import org.skymi.report.Digits;

/** The scatter of released spectra by wavelength, windows of sky lines shaded. */
public final class ResidualPlot {
  private static final int WIDTH = 1100;
  private static final int HEIGHT = 340;

  /** What is shown, one panel each, Angstrom. */
  private static final double[][] PANELS = {{5500, 6420}, {7200, 8100}, {8250, 9050}};

  private static final Color LINES = Palette.ORANGE;
  private static final Color BETWEEN = Palette.BLUE;

  private final ResidualScatter scatter;
  private final String title;

  /**
   * @param title whose spectra these are
   */
  public ResidualPlot(ResidualScatter scatter, String title) {
    this.scatter = scatter;
    this.title = title;
  }

  /** Draws it as PNG. */
  public void write(OutputStream out) throws IOException {
    BufferedImage image =
        new BufferedImage(WIDTH, HEIGHT * PANELS.length, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    double[] wavelength = scatter.wavelength();
    double[] values = scatter.scatter();
    for (int k = 0; k < PANELS.length; k++) {
      XYChart chart = panel(k, wavelength, values);
      graphics.translate(0, k == 0 ? 0 : HEIGHT);
      chart.paint(graphics, WIDTH, HEIGHT);
    }
    graphics.dispose();
    ImageIO.write(image, "png", out);
  }

  private XYChart panel(int panel, double[] wavelength, double[] values) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(panel == 0 ? title + ": " + Digits.count(scatter.spectra()) + " spectra" : "")
            .xAxisTitle("wavelength in the observatory's frame, vacuum, Å")
            .yAxisTitle("scatter / stated noise")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotGridLinesColor(new Color(225, 225, 225));
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.getStyler().setLegendVisible(panel == 0);
    chart.getStyler().setLegendBorderColor(Color.WHITE);
    chart.getStyler().setChartTitleBoxVisible(false);
    chart.getStyler().setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    chart.getStyler().setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    chart.getStyler().setXAxisMin(PANELS[panel][0]).setXAxisMax(PANELS[panel][1]);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setXAxisDecimalPattern("0").setYAxisDecimalPattern("0.#");
    boolean[] named = new boolean[2];
    int start = 0;
    while (start < wavelength.length) {
      boolean line = ResidualScatter.isLine(wavelength[start]);
      int end = start;
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      // A run and the first point of the next, so that the curve has no gaps.
      while (end < wavelength.length
          && (x.isEmpty() || ResidualScatter.isLine(wavelength[end - 1]) == line)) {
        boolean shown =
            wavelength[end] >= PANELS[panel][0]
                && wavelength[end] <= PANELS[panel][1]
                && Double.isFinite(values[end]);
        x.add(wavelength[end]);
        y.add(shown ? values[end] : null);
        end++;
      }
      if (y.stream().anyMatch(v -> v != null)) {
        draw(chart, x, y, line, named);
      }
      start = end == wavelength.length ? end : end - 1;
    }
    return chart;
  }

  private static void draw(
      XYChart chart, List<Double> x, List<Double> y, boolean line, boolean[] named) {
    int kind = line ? 1 : 0;
    String name = line ? "windows of sky lines" : "between them";
    XYSeries series = chart.addSeries(named[kind] ? name + x.get(0) : name, x, y);
    series.setShowInLegend(!named[kind]);
    named[kind] = true;
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(line ? LINES : BETWEEN);
    series.setLineStyle(new BasicStroke(line ? 2f : 1.4f));
  }
}
