package org.skymi.report.qa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.WordUtils;
import org.skymi.math.RobustStatistics;
import org.skymi.report.plot.Palette;
import org.skymi.report.plot.Panel;
import org.skymi.report.plot.Picture;
import org.skymi.report.plot.Plot;
import org.skymi.report.qa.PixelTally.Series;
import org.skymi.sky.judge.Method;
import org.skymi.survey.Arm;

/** Figures of the residuals of held-out sky fibres, pixel by pixel. */
final class ResidualSpectra {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 300;
  private static final double LOW = 0.15865; // of a Gaussian below -1 sigma
  private static final double HIGH = 0.84135;

  /** Bins without a pixel are bridged up to here, Angstrom. */
  private static final double GAP = 25;

  private final QaData data;

  ResidualSpectra(QaData data) {
    this.data = data;
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    List<Window> arms = data.pixels().windows(Window.Kind.ARM);
    add(
        figures,
        "residual-spectrum",
        "Residual spectrum of held-out sky fibres",
        "Each spectrum averaged in bins of "
            + bins(arms)
            + ". Bands, and thin lines: 16-84 % of the spectra; thick lines: median; grey: 68 % if"
            + " there were photon and read noise alone.",
        1,
        HEIGHT,
        arms);
    add(
        figures,
        "residual-zooms",
        "Residual spectrum: strong lines, OH bands, and the blue end",
        "As above, and in the same colours, in other bins: 1 Å at the oxygen lines, 2 Å in OH, 8 Å"
            + " at the blue end.",
        2,
        HEIGHT,
        Stream.of(Window.Kind.O_5577, Window.Kind.O_6300, Window.Kind.OH, Window.Kind.BLUE_END)
            .flatMap(kind -> data.pixels().windows(kind).stream())
            .toList());
    chi().ifPresent(figures::add);
    return figures;
  }

