package org.skymi.experiment.simulator;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.skymi.math.RobustStatistics;
import org.skymi.report.plot.Palette;
import org.skymi.simulate.Effect;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.survey.Arm;
import org.skymi.survey.FibreMap;
import org.skymi.survey.FibreType;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;

/** Pictures of the site's habits. */
public final class HabitFigures {
  private static final int WIDTH = 1100;
  private static final int HEIGHT = 340;
  private static final int PLATES = 160;
  private static final int[] SHOWN = {20, 21, 120, 220};
  private static final Color[] COLOURS = {
    Palette.BLUE, Palette.ORANGE, Palette.GREEN, Palette.PURPLE
  };

  private HabitFigures() {}

  /**
   * Draws them all.
   *
   * @param folder made if absent
   * @param seed of the plates
   */
  public static void write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    ImageIO.write(habits(seed), "png", folder.resolve("simulated-habits.png").toFile());
    ImageIO.write(discs(seed), "png", folder.resolve("simulated-discs.png").toFile());
  }

  /** Sky of some fibres over the median of all, two nights, both arms. */
  private static BufferedImage habits(long seed) {
    BufferedImage image = new BufferedImage(WIDTH, 4 * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (Arm arm : Instrument.LAMOST.arms()) {
      for (int night = 0; night < 2; night++) {
        PlateDesign design =
            PlateDesign.of("FIGURE", 58500 + night, seed)
                .without(Effect.PATROL, Effect.FOCAL_RATIO, Effect.OBJECTS, Effect.GRADIENTS);
        PlateSimulator simulator = new PlateSimulator(design);
        FrameId id = simulator.ids().stream().filter(i -> i.arm() == arm).findFirst().orElseThrow();
        ratios(simulator.frame(id), "night " + (night + 1)).paint(graphics, WIDTH, HEIGHT);
        graphics.translate(0, HEIGHT);
      }
    }
    graphics.dispose();
    return image;
  }

  private static XYChart ratios(SimulatedFrame simulated, String title) {
    XYChart chart = chart(title, "believed wavelength, Å", "sky / median fibre");
    chart.getStyler().setYAxisMin(0.9).setYAxisMax(1.1);
    chart.getStyler().setXAxisDecimalPattern("0");
    FibreMap map = simulated.frame().fibres();
    int[] alive = map.where(i -> map.type()[i] != FibreType.DEAD);
    double[][] wavelength = simulated.frame().wavelength();
    int pixels = simulated.frame().pixelCount();
    double[] grid = wavelength[alive[alive.length / 2]];
    double[][] sky = new double[alive.length][];
    Arrays.setAll(sky, k -> resampled(wavelength[alive[k]], simulated.truthSky()[alive[k]], grid));
    double[] median = new double[pixels];
    Arrays.setAll(
        median, p -> RobustStatistics.median(Arrays.stream(sky).mapToDouble(s -> s[p]).toArray()));
    for (int k = 0; k < SHOWN.length; k++) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (int p = 20; p < pixels - 20; p += 2) {
        x.add(grid[p]);
        y.add(sky[SHOWN[k]][p] / median[p]);
      }
      XYSeries series = chart.addSeries("fibre " + map.fibreId()[alive[SHOWN[k]]], x, y);
      series.setMarker(SeriesMarkers.NONE);
      series.setLineColor(COLOURS[k]);
      series.setLineStyle(new BasicStroke(1f));
    }
    return chart;
  }

  /** Linear interpolation; wavelengths increase. */
  private static double[] resampled(double[] wavelength, float[] values, double[] at) {
    double[] result = new double[at.length];
    int k = 0;
    for (int p = 0; p < at.length; p++) {
      while (k + 2 < wavelength.length && wavelength[k + 1] < at[p]) {
        k++;
      }
      double part = (at[p] - wavelength[k]) / (wavelength[k + 1] - wavelength[k]);
      result[p] = values[k] + part * (values[k + 1] - values[k]);
    }
    return result;
  }

  /** Where in their discs some fibres take more or less light than in the mean. */
  private static BufferedImage discs(long seed) {
    double[][][] places = new double[SHOWN.length][PLATES][];
    IntStream.range(0, PLATES)
        .parallel()
        .forEach(
            plate -> {
              PlateDesign design =
                  PlateDesign.of("DISC" + plate, 58000, seed)
                      .withPixels(100, 100)
                      .without(Effect.THROUGHPUT, Effect.FLAT_GRADIENT, Effect.RIPPLE);
              PlateSimulator simulator = new PlateSimulator(design);
              SimulatedFrame frame = simulator.frame(simulator.ids().get(0));
              FibreMap map = frame.frame().fibres();
              for (int k = 0; k < SHOWN.length; k++) {
                int i = SHOWN[k];
                places[k][plate] =
                    new double[] {
                      map.x()[i] - map.homeX()[i],
                      map.y()[i] - map.homeY()[i],
                      frame.truth().throughput()[i]
                    };
              }
            });
    BufferedImage image =
        new BufferedImage(WIDTH, WIDTH / SHOWN.length, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int k = 0; k < SHOWN.length; k++) {
      disc(places[k], "fibre " + (SHOWN[k] + 1))
          .paint(graphics, WIDTH / SHOWN.length, WIDTH / SHOWN.length);
      graphics.translate(WIDTH / SHOWN.length, 0);
    }
    graphics.dispose();
    return image;
  }

  private static XYChart disc(double[][] places, String title) {
    XYChart chart = chart(title, "x in the disc, deg", "y, deg");
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setMarkerSize(6);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisDecimalPattern("0.00").setYAxisDecimalPattern("0.00");
    double[] limits = {Double.NEGATIVE_INFINITY, -0.015, 0.015, Double.POSITIVE_INFINITY};
    String[] names = {"< -1.5 %", "between", "> 1.5 %"};
    Color[] colours = {Palette.BLUE, new Color(205, 205, 205), Palette.VERMILION};
    for (int c = 0; c < names.length; c++) {
      double low = limits[c];
      double high = limits[c + 1];
      double[][] within =
          Arrays.stream(places)
              .filter(p -> p[2] - 1 >= low && p[2] - 1 < high)
              .toArray(double[][]::new);
      if (within.length > 0) {
        XYSeries series =
            chart.addSeries(
                names[c],
                Arrays.stream(within).mapToDouble(p -> p[0]).toArray(),
                Arrays.stream(within).mapToDouble(p -> p[1]).toArray());
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(colours[c]);
      }
    }
    return chart;
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotGridLinesColor(new Color(225, 225, 225));
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.getStyler().setLegendBorderColor(Color.WHITE);
    chart.getStyler().setChartTitleBoxVisible(false);
    return chart;
  }
}
