package org.skymi.report.qa;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.skymi.math.RobustStatistics;
import org.skymi.report.ArmNames;
import org.skymi.report.plot.Palette;
import org.skymi.report.plot.Panel;
import org.skymi.report.plot.Picture;
import org.skymi.report.plot.Plot;
import org.skymi.sky.judge.Method;

/**
 * One fibre's spectrum: what it recorded, each method's sky, and what that leaves; of a released
 * spectrum before and after, and what was taken.
 */
public final class FibrePlot {
  private static final String WAVELENGTH = "vacuum wavelength, Å";

  /** Where the windows of sky lines begin that released spectra are corrected in, Angstrom. */
  private static final double RED = 6200;

  private static final int WIDTH = 1100;
  private static final int HEIGHT = 230;
  private static final Color DATA = new Color(175, 175, 175);

  private final String title;
  private final List<Spectrum> spectra;

  /**
   * The fibre in one arm.
   *
   * @param arm {@code b}, {@code r}, or {@code c} for released spectra
   * @param wavelength vacuum Angstrom, {@code [nPixel]}
   * @param flux as recorded, {@code [nPixel]}; empty if it is not stored
   * @param ivar inverse variance of the flux, 0 where unusable; empty if it is not stored
   * @param skies of each method that was run, {@code [nPixel]}
   */
  public record Spectrum(
      String arm, double[] wavelength, float[] flux, float[] ivar, Map<Method, float[]> skies) {

    private boolean isRecorded() {
      return flux.length > 0;
    }

    private double[] usable(float[] values) {
      return IntStream.range(0, values.length)
          .mapToDouble(p -> ivar.length == 0 || ivar[p] > 0 ? values[p] : Double.NaN)
          .toArray();
    }

    private double[] residual(float[] sky) {
      double[] data = usable(flux);
      return IntStream.range(0, data.length).mapToDouble(p -> data[p] - sky[p]).toArray();
    }

    private double[] noise(int sign) {
      return IntStream.range(0, ivar.length)
          .mapToDouble(p -> ivar[p] > 0 ? sign / Math.sqrt(ivar[p]) : Double.NaN)
          .toArray();
    }

    private boolean isReleased() {
      return arm.equals(ArmNames.JOINED);
    }

    private String name() {
      return isReleased() ? "Released spectrum" : ArmNames.title(arm);
    }

    private String unit() {
      return isReleased() ? "flux, as released" : "electron / pixel";
    }
  }

  /**
   * @param title which fibre and what it was pointed at
   * @param spectra one for each arm
   */
  public FibrePlot(String title, List<Spectrum> spectra) {
    this.title = title;
    this.spectra = spectra.stream().sorted(Comparator.comparing(s -> s.wavelength()[0])).toList();
  }

  /** The picture. */
  public Picture picture() {
    List<Panel> panels = new ArrayList<>();
    for (Spectrum spectrum : spectra) {
      String start = panels.isEmpty() ? title + "  ·  " : "";
      if (spectrum.isReleased()) {
        panels.addAll(corrections(start, spectrum));
      } else {
        panels.add(skies(start, spectrum));
        if (spectrum.isRecorded()) {
          panels.addAll(residuals(spectrum));
        }
      }
    }
    return new Picture(1, WIDTH, HEIGHT, panels);
  }

