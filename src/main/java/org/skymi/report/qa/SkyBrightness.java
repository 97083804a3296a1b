package org.skymi.report.qa;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.skymi.report.plot.Palette;
import org.skymi.report.plot.Picture;
import org.skymi.report.plot.Plot;
import org.skymi.survey.SkyBand;

/** How bright the sky was. */
final class SkyBrightness {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 340;
  private static final List<Color> COLOURS =
      List.of(
          Palette.PURPLE,
          Palette.BLUE,
          Palette.SKY_BLUE,
          Palette.GREEN,
          Palette.ORANGE,
          Palette.VERMILION);
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CROSS);
  private static final String UNIT = "electron / s / pixel";

  private final List<ExposureView> exposures;

  SkyBrightness(List<ExposureView> exposures) {
    this.exposures =
        exposures.stream()
            .filter(e -> Double.isFinite(e.conditions().mjd()) && e.sky().fibres() > 0)
            .toList();
  }

  /** Through a night. */
  Optional<Figure> throughTheNight() {
    if (exposures.isEmpty()) {
      return Optional.empty();
    }
    double day = Math.floor(exposures.get(0).conditions().mjd());
    double[] hours = exposures.stream().mapToDouble(e -> 24 * (middle(e) - day)).toArray();
    Plot plot = plot(hours, "UTC");
    double low = Math.floor(Arrays.stream(hours).min().orElseThrow() - 0.25);
    double high = Math.ceil(Arrays.stream(hours).max().orElseThrow() + 0.25);
    plot.xRange(low, high);
    plot.styler()
        .setxAxisTickLabelsFormattingFunction(
            h ->
                String.format(
                    Locale.ROOT, "%02d:%02d", Math.round(h * 60) / 60, Math.round(h * 60) % 60));
    return Optional.of(
        figure(
            plot,
            "Sky brightness through the night",
            "Median sky of held-out sky fibres at throughput 1, by band (Å), at the middle of each"
                + " exposure. Logarithmic."));
  }

  /** Through a campaign. */
  Optional<Figure> throughTheCampaign() {
    if (exposures.isEmpty()) {
      return Optional.empty();
    }
    double[] days = exposures.stream().mapToDouble(SkyBrightness::middle).toArray();
    Plot plot = plot(days, "modified Julian date (UTC), d");
    double low = Arrays.stream(days).min().orElseThrow();
    double high = Arrays.stream(days).max().orElseThrow();
    double more = Math.max(0.5, 0.02 * (high - low));
    plot.xRange(low - more, high + more);
    plot.styler().setXAxisDecimalPattern("0.#");
    return Optional.of(
        figure(
            plot,
            "Sky brightness through the campaign",
            "Median sky of held-out sky fibres at throughput 1, by band (Å), of each exposure."
                + " Logarithmic."));
  }

  private static double middle(ExposureView e) {
    return e.conditions().mjd()
        + (Double.isFinite(e.conditions().exposureTime())
            ? e.conditions().exposureTime() / 2 / 86400
            : 0);
  }

  private Plot plot(double[] x, String axis) {
    Plot plot = new Plot("Bands in Å", axis, UNIT).markerSize(8);
    plot.styler().setYAxisLogarithmic(true);
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (SkyBand band : SkyBand.all()) {
      double[] y =
          exposures.stream()
              .mapToDouble(e -> e.sky().brightness()[band.ordinal()])
              .map(v -> v > 0 ? v : Double.NaN)
              .toArray();
      if (Arrays.stream(y).noneMatch(Double::isFinite)) {
        continue;
      }
      plot.points(
          String.format(Locale.ROOT, "%.0f-%.0f", band.low(), band.high()),
          x,
          y,
          COLOURS.get(band.ordinal() % COLOURS.size()),
          MARKERS.get((band.ordinal() + band.ordinal() / COLOURS.size()) % MARKERS.size()));
      low = Math.min(low, Arrays.stream(y).filter(Double::isFinite).min().orElse(low));
      high = Math.max(high, Arrays.stream(y).filter(Double::isFinite).max().orElse(high));
    }
    if (high > 0) {
      plot.yRange(low / 1.5, high * 1.5);
    }
    return plot;
  }

  private Figure figure(Plot plot, String title, String caption) {
    long fibres = exposures.stream().mapToLong(e -> e.sky().fibres()).max().orElse(0);
    return new Figure(
        "sky-brightness",
        title,
        caption,
        "up to "
            + Counts.of(fibres, "sky fibre")
            + " in each of "
            + Counts.of(exposures.size(), "exposure"),
        Picture.of(WIDTH, HEIGHT, plot));
  }
}
