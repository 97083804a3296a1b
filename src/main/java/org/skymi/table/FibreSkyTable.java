package org.skymi.table;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.sky.judge.TownLine;
import org.skymi.sky.judge.TruthStatistics;
import org.skymi.survey.Frame;
import org.skymi.survey.MediumSpectrum;
import org.skymi.survey.Pointing;
import org.skymi.survey.ReleaseSpectrum;
import org.skymi.survey.SkyBand;

/** {@code fibre_sky}: what was found for each fibre of each frame, by each method. */
public final class FibreSkyTable {
  public static final Table<Row> TABLE =
      new Table<>(
          "fibre_sky",
          "One row per fibre and frame (or released spectrum): identity, calibration, and for each"
              + " method the band means of its sky and the statistics of its residual. Statistics"
              + " of sky fibres, and of co-added spectra, are held out (`held_out`).",
          columns());

  private FibreSkyTable() {}

  /**
   * A row.
   *
   * @param site the fibre
   * @param pointing the exposure
   * @param result what was estimated
   * @param truth how far each method's sky is from a simulation's truth; empty without a truth
   * @param wave wavelength of each pixel, Angstrom, vacuum; null if the sky was subtracted before
   */
  public record Row(
      FibreSite site,
      Pointing pointing,
      FibreResult result,
      Map<Method, TruthStatistics> truth,
      double[] wave) {

    /**
     * A fibre of a frame.
     *
     * @param truthSky of the whole frame, electron, {@code [nFibre][nPixel]}, if it is a simulation
     */
    public static Row ofFrame(Frame frame, FibreResult result, Optional<float[][]> truthSky) {
      int i = result.fibreIndex();
      double[] wave = frame.wavelength()[i];
      Map<Method, TruthStatistics> truth = new EnumMap<>(Method.class);
      truthSky.ifPresent(
          t ->
              result
                  .skies()
                  .forEach((m, e) -> truth.put(m, TruthStatistics.of(e.sky(), t[i], wave))));
      return new Row(FibreSite.ofFrame(frame, i), frame.pointing(), result, truth, wave);
    }

    /** A released spectrum. */
    public static Row ofRelease(ReleaseSpectrum spectrum, FibreResult result) {
      return new Row(
          FibreSite.ofRelease(spectrum), Exposures.ofRelease(spectrum), result, Map.of(), null);
    }

    /** A medium-resolution spectrum. */
    public static Row ofMedium(MediumSpectrum spectrum, FibreResult result) {
      return new Row(
          FibreSite.ofMedium(spectrum), Exposures.ofMedium(spectrum), result, Map.of(), null);
    }

    private <T> T of(Method method, Function<SkyEstimate, T> value) {
      return result.sky(method).map(value).orElse(null);
    }
  }

  private static List<Column<Row>> columns() {
    Columns<Row> columns =
        new Columns<Row>()
            .addAll(FibreSite.KEYS, Row::site)
            .addAll(FibreSite.PLACE, Row::site)
            .addAll(Exposures.COLUMNS, Row::pointing)
            .addAll(calibration(), Row::result);
    for (Method method : Method.values()) {
      for (SkyBand band : SkyBand.all()) {
        columns.result(
            method.key() + "_sky_" + band.key(),
            ColumnType.FLOAT,
            "electron",
            "instr.skyLevel;stat.mean;em.opt",
            method.title() + ": mean sky in " + range(band),
            r -> r.of(method, e -> e.bandMean()[band.ordinal()]));
      }
      for (TownLine line : TownLine.values()) {
        addLine(columns, method, line);
      }
      for (Metric metric : Metric.values()) {
        columns.result(
            method.key() + "_" + name(metric),
            ColumnType.FLOAT,
            metric.unit(),
            "stat",
            method.title() + ": " + metric.description(),
            r -> r.of(method, e -> e.statistics().value(metric)));
      }
      for (SkyBand band : SkyBand.all()) {
        addTruth(columns, method, band);
      }
    }
    return columns.list();
  }

  private static void addLine(Columns<Row> columns, Method method, TownLine line) {
    columns.result(
        method.key() + "_line_" + name(line),
        ColumnType.FLOAT,
        "electron",
        "instr.skyLevel;spect.line;em.opt",
        String.format(
            Locale.ROOT,
            "%s: town light in the line at %.0f Angstrom, above its surroundings",
            method.title(),
            line.wavelength()),
        r -> r.wave() == null ? null : r.of(method, e -> line.strength(e.sky(), r.wave())));
  }

