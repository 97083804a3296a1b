package org.skymi.report.qa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.skymi.report.Digits;
import org.skymi.report.qa.HtmlTable.Cell;
import org.skymi.sky.judge.Metric;

/** Tables of the pages. */
final class QaTables {
  private static final Map<String, String> ARMS =
      Map.of("b", "blue arm", "r", "red arm", "c", "released");
  private static final long MJD_OF_EPOCH = 40587;

  private QaTables() {}

  /** Both methods side by side, by metric and arm. */
  static List<HtmlTable> headlines(List<Headline> all) {
    List<HtmlTable> tables = new ArrayList<>();
    for (String arm : List.of("b", "r", "c")) {
      List<Headline> own =
          all.stream()
              .filter(h -> h.arm().equals(arm))
              .filter(h -> Double.isFinite(h.superSky()) || Double.isFinite(h.smi()))
              .toList();
      if (own.isEmpty()) {
        continue;
      }
      HtmlTable table =
          HtmlTable.of(
              String.format(
                  "%s: medians of %s",
                  arm.equals("c") ? "Released spectra" : "Held-out sky fibres, " + ARMS.get(arm),
                  Counts.of(own.get(0).spectra(), "spectrum")),
              "metric",
              "Super Sky",
              "SMI",
              "ideal",
              "unit",
              "what");
      for (Headline h : own) {
        Metric metric = h.metric();
        table.row(
            Cell.text(metric.name()),
            number(h.superSky()),
            number(h.smi()),
            Cell.number(Plot.label(metric.ideal())),
            Cell.text(metric.unit()),
            Cell.text(metric.description().replaceFirst("; ideal.*", "")));
      }
      tables.add(table);
    }
    return tables;
  }

  /** A night's exposures. */
  static HtmlTable exposures(List<ExposureView> exposures) {
    HtmlTable table =
        HtmlTable.of(
            "Exposures",
            "plate",
            "LMJM",
            "start, UTC",
            "exposure, s",
            "airmass",
            "moon phase",
            "moon, deg",
            "spectrographs",
            "spectra",
            "skies used",
            "set aside",
            "SMI fell back");
    for (ExposureView e : exposures) {
      table.row(
          Cell.text(e.name().planId()),
          Cell.number(e.name().lmjm() == 0 ? "released" : String.valueOf(e.name().lmjm())),
          Cell.number(utc(e.conditions().mjd())),
          decimals(e.conditions().exposureTime(), 0),
          decimals(e.conditions().airmass(), 2),
          decimals(e.conditions().moonPhase(), 2),
          decimals(e.conditions().moonSeparation(), 0),
          count(e.content().spectrographs()),
          count(e.content().spectra()),
          count(e.content().skiesUsed()),
          count(e.content().skiesRejected()),
          count(e.content().fallbacks()));
    }
    return table;
  }

  /** A campaign's nights, with links to their pages. */
  static HtmlTable nights(
      List<ExposureView> exposures, List<Headline> byNight, Function<Integer, String> page) {
    HtmlTable table =
        HtmlTable.of(
            "Nights; what is left of the sky is the median SYS_FLOOR of held-out sky fibres, %",
            "night",
            "plates",
            "exposures",
            "spectra",
            "blue: Super Sky",
            "SMI",
            "red: Super Sky",
            "SMI",
            "SMI fell back");
    Map<Integer, List<ExposureView>> nights = new TreeMap<>();
    exposures.forEach(e -> nights.computeIfAbsent(e.name().night(), n -> new ArrayList<>()).add(e));
    nights.forEach(
        (night, own) -> {
          String href = page.apply(night);
          table.row(
              href == null
                  ? Cell.text(String.valueOf(night))
                  : Cell.link(String.valueOf(night), href),
              count(own.stream().map(e -> e.name().planId()).distinct().count()),
              count(own.stream().filter(e -> e.name().lmjm() > 0).count()),
              count(own.stream().mapToLong(e -> e.content().spectra()).sum()),
              floor(byNight, night, "b", Headline::superSky),
              floor(byNight, night, "b", Headline::smi),
              floor(byNight, night, "r", Headline::superSky),
              floor(byNight, night, "r", Headline::smi),
              count(own.stream().mapToLong(e -> e.content().fallbacks()).sum()));
        });
    return table;
  }

  private static Cell floor(
      List<Headline> byNight, int night, String arm, Function<Headline, Double> method) {
    return number(
        byNight.stream()
            .filter(h -> h.night() == night && h.arm().equals(arm))
            .filter(h -> h.metric() == Metric.SYS_FLOOR)
            .map(method)
            .findFirst()
            .orElse(Double.NaN));
  }

  /** Files that were not used, by reason. */
  static List<HtmlTable> quarantine(Map<String, Long> reasons) {
    if (reasons.isEmpty()) {
      return List.of();
    }
    HtmlTable table = HtmlTable.of("Files that were not used", "reason", "files");
    reasons.entrySet().stream()
        .sorted(Comparator.comparing(e -> -e.getValue()))
        .forEach(e -> table.row(Cell.text(e.getKey()), count(e.getValue())));
    return List.of(table);
  }

  private static Cell number(double value) {
    return Cell.number(Double.isFinite(value) ? Digits.three(value) : "–");
  }

  private static Cell decimals(double value, int decimals) {
    return Cell.number(
        Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "–");
  }

  private static Cell count(long value) {
    return Cell.number(Digits.count(value));
  }

  private static String utc(double mjd) {
    if (!Double.isFinite(mjd)) {
      return "–";
    }
    long minutes = Math.round((mjd - MJD_OF_EPOCH) * 1440);
    return java.time.Instant.ofEpochSecond(60 * minutes)
        .toString()
        .replace('T', ' ')
        .replaceFirst(":00Z$", "");
  }
}
