package org.skymi.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Metric;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.sky.judge.TownLine;
import org.skymi.sky.judge.TruthStatistics;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.Pointing;
import org.skymi.survey.ReleaseSpectrum;
import org.skymi.survey.SkyBand;

/** {@code fibre_sky}: what was found for each fibre of each frame, by each method. */
public final class FibreSkyTable {
  /** Prefixes of the methods' columns, with what the methods are. */
  static final List<Method> METHODS =
      List.of(
          new Method(
              "super",
              "Super Sky",
              r -> Optional.of(r.result().superSky()),
              r -> Optional.ofNullable(r.superTruth())),
          new Method(
              "super_full",
              "Super Sky with every classical correction",
              r -> r.result().superSkyFull(),
              r -> Optional.ofNullable(r.superFullTruth())),
          new Method(
              "smi",
              "SMI",
              r -> Optional.of(r.result().smi()),
              r -> Optional.ofNullable(r.smiTruth())));

  public static final Table<Row> TABLE =
      new Table<>(
          "fibre_sky",
          "One row per fibre and frame (or released spectrum): identity, calibration, and for each"
              + " method the band means of its sky and the statistics of its residual. Statistics"
              + " of sky fibres are held out (`held_out`).",
          columns());

  private FibreSkyTable() {}

  /**
   * A row.
   *
   * @param site the fibre
   * @param pointing the exposure
   * @param result what was estimated
   * @param superTruth how far Super Sky is from a simulation's truth; null without a truth
   * @param superFullTruth the same of the full baseline; null without
   * @param smiTruth the same of SMI; null without
   * @param wave wavelength of each pixel, Angstrom, vacuum; null if the sky was subtracted before
   */
  public record Row(
      FibreSite site,
      Pointing pointing,
      FibreResult result,
      TruthStatistics superTruth,
      TruthStatistics superFullTruth,
      TruthStatistics smiTruth,
      double[] wave) {

    /**
     * A fibre of a frame.
     *
     * @param truthSky of the whole frame, electron, {@code [nFibre][nPixel]}, if it is a simulation
     */
    public static Row ofFrame(Frame frame, FibreResult result, Optional<float[][]> truthSky) {
      int i = result.fibreIndex();
      Function<SkyEstimate, TruthStatistics> compare =
          e ->
              truthSky
                  .map(t -> TruthStatistics.of(e.sky(), t[i], frame.wavelength()[i]))
                  .orElse(null);
      return new Row(
          FibreSite.ofFrame(frame, i),
          frame.pointing(),
          result,
          compare.apply(result.superSky()),
          result.superSkyFull().map(compare).orElse(null),
          compare.apply(result.smi()),
          frame.wavelength()[i]);
    }

    /** A released spectrum. */
    public static Row ofRelease(ReleaseSpectrum spectrum, FibreResult result) {
      return new Row(
          FibreSite.ofRelease(spectrum),
          Exposures.ofRelease(spectrum),
          result,
          null,
          null,
          null,
          null);
    }
  }

  /** A method and where its values are. */
  record Method(
      String prefix,
      String text,
      Function<Row, Optional<SkyEstimate>> estimate,
      Function<Row, Optional<TruthStatistics>> truth) {}

  private static List<Column<Row>> columns() {
    Columns<Row> columns =
        new Columns<Row>()
            .addAll(FibreSite.KEYS, Row::site)
            .addAll(FibreSite.PLACE, Row::site)
            .addAll(Exposures.COLUMNS, Row::pointing)
            .addAll(calibration(), Row::result);
    for (Method method : METHODS) {
      for (SkyBand band : SkyBand.values()) {
        columns.result(
            method.prefix() + "_sky_" + name(band),
            ColumnType.FLOAT,
            "electron",
            "instr.skyLevel;stat.mean;em.opt",
            method.text() + ": mean sky in " + range(band),
            r -> method.estimate().apply(r).map(e -> e.bandMean()[band.ordinal()]).orElse(null));
      }
      for (TownLine line : TownLine.values()) {
        addLine(columns, method, line);
      }
      for (Metric metric : Metric.values()) {
        columns.result(
            method.prefix() + "_" + name(metric),
            ColumnType.FLOAT,
            metric.unit(),
            "stat",
            method.text() + ": " + metric.description(),
            r -> method.estimate().apply(r).map(e -> e.statistics().value(metric)).orElse(null));
      }
      for (SkyBand band : SkyBand.values()) {
        addTruth(columns, method, band);
      }
    }
    return columns.list();
  }

