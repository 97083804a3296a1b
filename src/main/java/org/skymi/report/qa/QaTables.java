package org.skymi.report.qa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.skymi.report.ArmNames;
import org.skymi.report.Digits;
import org.skymi.report.qa.HtmlTable.Cell;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;

/** Tables of the pages. */
final class QaTables {
  private static final long MJD_OF_EPOCH = 40587;

  private QaTables() {}

  /** Methods side by side, by metric and arm. */
  static List<HtmlTable> headlines(List<Headline> all) {
    List<HtmlTable> tables = new ArrayList<>();
    for (String arm : ArmNames.all()) {
      List<Headline> own =
          all.stream()
              .filter(h -> h.arm().equals(arm))
              .filter(h -> !h.medians().isEmpty())
              .toList();
      if (own.isEmpty()) {
        continue;
      }
      List<Method> methods =
          Methods.where(m -> own.stream().anyMatch(h -> h.medians().containsKey(m)));
      List<String> heading = new ArrayList<>(List.of("metric"));
      methods.forEach(m -> heading.add(Methods.title(arm, m)));
      heading.addAll(List.of("ideal", "unit", "what"));
      HtmlTable table =
          HtmlTable.of(
              String.format(
                  Locale.ROOT,
                  "%s: medians of %s",
                  arm.equals(ArmNames.JOINED)
                      ? "Released spectra"
                      : "Held-out sky fibres, " + ArmNames.of(arm),
                  Counts.of(own.get(0).spectra(), "spectrum")),
              heading.toArray(String[]::new));
      for (Headline h : own) {
        Metric metric = h.metric();
        List<Cell> cells = new ArrayList<>(List.of(Cell.text(metric.name())));
        methods.forEach(m -> cells.add(number(h.of(m))));
        cells.add(Cell.number(Digits.plain(metric.ideal())));
        cells.add(Cell.text(metric.unit()));
        cells.add(Cell.text(metric.description().replaceFirst("; ideal.*", "")));
        table.row(cells.toArray(Cell[]::new));
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
            "fell back");
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
    List<Floor> floors = floors(byNight);
    List<String> heading = new ArrayList<>(List.of("night", "plates", "exposures", "spectra"));
    floors.forEach(
        f -> heading.add(ArmNames.of(f.arm()) + ": " + Methods.title(f.arm(), f.method())));
    heading.add("fell back");
    HtmlTable table =
        HtmlTable.of(
            floors.isEmpty()
                ? "Nights"
                : "Nights; what is left of the sky is the median SYS_FLOOR of judged spectra, %",
            heading.toArray(String[]::new));
    Map<Integer, List<ExposureView>> nights = new TreeMap<>();
    exposures.forEach(e -> nights.computeIfAbsent(e.name().night(), n -> new ArrayList<>()).add(e));
    nights.forEach(
        (night, own) -> {
          String href = page.apply(night);
          List<Cell> cells = new ArrayList<>();
          cells.add(
              href == null
                  ? Cell.text(String.valueOf(night))
                  : Cell.link(String.valueOf(night), href));
          cells.add(count(own.stream().map(e -> e.name().planId()).distinct().count()));
          cells.add(count(own.stream().filter(e -> e.name().lmjm() > 0).count()));
          cells.add(count(own.stream().mapToLong(e -> e.content().spectra()).sum()));
          floors.forEach(f -> cells.add(floor(byNight, night, f)));
          cells.add(count(own.stream().mapToLong(e -> e.content().fallbacks()).sum()));
          table.row(cells.toArray(Cell[]::new));
        });
    return table;
  }

  /** What a night is summed up by: an arm's SYS_FLOOR by one method. */
  private record Floor(String arm, Method method) {}

  private static List<Floor> floors(List<Headline> byNight) {
    List<Floor> floors = new ArrayList<>();
    for (String arm : ArmNames.all()) {
      Methods.where(
              m ->
                  byNight.stream()
                      .filter(h -> h.arm().equals(arm) && h.metric() == Metric.SYS_FLOOR)
                      .anyMatch(h -> h.medians().containsKey(m)))
          .forEach(m -> floors.add(new Floor(arm, m)));
    }
    return floors;
  }

  private static Cell floor(List<Headline> byNight, int night, Floor which) {
    return number(
        byNight.stream()
            .filter(h -> h.night() == night && h.arm().equals(which.arm()))
            .filter(h -> h.metric() == Metric.SYS_FLOOR)
            .mapToDouble(h -> h.of(which.method()))
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