  /** Before and after at the scale of the continuum, all of it and the red part, and the share. */
  private static List<Plot> corrections(String start, Spectrum s) {
    float[] taken = s.skies.getOrDefault(Method.SMI, s.skies.get(Method.MEMORY));
    double[] before = s.usable(s.flux);
    double[] after = s.residual(taken);
    double[] sigmas =
        IntStream.range(0, taken.length)
            .mapToDouble(p -> s.ivar[p] > 0 ? taken[p] * Math.sqrt(s.ivar[p]) : Double.NaN)
            .toArray();
    boolean any = IntStream.range(0, taken.length).anyMatch(p -> taken[p] != 0);
    List<Plot> plots = new ArrayList<>();
    for (double first : new double[] {0, RED}) {
      Plot plot =
          plot((plots.isEmpty() ? start : "") + s.name() + ": before and after", s)
              .line("as released", s.wavelength, before, DATA, 2.4f)
              .line("corrected", s.wavelength, after, Palette.of(Method.MEMORY), 1);
      double[] shown =
          IntStream.range(0, before.length)
              .filter(p -> s.wavelength[p] >= first)
              .mapToDouble(p -> before[p])
              .toArray();
      double low = RobustStatistics.percentile(shown, 0.5);
      double high = RobustStatistics.percentile(shown, 99.5);
      double margin = Math.max(0.15 * (high - low), 1e-6);
      plots.add(from(first, s, plot.yRange(low - margin, high + 2 * margin)));
    }
    String what = any ? "what was taken, σ of a pixel" : "nothing was taken: left as released";
    double most = Arrays.stream(sigmas).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    Plot plot =
        new Plot(s.name() + ": " + what, WAVELENGTH, "taken / σ")
            .line(null, s.wavelength, sigmas, Palette.of(Method.MEMORY), 1)
            .yRange(-1.1 * Math.max(most, 1), 1.1 * Math.max(most, 1));
    plots.add(from(RED, s, plot));
    return plots;
  }

  private static Plot from(double first, Spectrum s, Plot plot) {
    int n = s.wavelength.length;
    return plot.xRange(Math.max(first, s.wavelength[0]), s.wavelength[n - 1]);
  }

  private static Plot skies(String start, Spectrum s) {
    Plot plot = plot(start + s.name() + (s.isRecorded() ? ": data and skies" : ": skies"), s);
    double[] data =
        s.usable(s.isRecorded() ? s.flux : new TreeMap<>(s.skies).lastEntry().getValue());
    if (s.isRecorded()) {
      plot.line("data", s.wavelength, data, DATA, 2.4f);
    }
    new TreeMap<>(s.skies)
        .forEach(
            (method, sky) ->
                plot.line(
                    Methods.title(s.arm, method),
                    s.wavelength,
                    s.usable(sky),
                    Palette.of(method),
                    1));
    // The strongest lines are cut off: with them, nothing else could be seen.
    double low = Math.min(0, RobustStatistics.percentile(data, 0.5));
    double high = RobustStatistics.percentile(data, 98.5);
    return plot.yRange(1.05 * low, Math.max(1.4 * high, low + 1e-6));
  }

  /** One panel for each method, of the same range. */
  private static List<Plot> residuals(Spectrum s) {
    Map<Method, double[]> residuals = new TreeMap<>();
    s.skies.forEach((method, sky) -> residuals.put(method, s.residual(sky)));
    double reach =
        residuals.values().stream()
            .mapToDouble(
                r -> RobustStatistics.percentile(Arrays.stream(r).map(Math::abs).toArray(), 99.5))
            .max()
            .orElse(Double.NaN);
    double limit = Double.isFinite(reach) && reach > 0 ? 1.1 * reach : 1;
    List<Plot> plots = new ArrayList<>();
    residuals.forEach(
        (method, residual) -> {
          // What an object leaves is its spectrum, above zero.
          double low = RobustStatistics.median(residual) > limit / 4 ? -limit / 8 : -limit;
          String title = Methods.title(s.arm, method);
          plots.add(residual(title, s, residual, Palette.of(method)).yRange(low, limit));
        });
    return plots;
  }

  private static Plot residual(String method, Spectrum s, double[] residual, Color colour) {
    Plot plot = plot(s.name() + ": data − " + method, s);
    plot.line(null, s.wavelength, residual, colour, 1);
    plot.line("±1σ of the noise", s.wavelength, s.noise(1), Color.BLACK, 1);
    return plot.line(null, s.wavelength, s.noise(-1), Color.BLACK, 1);
  }

  private static Plot plot(String title, Spectrum s) {
    return from(0, s, new Plot(title, WAVELENGTH, s.unit()));
  }
}
