package org.skymi.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import nom.tam.fits.FitsException;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.skymi.simulate.SkyReferences.Spectrum;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/**
 * The simulated sky against public references. The plot goes to target/, or to docs/figures with
 * {@code -Dskymi.figures=docs/figures}.
 */
class SkyComparisonTest {
  // Okabe & Ito's palette, which colour-blind people can tell apart.
  private static final Color BLACK = new Color(0, 0, 0);
  private static final Color ORANGE = new Color(230, 159, 0);
  private static final Color BLUE = new Color(0, 114, 178);
  private static final Color RED = new Color(213, 94, 0);
  private static final Color GREEN = new Color(0, 158, 115);
  private static final Color PURPLE = new Color(204, 121, 167);

  private static final PlateDesign DESIGN = PlateDesign.ideal("TEST", 58000, 3);
  private static final double[] FULL_MOON = moon();

  @Test
  void linesStandWhereTheAtlasHasThem() throws IOException, FitsException {
    Spectrum atlas = SkyReferences.uves().smoothed(0.3);
    ResourceTable lines = ResourceTable.read("airglow-lines.csv");
    double[] wavelength = lines.numbers(0);
    double[] intensity = lines.numbers(1);
    String[] species = lines.words(2);
    List<Double> offsets = new ArrayList<>();
    for (int k = 0; k < wavelength.length; k++) {
      // Weak lines and the pseudo-lines of the far blue have no sharp place.
      if (intensity[k] > 3 && !species[k].equals("HERZBERG")) {
        offsets.add(Math.abs(peak(atlas, wavelength[k]) - wavelength[k]));
      }
    }
    offsets.sort(null);
    assertThat(offsets).hasSizeGreaterThan(150);
    assertThat(offsets.get(offsets.size() / 2)).isLessThan(0.02);
    assertThat(offsets.get((int) (0.95 * offsets.size()))).isLessThan(0.05);
  }

  @Test
  void moonlightGrowsAsSkyCalcSays() throws IOException {
    for (int day : new int[] {7, 10, 14}) {
      Spectrum reference = SkyReferences.skyCalc(day);
      Spectrum dark = SkyReferences.skyCalc(0);
      double brightness = new MoonLight(phase(day), 45, 0, 45).brightness();
      for (double w : new double[] {3850, 4700, 5400, 6450, 7450, 8200}) {
        double expected = lowest(reference, w) - lowest(dark, w);
        double simulated = brightness * lowest(new Spectrum(grid(), FULL_MOON), w);
        assertThat(simulated / expected).as("day %d, %.0f Å", day, w).isBetween(0.6, 1.7);
      }
    }
  }

