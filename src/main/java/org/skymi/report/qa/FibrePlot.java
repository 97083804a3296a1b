package org.skymi.report.qa;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.skymi.math.RobustStatistics;

/** One fibre's spectrum: what it recorded, both skies, and both residuals. */
public final class FibrePlot {
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
   * @param flux as recorded, {@code [nPixel]}
   * @param ivar inverse variance of the flux, 0 where unusable
   * @param superSky the skies, {@code [nPixel]}
   * @param smi of both methods
   */
  public record Spectrum(
      String arm, double[] wavelength, float[] flux, float[] ivar, float[] superSky, float[] smi) {

    private double[] usable(float[] values) {
      return IntStream.range(0, values.length)
          .mapToDouble(p -> ivar[p] > 0 ? values[p] : Double.NaN)
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

    private String name() {
      return switch (arm) {
        case "b" -> "Blue arm";
        case "r" -> "Red arm";
        default -> "Released spectrum";
      };
    }

    private String unit() {
      return arm.equals("c") ? "flux, as released" : "electron / pixel";
    }
  }

  /**
   * @param title which fibre and what it was pointed at
   * @param spectra one for each arm
   */
  public FibrePlot(String title, List<Spectrum> spectra) {
    this.title = title;
    this.spectra = spectra.stream().sorted(Comparator.comparing(Spectrum::arm)).toList();
  }

  /** Draws it as PNG. */
  public void writePng(OutputStream out) throws IOException {
    picture().writePng(out);
  }

  /** Draws it as SVG. */
  public void writeSvg(OutputStream out) throws IOException {
    picture().writeSvg(out);
  }

  private Picture picture() {
    List<Panel> panels = new ArrayList<>();
    for (Spectrum spectrum : spectra) {
      String start = panels.isEmpty() ? title + "  ·  " : "";
      panels.add(skies(start, spectrum));
      panels.addAll(residuals(spectrum));
    }
    return new Picture(1, WIDTH, HEIGHT, panels);
  }

  private static Plot skies(String start, Spectrum s) {
    Plot plot = plot(start + s.name() + ": data and skies", s);
    double[] data = s.usable(s.flux);
    plot.line("data", s.wavelength, data, DATA, 2.4f);
    plot.line("Super Sky", s.wavelength, s.usable(s.superSky), Plot.SUPER, 1);
    plot.line("SMI", s.wavelength, s.usable(s.smi), Plot.SMI, 1);
    // The strongest lines are cut off: with them, nothing else could be seen.
    double low = Math.min(0, RobustStatistics.percentile(data, 0.5));
    double high = RobustStatistics.percentile(data, 98.5);
    return plot.yRange(1.05 * low, Math.max(1.4 * high, low + 1e-6));
  }

  /** One panel for each method, of the same range. */
  private static List<Plot> residuals(Spectrum s) {
    double[] superSky = s.residual(s.superSky);
    double[] smi = s.residual(s.smi);
    double reach =
        Math.max(
            RobustStatistics.percentile(Arrays.stream(superSky).map(Math::abs).toArray(), 99.5),
            RobustStatistics.percentile(Arrays.stream(smi).map(Math::abs).toArray(), 99.5));
    double limit = Double.isFinite(reach) && reach > 0 ? 1.1 * reach : 1;
    // What an object leaves is its spectrum, above zero.
    double low = RobustStatistics.median(smi) > limit / 4 ? -limit / 8 : -limit;
    return List.of(
        residual("Super Sky", s, superSky, Plot.SUPER).yRange(low, limit),
        residual("SMI", s, smi, Plot.SMI).yRange(low, limit));
  }

  private static Plot residual(String method, Spectrum s, double[] residual, Color colour) {
    Plot plot = plot(s.name() + ": data − " + method, s);
    plot.line(null, s.wavelength, residual, colour, 1);
    plot.line("±1σ of the noise", s.wavelength, s.noise(1), Color.BLACK, 1);
    return plot.line(null, s.wavelength, s.noise(-1), Color.BLACK, 1);
  }

  private static Plot plot(String title, Spectrum s) {
    Plot plot = new Plot(title, "vacuum wavelength, Å", s.unit());
    int n = s.wavelength.length;
    return plot.xRange(s.wavelength[0], s.wavelength[n - 1]);
  }
}