  /** "10 Å (blue) and 5 Å (red)". */
  private static String bins(List<Window> arms) {
    return arms.stream()
        .map(w -> String.format(Locale.ROOT, "%.0f Å (%s)", w.step(), w.arm().label()))
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  private void add(
      List<Figure> figures,
      String name,
      String title,
      String caption,
      int columns,
      int height,
      List<Window> windows) {
    List<Window> known = windows.stream().filter(w -> data.pixels().spectra(w.arm()) > 0).toList();
    List<Panel> panels =
        known.stream()
            .map(w -> panel(w, columns == 1))
            .filter(p -> !p.isEmpty())
            .map(p -> (Panel) p)
            .toList();
    if (!panels.isEmpty()) {
      figures.add(
          new Figure(
              name,
              title,
              caption,
              count(known.stream().map(Window::arm).distinct().toList()),
              new Picture(columns, WIDTH / columns, height, panels)));
    }
  }

  private String count(List<Arm> arms) {
    return String.join(
        "; ",
        arms.stream()
            .map(
                a ->
                    String.format(
                        Locale.ROOT,
                        "%s arm %s, %s",
                        a.label(),
                        Counts.fibres(
                            data.pixelFibres().getOrDefault(String.valueOf(a.letter()), 0L)),
                        Counts.of(data.pixels().spectra(a), "spectrum")))
            .toList());
  }

  /** A window; narrow ones have no room for a legend. */
  private Plot panel(Window window, boolean named) {
    PixelTally pixels = data.pixels();
    Plot plot = new Plot(window.title(), "vacuum wavelength, Å", "(data − sky) / sky, %");
    double[] x = new double[window.bins()];
    Arrays.setAll(x, window::wavelength);
    List<Method> methods = pixels.methods();
    Map<Method, double[][]> percentiles = new EnumMap<>(Method.class);
    methods.forEach(m -> percentiles.put(m, percentiles(window, Series.of(m))));
    double[] noise = pixels.percentile(window, Series.NOISE, 0.5);
    List<Method> filled = methods.stream().filter(m -> isEnd(methods, m)).toList();
    for (Method method : filled) {
      double[][] own = percentiles.get(method);
      plot.band(x, own[0], own[2], Palette.pale(Palette.of(method)), GAP);
    }
    plot.level(0, window.low(), window.high());
    plot.line(named ? "noise alone" : null, x, noise, Palette.GUIDE, 1);
    plot.line(null, x, Arrays.stream(noise).map(v -> -v).toArray(), Palette.GUIDE, 1);
    for (Method method : methods) {
      double[][] own = percentiles.get(method);
      plot.line(named ? method.title() : null, x, own[0], Palette.of(method), 1);
      plot.line(null, x, own[2], Palette.of(method), 1);
    }
    for (Method method : filled) {
      plot.line(null, x, percentiles.get(method)[1], Palette.of(method), 2.4f);
    }
    double reach = reach(window, percentiles.values());
    plot.xRange(window.low(), window.high()).yRange(-reach, reach);
    return plot;
  }

  /** More than two bands would hide each other: what is between has its edges. */
  private static boolean isEnd(List<Method> methods, Method method) {
    return method == methods.get(0) || method == methods.get(methods.size() - 1);
  }

  private double[][] percentiles(Window window, Series series) {
    return new double[][] {
      data.pixels().percentile(window, series, LOW),
      data.pixels().percentile(window, series, 0.5),
      data.pixels().percentile(window, series, HIGH)
    };
  }

  /** Most bins: a few with hardly any light, at an arm's ends, would hide the others. */
  private static double reach(Window window, Collection<double[][]> methods) {
    double reach = 0;
    for (double[][] method : methods) {
      for (double[] edge : new double[][] {method[0], method[2]}) {
        double[] sizes = Arrays.stream(edge).map(Math::abs).toArray();
        double most =
            RobustStatistics.percentile(sizes, window.bins() > 200 && window.step() >= 5 ? 92 : 98);
        reach = Double.isNaN(most) ? reach : Math.max(reach, most);
      }
    }
    return FibreMaps.round(1.1 * reach);
  }

  private java.util.Optional<Figure> chi() {
    List<Panel> panels = new ArrayList<>();
    List<Arm> arms = new ArrayList<>();
    for (Arm arm : data.pixels().arms()) {
      if (data.pixels().spectra(arm) > 0) {
        arms.add(arm);
        panels.add(chi(arm));
      }
    }
    return panels.isEmpty()
        ? java.util.Optional.empty()
        : java.util.Optional.of(
            new Figure(
                "chi",
                "Residual over its noise, against the unit Gaussian",
                "χ = (data − sky) / σ of every usable pixel, σ by photon and read noise of the sky"
                    + " that is subtracted; grey: the unit Gaussian; what is beyond ±10 is in the"
                    + " outermost bins.",
                count(arms),
                new Picture(2, WIDTH / 2, HEIGHT, panels)));
  }

  private Plot chi(Arm arm) {
    double[] x = new double[PixelTally.CHI_BINS];
    Arrays.setAll(x, k -> (k + 0.5 - x.length / 2.0) * PixelTally.CHI_STEP);
    double[] gauss =
        Arrays.stream(x).map(v -> Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI)).toArray();
    Map<Method, double[]> densities = new EnumMap<>(Method.class);
    for (Method method : data.pixels().methods()) {
      densities.put(method, density(data.pixels().chi(arm, Series.of(method))));
    }
    double least =
        Math.pow(
            10,
            Math.floor(
                Math.log10(
                    densities.values().stream()
                        .flatMapToDouble(Arrays::stream)
                        .filter(v -> v > 0)
                        .min()
                        .orElse(1e-4))));
    String title = WordUtils.capitalize(arm.label()) + " arm";
    Plot plot = new Plot(title, "χ", "density of pixels");
    plot.styler().setYAxisLogarithmic(true);
    plot.line(null, x, above(gauss, least), Palette.GUIDE, 1.6f);
    densities.forEach(
        (method, own) ->
            plot.step(method.title(), edges(x), steps(own, least), Palette.of(method)));
    plot.xRange(-10, 10).yRange(least, 1);
    return plot;
  }

  /** Steps are drawn from where a bin begins, the last one to where it ends. */
  private static double[] edges(double[] x) {
    double[] edges = Arrays.copyOf(x, x.length + 1);
    edges[x.length] = x[x.length - 1] + PixelTally.CHI_STEP;
    return Arrays.stream(edges).map(v -> v - PixelTally.CHI_STEP / 2).toArray();
  }

  private static double[] steps(double[] values, double least) {
    double[] steps = Arrays.copyOf(values, values.length + 1);
    steps[values.length] = values[values.length - 1];
    return Arrays.stream(steps).map(v -> Math.max(v, least)).toArray();
  }

  private static double[] density(long[] counts) {
    double total = Arrays.stream(counts).sum() * PixelTally.CHI_STEP;
    return Arrays.stream(counts).mapToDouble(c -> c / total).toArray();
  }

  /** Nothing below a logarithmic axis. */
  private static double[] above(double[] values, double least) {
    return Arrays.stream(values).map(v -> v < least ? Double.NaN : v).toArray();
  }
}
