package org.skymi.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.skymi.sky.calibrate.FibreFlag;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.FieldStatistics;
import org.skymi.sky.judge.FrameResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.Metric;
import org.skymi.smi.Backend;
import org.skymi.survey.Frame;
import org.skymi.survey.MediumSpectrum;
import org.skymi.survey.Pointing;
import org.skymi.survey.ReleaseSpectrum;

/** {@code frame_summary}: a frame at a glance. */
public final class FrameSummaryTable {
  private static final List<Metric> HEADLINES =
      List.of(
          Metric.SYS_FLOOR,
          Metric.RELRES_CONT,
          Metric.RELRES_LINE,
          Metric.CHI_NMAD,
          Metric.BLUE_BIAS_1,
          Metric.BLUE_BIAS_2,
          Metric.BLUE_BIAS_3);

  public static final Table<Row> TABLE =
      new Table<>(
          "frame_summary",
          "One row per frame (or per spectrograph of a plate of released spectra): counts, what is"
              + " common to its fibres, and medians of the headline metrics over its held-out sky"
              + " fibres.",
          columns());

  private FrameSummaryTable() {}

  /**
   * How long a frame took.
   *
   * @param readSeconds reading and checking its file
   * @param estimateSeconds estimating its skies; what a plate learns in common is in its first
   *     frame's
   * @param writeSeconds writing its rows
   */
  public record Seconds(double readSeconds, double estimateSeconds, double writeSeconds) {}

  /**
   * A row.
   *
   * @param site any fibre of the frame
   * @param pointing the exposure
   * @param sites all fibres
   * @param fibres their results, in the same order
   * @param frame what is common to the fibres; null for released spectra
   * @param seconds how long it took
   * @param backend what it was computed on
   */
  public record Row(
      FibreSite site,
      Pointing pointing,
      List<FibreSite> sites,
      List<FibreResult> fibres,
      FrameResult frame,
      Seconds seconds,
      Backend backend) {

    /** A frame, which must have fibres. */
    public static Row ofFrame(FrameResult result, Seconds seconds) {
      Frame frame = result.frame();
      List<FibreSite> sites =
          IntStream.range(0, frame.fibreCount())
              .mapToObj(i -> FibreSite.ofFrame(frame, i))
              .toList();
      return new Row(
          sites.get(0), frame.pointing(), sites, result.fibres(), result, seconds, Backend.now());
    }

    /**
     * The released spectra of one spectrograph; at least one.
     *
     * @param backend what networks ran on
     */
    public static Row ofRelease(
        List<ReleaseSpectrum> spectra, List<FibreResult> fibres, Seconds seconds, Backend backend) {
      return new Row(
          FibreSite.ofRelease(spectra.get(0)),
          Exposures.ofRelease(spectra.get(0)),
          spectra.stream().map(FibreSite::ofRelease).toList(),
          fibres,
          null,
          seconds,
          backend);
    }

    /** Medium-resolution spectra of one exposure, spectrograph and arm; at least one. */
    public static Row ofMedium(
        List<MediumSpectrum> spectra, List<FibreResult> fibres, Seconds seconds) {
      return new Row(
          FibreSite.ofMedium(spectra.get(0)),
          Exposures.ofMedium(spectra.get(0)),
          spectra.stream().map(FibreSite::ofMedium).toList(),
          fibres,
          null,
          seconds,
          Backend.none());
    }

    private int count(FibreFlag flag) {
      return (int) fibres.stream().filter(f -> f.flag() == flag).count();
    }

    private Double median(Method method, Metric metric) {
      double[] values =
          IntStream.range(0, fibres.size())
              .filter(i -> FibreSkyTable.isHeldOutSky(sites.get(i), fibres.get(i)))
              .mapToObj(i -> fibres.get(i).sky(method))
              .flatMap(Optional::stream)
              .mapToDouble(e -> e.statistics().value(metric))
              .filter(v -> !Double.isNaN(v))
              .sorted()
              .toArray();
      int n = values.length;
      return n == 0 ? null : (values[(n - 1) / 2] + values[n / 2]) / 2;
    }
  }

