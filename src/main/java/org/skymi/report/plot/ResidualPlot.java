package org.skymi.report.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.skymi.release.ResidualScatter;
import org.skymi.report.Digits;

/**
 * The scatter of released spectra by wavelength, windows of sky lines apart from what is between.
 *
 * @param scatter what is drawn
 * @param title whose spectra these are
 */
public record ResidualPlot(ResidualScatter scatter, String title) {
  private static final int WIDTH = 1100;
  private static final int HEIGHT = 340;

  /** What is shown, one panel each, Angstrom. */
  private static final double[][] RANGES = {{5500, 6420}, {7200, 8100}, {8250, 9050}};

  /** Longer gaps are not bridged, Angstrom. */
  private static final double GAP = 5;

  /** The picture. */
  public Picture picture() {
    List<Panel> panels = new ArrayList<>();
    for (double[] range : RANGES) {
      String head =
          panels.isEmpty() ? title + ": " + Digits.count(scatter.spectra()) + " spectra" : "";
      panels.add(panel(head, range, panels.isEmpty()));
    }
    return new Picture(1, WIDTH, HEIGHT, panels);
  }

  private Plot panel(String head, double[] range, boolean named) {
    Plot plot =
        new Plot(
            head, "wavelength in the observatory's frame, vacuum, Å", "scatter / stated noise");
    double[] x = scatter.wavelength();
    double[] y = scatter.scatter();
    int[] shown =
        IntStream.range(0, x.length)
            .filter(k -> x[k] >= range[0] && x[k] <= range[1] && Double.isFinite(y[k]))
            .toArray();
    plot.xRange(range[0], range[1])
        .yRange(0, 1.05 * Arrays.stream(shown).mapToDouble(k -> y[k]).max().orElse(1));
    boolean[] drawn = new boolean[2];
    int start = 0;
    while (start < shown.length) {
      boolean line = ResidualScatter.isLine(x[shown[start]]);
      int end = start + 1;
      while (end < shown.length
          && ResidualScatter.isLine(x[shown[end]]) == line
          && x[shown[end]] - x[shown[end - 1]] < GAP) {
        end++;
      }
      // With the first point of the next run, so that the curve has no gaps.
      boolean joined = end < shown.length && x[shown[end]] - x[shown[end - 1]] < GAP;
      int[] run = Arrays.copyOfRange(shown, start, joined ? end + 1 : end);
      String name = line ? "windows of sky lines" : "between them";
      boolean first = named && !drawn[line ? 1 : 0];
      drawn[line ? 1 : 0] = true;
      Color colour = line ? Palette.ORANGE : Palette.BLUE;
      plot.line(first ? name : null, at(x, run), at(y, run), colour, line ? 2 : 1.4f);
      start = end;
    }
    return plot;
  }

  private static double[] at(double[] values, int[] places) {
    return Arrays.stream(places).mapToDouble(k -> values[k]).toArray();
  }
}