  @Test
  void drawsTheComparison() throws IOException, FitsException {
    Path folder = Path.of(System.getProperty("skymi.figures", "target"));
    Files.createDirectories(folder);
    Path file = folder.resolve("simulated-sky.png");
    List<XYChart> charts =
        List.of(
            atlasChart("Moonless sky, blue arm", 3700, 5900, 2.8, 0.3, 100),
            atlasChart("Moonless sky, red arm", 5700, 9100, 4.0, 0.3, 300),
            moonChart(),
            noiseChart());
    BitmapEncoder.saveBitmap(charts, 4, 1, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    assertThat(file).isNotEmptyFile();
  }

  private static XYChart atlasChart(
      String title, double from, double to, double fwhm, double least, double most)
      throws IOException, FitsException {
    XYChart chart = chart(title, "radiance, 1e-17 erg/s/cm²/Å/arcsec²", from, to, least, most);
    Spectrum atlas = SkyReferences.uves().smoothed(fwhm);
    double[] simulated = sum(SkySpectra.radiance(new SkyState(DESIGN, 0)));
    add(chart, "UVES night-sky atlas (Paranal), smoothed", atlas, ORANGE, 2.2f);
    add(
        chart,
        "simulated (this plate's own strengths)",
        new Spectrum(grid(), simulated).smoothed(fwhm),
        BLUE,
        1f);
    return chart;
  }

  private static XYChart moonChart() throws IOException {
    XYChart chart =
        chart(
            "Scattered moonlight by age, full moon 45° away and 45° high",
            "radiance, 1e-17 erg/s/cm²/Å/arcsec²",
            3700,
            9100,
            0.2,
            300);
    int[] days = {14, 10, 7};
    Color[] colours = {BLACK, RED, GREEN};
    Color[] drawn = {PURPLE, ORANGE, BLUE};
    Spectrum dark = SkyReferences.skyCalc(0);
    for (int k = 0; k < days.length; k++) {
      Spectrum day = SkyReferences.skyCalc(days[k]);
      double[] moon = day.value().clone();
      Arrays.setAll(moon, i -> moon[i] - dark.value()[i]);
      double brightness = new MoonLight(phase(days[k]), 45, 0, 45).brightness();
      double[] simulated = Arrays.stream(FULL_MOON).map(v -> brightness * v).toArray();
      add(
          chart,
          "SkyCalc, lunar day " + days[k] + " minus new",
          new Spectrum(day.wavelength(), moon).smoothed(20),
          colours[k],
          2.5f);
      add(
          chart,
          "simulated, day " + days[k],
          new Spectrum(grid(), simulated).smoothed(4),
          drawn[k],
          1f);
    }
    return chart;
  }

  private static XYChart noiseChart() throws IOException {
    XYChart chart =
        chart(
            "Noise of the recorded sky, in units of flux",
            "variance relative to 6400-6800 Å",
            3700,
            9100,
            0.2,
            10000);
    add(
        chart,
        "LAMOST DR7, 1/ivar of the faintest",
        norm(SkyReferences.lamost("dr7-sp03")),
        ORANGE,
        2f);
    add(chart, "LAMOST DR8, 1/ivar of the faintest", norm(SkyReferences.lamost("dr8")), GREEN, 2f);
    Spectrum dark = noise(DESIGN);
    Spectrum grey = noise(DESIGN.withMoon(Moon.GREY));
    add(chart, "simulated, dark", norm(dark), BLUE, 1f);
    add(chart, "simulated, grey", norm(grey), PURPLE, 1f);
    return chart;
  }

  /** Variance of a mean fibre's flux, both arms joined at 5900 Angstrom. */
  private static Spectrum noise(PlateDesign design) {
    double[] variance = new double[FineGrid.SIZE];
    for (Arm arm : Instrument.LAMOST.arms()) {
      double pixel = arm == Arm.BLUE ? 0.57 : 0.84;
      double[] sky =
          sum(SkySpectra.electrons(new SkyState(design, 0), Instrument.LAMOST, arm, 1800));
      double[] smooth = new Spectrum(grid(), sky).smoothed(arm == Arm.BLUE ? 2.8 : 4).value();
      double[] response = Response.electrons(Instrument.LAMOST, arm, 1800);
      for (int i = 0; i < variance.length; i++) {
        if ((FineGrid.wavelength(i) < 5900) == (arm == Arm.BLUE)) {
          double electrons = smooth[i] * pixel;
          // Per Angstrom, so that pixels of different size compare.
          variance[i] = (electrons + Detector.READ_VARIANCE) / pixel / (response[i] * response[i]);
        }
      }
    }
    return new Spectrum(grid(), variance);
  }

  private static Spectrum norm(Spectrum s) {
    double[] near =
        IntStream.range(0, s.value().length)
            .filter(i -> s.wavelength()[i] > 6400 && s.wavelength()[i] < 6800)
            .mapToDouble(i -> s.value()[i])
            .sorted()
            .toArray();
    double scale = near[near.length / 2];
    return new Spectrum(s.wavelength(), Arrays.stream(s.value()).map(v -> v / scale).toArray());
  }

  private static XYChart chart(
      String title, String yTitle, double from, double to, double least, double most) {
    XYChart chart =
        new XYChartBuilder()
            .width(1300)
            .height(420)
            .title(title)
            .xAxisTitle("vacuum wavelength, Å")
            .yAxisTitle(yTitle)
            .build();
    XYStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.InsideNE);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendBackgroundColor(new Color(255, 255, 255, 220));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setYAxisLogarithmic(true);
    styler.setXAxisMin(from).setXAxisMax(to);
    styler.setYAxisMin(least).setYAxisMax(most);
    styler.setXAxisDecimalPattern("0");
    return chart;
  }

  private static void add(XYChart chart, String name, Spectrum s, Color colour, float width) {
    XYStyler styler = chart.getStyler();
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < s.wavelength().length; i++) {
      if (s.wavelength()[i] >= styler.getXAxisMin() && s.wavelength()[i] <= styler.getXAxisMax()) {
        x.add(s.wavelength()[i]);
        y.add(Math.max(styler.getYAxisMin(), Math.min(styler.getYAxisMax(), s.value()[i])));
      }
    }
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(colour);
    series.setLineStyle(new BasicStroke(width));
  }

  /** Illuminated fraction of a lunar day, 14 full. */
  private static double phase(int day) {
    return (1 - Math.cos(Math.PI * day / 14)) / 2;
  }

  private static double peak(Spectrum s, double near) {
    double best = near;
    for (double w = near - 0.25; w <= near + 0.25; w += 0.005) {
      if (s.at(w) > s.at(best)) {
        best = w;
      }
    }
    return best;
  }

  /** Continuum: the 20th percentile within 40 Angstrom. */
  private static double lowest(Spectrum s, double wavelength) {
    double[] near = new double[160];
    Arrays.setAll(near, k -> s.at(wavelength - 40 + 0.5 * k));
    Arrays.sort(near);
    return near[32];
  }

  private static double[] grid() {
    double[] grid = new double[FineGrid.SIZE];
    Arrays.setAll(grid, FineGrid::wavelength);
    return grid;
  }

  /** Radiance of a full moon 45 deg away and 45 deg high. */
  private static double[] moon() {
    SkyState state = new SkyState(DESIGN.withMoon(Moon.BRIGHT), 0);
    double[] light = SkySpectra.radiance(state)[SkyFamily.MOON.ordinal()];
    return Arrays.stream(light).map(v -> v / state.strength(SkySpecies.MOON)).toArray();
  }

  private static double[] sum(double[][] families) {
    double[] total = new double[FineGrid.SIZE];
    for (double[] family : families) {
      Arrays.setAll(total, i -> total[i] + family[i]);
    }
    return total;
  }
}