  private static void addLine(Columns<Row> columns, Method method, TownLine line) {
    columns.result(
        method.prefix() + "_line_" + name(line),
        ColumnType.FLOAT,
        "electron",
        "instr.skyLevel;spect.line;em.opt",
        String.format(
            Locale.ROOT,
            "%s: town light in the line at %.0f Angstrom, above its surroundings",
            method.text(),
            line.wavelength()),
        r ->
            r.wave() == null
                ? null
                : method
                    .estimate()
                    .apply(r)
                    .map(e -> line.strength(e.sky(), r.wave()))
                    .orElse(null));
  }

  private static void addTruth(Columns<Row> columns, Method method, SkyBand band) {
    columns.result(
        method.prefix() + "_truth_bias_" + name(band),
        ColumnType.FLOAT,
        "%",
        "stat.error.sys",
        method.text()
            + ": mean of sky - truth over the mean truth, "
            + range(band)
            + "; simulations only",
        r -> method.truth().apply(r).map(t -> t.bias()[band.ordinal()]).orElse(null));
    columns.result(
        method.prefix() + "_truth_rms_" + name(band),
        ColumnType.FLOAT,
        "%",
        "stat.error",
        method.text()
            + ": rms of sky - truth per pixel over the mean truth, "
            + range(band)
            + "; simulations only",
        r -> method.truth().apply(r).map(t -> t.rms()[band.ordinal()]).orElse(null));
  }

  private static List<Column<FibreResult>> calibration() {
    ColumnType number = ColumnType.FLOAT;
    return new Columns<FibreResult>()
        .result(
            "flag",
            ColumnType.TEXT,
            "",
            "meta.code.qual",
            "GOOD, or why the fibre was set aside: DEAD, LOW_THROUGHPUT, CONTAMINATED, OUTLIER",
            r -> r.flag().name())
        .result(
            "held_out",
            ColumnType.BOOLEAN,
            "",
            "meta.code",
            "whether the statistics are of an estimate that never saw this fibre",
            FibreResult::heldOut)
        .result(
            "fallback",
            ColumnType.BOOLEAN,
            "",
            "meta.code",
            "whether SMI's sky is Super Sky's, because SMI was not better on held-out fibres",
            FibreResult::fallback)
        .result(
            "network_steps",
            ColumnType.INT,
            "",
            "meta.number",
            "training steps that the networks behind SMI's sky kept; 0: its coefficients are the"
                + " classical ones, and what it gains is the pooled sky",
            FibreResult::networkSteps)
        .result(
            "snr",
            number,
            "",
            "stat.snr",
            "median of (flux - sky) over its error, per pixel",
            FibreResult::signalToNoise)
        .result(
            "throughput",
            number,
            "",
            "phys.transmission;instr",
            "throughput relative to the spectrograph's mean sky fibre",
            FibreResult::throughput)
        .result(
            "throughput_err",
            number,
            "",
            "stat.error;phys.transmission",
            "standard error of throughput",
            FibreResult::throughputError)
        .result(
            "shift",
            number,
            "Angstrom",
            "em.wl;arith.diff",
            "error of the wavelength solution at the middle of the arm's sky lines: lines sit at"
                + " true + shift",
            FibreResult::shift)
        .result(
            "shift_err",
            number,
            "Angstrom",
            "stat.error;em.wl",
            "standard error of shift",
            FibreResult::shiftError)
        .result(
            "shift_slope",
            number,
            "Angstrom",
            "em.wl;arith.diff",
            "change of the shift across the arm, from end to end",
            FibreResult::shiftSlope)
        .result(
            "width_change",
            number,
            "Angstrom**2",
            "instr.dispersion;arith.diff",
            "second moment of the fibre's line spread minus its spectrograph's",
            FibreResult::widthChange)
        .result(
            "width_err",
            number,
            "Angstrom**2",
            "stat.error;instr.dispersion",
            "standard error of width_change",
            FibreResult::widthError)
        .result(
            "lines",
            ColumnType.INT,
            "",
            "meta.number",
            "number of line windows used",
            FibreResult::lines)
        .list();
  }

  /** Whether a fibre's statistics judge a method: a sky fibre that its estimate never saw. */
  static boolean isHeldOutSky(FibreType type, FibreResult result) {
    return type == FibreType.SKY && result.heldOut();
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String range(SkyBand band) {
    return String.format(Locale.ROOT, "%.0f-%.0f Angstrom", band.low(), band.high());
  }
}