  private static List<Column<Row>> columns() {
    ColumnType number = ColumnType.FLOAT;
    Columns<Row> columns = new Columns<Row>();
    columns.addAll(
        FibreSite.KEYS.stream().filter(c -> !c.name().equals("fiberid")).toList(), Row::site);
    columns.addAll(
        FibreSite.PLACE.stream()
            .filter(c -> List.of("night", "kind", "unit").contains(c.name()))
            .toList(),
        Row::site);
    columns.addAll(Exposures.COLUMNS, Row::pointing);
    columns
        .result("fibres", ColumnType.INT, "", "meta.number", "fibres read", r -> r.fibres().size())
        .result(
            "sky_fibres",
            ColumnType.INT,
            "",
            "meta.number",
            "sky fibres used",
            ofFrame(FrameResult::skyFibres))
        .result(
            "sky_fibres_rejected",
            ColumnType.INT,
            "",
            "meta.number",
            "sky fibres set aside",
            ofFrame(FrameResult::skyFibresRejected))
        .result(
            "fallback_fibres",
            ColumnType.INT,
            "",
            "meta.number",
            "fibres whose sky by the most demanding method is that of the method it fell back to",
            r -> (int) r.fibres().stream().filter(FibreResult::fallsBack).count());
    for (FibreFlag flag : FibreFlag.values()) {
      columns.result(
          FibreSkyTable.name(flag) + "_fibres",
          ColumnType.INT,
          "",
          "meta.number",
          "fibres with flag " + flag,
          r -> r.count(flag));
    }
    columns
        .result(
            "crosstalk1",
            number,
            "",
            "instr.param;instr.det",
            "cross-talk of adjoining fibres at the arm's middle, share of flux",
            ofFrame(f -> f.crossTalk().k1()))
        .result(
            "crosstalk1_err",
            number,
            "",
            "stat.error;instr.param",
            "standard error of crosstalk1",
            ofFrame(f -> f.crossTalk().k1Error()))
        .result(
            "crosstalk2",
            number,
            "",
            "instr.param;instr.det",
            "cross-talk of the next fibres but one",
            ofFrame(f -> f.crossTalk().k2()))
        .result(
            "cosmic_rays",
            ColumnType.INT,
            "",
            "meta.number",
            "cosmic-ray pixels found beyond the mask",
            ofFrame(FrameResult::cosmicRays));
    for (Method method : Method.values()) {
      addMethod(columns, method);
    }
    return columns
        .run(
            "read_seconds",
            number,
            "s",
            "time.duration",
            "time to read and check the frame's file",
            r -> r.seconds().readSeconds())
        .run(
            "estimate_seconds",
            number,
            "s",
            "time.duration",
            "time to estimate; what the plate learns in common is in its first frame's",
            r -> r.seconds().estimateSeconds())
        .run(
            "write_seconds",
            number,
            "s",
            "time.duration",
            "time to write the frame's rows",
            r -> r.seconds().writeSeconds())
        .run(
            "backend",
            ColumnType.TEXT,
            "",
            "meta.id;meta.software",
            "what the networks ran on: cpu or cuda; none where there were none",
            r -> r.backend().name())
        .run(
            "offheap_bytes",
            ColumnType.LONG,
            "byte",
            "phys.size;meta.file",
            "memory of the networks' arrays when the frame was written, of all slots of the"
                + " process",
            r -> r.backend().offHeapBytes())
        .run(
            "process_bytes",
            ColumnType.LONG,
            "byte",
            "phys.size;meta.file",
            "main memory of the process when the frame was written, heap and all (without networks:"
                + " the heap alone)",
            r -> r.backend().processBytes())
        .list();
  }

  private static void addMethod(Columns<Row> columns, Method method) {
    String prefix = method.key();
    String text = method.title();
    Function<ToDoubleFunction<FieldStatistics>, Function<Row, Object>> field =
        value ->
            ofFrame(
                f ->
                    Optional.ofNullable(f.field().get(method))
                        .map(value::applyAsDouble)
                        .orElse(null));
    for (Metric metric : HEADLINES) {
      columns.result(
          prefix + "_" + FibreSkyTable.name(metric),
          ColumnType.FLOAT,
          metric.unit(),
          "stat;stat.median",
          text + ", median of held-out sky fibres: " + metric.description(),
          r -> r.median(method, metric));
    }
    addField(
        columns,
        prefix + "_grad_x",
        "%/deg",
        text + ": slope of mean residual over sky in x",
        field.apply(FieldStatistics::gradX));
    addField(
        columns,
        prefix + "_grad_y",
        "%/deg",
        text + ": slope of mean residual over sky in y",
        field.apply(FieldStatistics::gradY));
    addField(
        columns,
        prefix + "_xtalk_1",
        "%",
        text + ": slope of the residual on the flux of adjoining fibres",
        field.apply(FieldStatistics::crossTalk1));
    addField(
        columns,
        prefix + "_neigh_corr",
        "",
        text + ": correlation of chi in adjoining fibres, ideal 0",
        field.apply(FieldStatistics::neighbourCorrelation));
  }

  private static void addField(
      Columns<Row> columns, String name, String unit, String text, Function<Row, Object> value) {
    columns.result(name, ColumnType.FLOAT, unit, "stat", text, value);
  }

  private static Function<Row, Object> ofFrame(Function<FrameResult, Object> value) {
    return r -> r.frame() == null ? null : value.apply(r.frame());
  }
}