  private static void addTruth(Columns<Row> columns, Method method, SkyBand band) {
    columns.result(
        method.key() + "_truth_bias_" + band.key(),
        ColumnType.FLOAT,
        "%",
        "stat.error.sys",
        method.title()
            + ": mean of sky - truth over the mean truth, "
            + range(band)
            + "; simulations only",
        r ->
            Optional.ofNullable(r.truth().get(method))
                .map(t -> t.bias()[band.ordinal()])
                .orElse(null));
    columns.result(
        method.key() + "_truth_rms_" + band.key(),
        ColumnType.FLOAT,
        "%",
        "stat.error",
        method.title()
            + ": rms of sky - truth per pixel over the mean truth, "
            + range(band)
            + "; simulations only",
        r ->
            Optional.ofNullable(r.truth().get(method))
                .map(t -> t.rms()[band.ordinal()])
                .orElse(null));
  }

  private static List<Column<FibreResult>> calibration() {
    ColumnType number = ColumnType.FLOAT;
    return new Columns<FibreResult>()
        .result(
            "flag",
            ColumnType.TEXT,
            "",
            "meta.code.qual",
            "GOOD, or why the fibre was set aside: "
                + Arrays.stream(FibreFlag.values())
                    .filter(f -> f != FibreFlag.GOOD)
                    .map(FibreFlag::name)
                    .collect(Collectors.joining(", ")),
            r -> r.flag().name())
        .result(
            "held_out",
            ColumnType.BOOLEAN,
            "",
            "meta.code",
            "whether the statistics are of an estimate that never saw this fibre",
            r -> r.verdict().heldOut())
        .result(
            "smi_source",
            ColumnType.TEXT,
            "",
            "meta.code",
            "whose sky the most demanding method's columns hold: its own, or memory or super,"
                + " because it was not better on held-out fibres; of released spectra super is as"
                + " released, memory corrected, smi corrected by networks of a base model",
            r -> r.verdict().source().key())
        .result(
            "network_steps",
            ColumnType.INT,
            "",
            "meta.number",
            "training steps that the networks behind SMI's sky kept",
            r -> r.verdict().networkSteps())
        .result(
            "snr",
            number,
            "",
            "stat.snr",
            "median of (flux - sky) over its error, per pixel",
            r -> r.verdict().signalToNoise())
        .result(
            "throughput",
            number,
            "",
            "phys.transmission;instr",
            "throughput relative to the spectrograph's mean sky fibre",
            r -> r.calibration().throughput().value())
        .result(
            "throughput_err",
            number,
            "",
            "stat.error;phys.transmission",
            "standard error of throughput",
            r -> r.calibration().throughput().error())
        .result(
            "shift",
            number,
            "Angstrom",
            "em.wl;arith.diff",
            "error of the wavelength solution at the middle of the arm's sky lines: lines sit at"
                + " true + shift",
            r -> r.calibration().shift().value())
        .result(
            "shift_err",
            number,
            "Angstrom",
            "stat.error;em.wl",
            "standard error of shift",
            r -> r.calibration().shift().error())
        .result(
            "shift_slope",
            number,
            "Angstrom",
            "em.wl;arith.diff",
            "change of the shift across the arm, from end to end",
            r -> r.calibration().shiftSlope())
        .result(
            "width_change",
            number,
            "Angstrom**2",
            "instr.dispersion;arith.diff",
            "second moment of the fibre's line spread minus its spectrograph's",
            r -> r.calibration().width().value())
        .result(
            "width_err",
            number,
            "Angstrom**2",
            "stat.error;instr.dispersion",
            "standard error of width_change",
            r -> r.calibration().width().error())
        .result(
            "lines",
            ColumnType.INT,
            "",
            "meta.number",
            "number of line windows used",
            r -> r.calibration().lines())
        .list();
  }

  /** Whether a fibre's statistics judge a method: it shows sky that its estimate never saw. */
  static boolean isHeldOutSky(FibreSite site, FibreResult result) {
    return site.kind().equals(FibreSite.FRAME) && result.verdict().heldOut();
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String range(SkyBand band) {
    return String.format(Locale.ROOT, "%.0f-%.0f Angstrom", band.low(), band.high());
  }
}
